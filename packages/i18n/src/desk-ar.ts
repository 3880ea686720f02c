import actionPlans from '../messages/ar/action-plans.json' with { type: 'json' }
import actions from '../messages/ar/actions.json' with { type: 'json' }
import administration from '../messages/ar/administration.json' with { type: 'json' }
import agendas from '../messages/ar/agendas.json' with { type: 'json' }
import attachments from '../messages/ar/attachments.json' with { type: 'json' }
import ballots from '../messages/ar/ballots.json' with { type: 'json' }
import cap from '../messages/ar/cap.json' with { type: 'json' }
import channels from '../messages/ar/channels.json' with { type: 'json' }
import clocks from '../messages/ar/clocks.json' with { type: 'json' }
import consultations from '../messages/ar/consultations.json' with { type: 'json' }
import decisions from '../messages/ar/decisions.json' with { type: 'json' }
import docket from '../messages/ar/docket.json' with { type: 'json' }
import exchange from '../messages/ar/exchange.json' with { type: 'json' }
import exercises from '../messages/ar/exercises.json' with { type: 'json' }
import letters from '../messages/ar/letters.json' with { type: 'json' }
import liaison from '../messages/ar/liaison.json' with { type: 'json' }
import matters from '../messages/ar/matters.json' with { type: 'json' }
import network from '../messages/ar/network.json' with { type: 'json' }
import node from '../messages/ar/node.json' with { type: 'json' }
import notices from '../messages/ar/notices.json' with { type: 'json' }
import reports from '../messages/ar/reports.json' with { type: 'json' }
import shared from '../messages/ar/shared.json' with { type: 'json' }
import sharing from '../messages/ar/sharing.json' with { type: 'json' }
import times from '../messages/ar/times.json' with { type: 'json' }
import trust from '../messages/ar/trust.json' with { type: 'json' }
import warnings from '../messages/ar/warnings.json' with { type: 'json' }
import withdrawal from '../messages/ar/withdrawal.json' with { type: 'json' }
import type { DeskMessages } from './catalogue.ts'

export const desk: DeskMessages = {
  ...actionPlans,
  ...actions,
  ...administration,
  ...agendas,
  ...attachments,
  ...ballots,
  ...cap,
  ...channels,
  ...clocks,
  ...consultations,
  ...decisions,
  ...docket,
  ...exchange,
  ...exercises,
  ...letters,
  ...liaison,
  ...matters,
  ...network,
  ...node,
  ...notices,
  ...reports,
  ...sharing,
  ...shared,
  ...times,
  ...trust,
  ...warnings,
  ...withdrawal,
}
