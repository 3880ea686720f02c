import actionPlans from '../messages/es/action-plans.json' with { type: 'json' }
import actions from '../messages/es/actions.json' with { type: 'json' }
import administration from '../messages/es/administration.json' with { type: 'json' }
import agendas from '../messages/es/agendas.json' with { type: 'json' }
import attachments from '../messages/es/attachments.json' with { type: 'json' }
import ballots from '../messages/es/ballots.json' with { type: 'json' }
import cap from '../messages/es/cap.json' with { type: 'json' }
import channels from '../messages/es/channels.json' with { type: 'json' }
import clocks from '../messages/es/clocks.json' with { type: 'json' }
import consultations from '../messages/es/consultations.json' with { type: 'json' }
import decisions from '../messages/es/decisions.json' with { type: 'json' }
import docket from '../messages/es/docket.json' with { type: 'json' }
import exchange from '../messages/es/exchange.json' with { type: 'json' }
import exercises from '../messages/es/exercises.json' with { type: 'json' }
import letters from '../messages/es/letters.json' with { type: 'json' }
import liaison from '../messages/es/liaison.json' with { type: 'json' }
import matters from '../messages/es/matters.json' with { type: 'json' }
import network from '../messages/es/network.json' with { type: 'json' }
import node from '../messages/es/node.json' with { type: 'json' }
import notices from '../messages/es/notices.json' with { type: 'json' }
import reports from '../messages/es/reports.json' with { type: 'json' }
import shared from '../messages/es/shared.json' with { type: 'json' }
import sharing from '../messages/es/sharing.json' with { type: 'json' }
import times from '../messages/es/times.json' with { type: 'json' }
import trust from '../messages/es/trust.json' with { type: 'json' }
import warnings from '../messages/es/warnings.json' with { type: 'json' }
import withdrawal from '../messages/es/withdrawal.json' with { type: 'json' }
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
