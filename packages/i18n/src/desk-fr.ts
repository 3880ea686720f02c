import actionPlans from '../messages/fr/action-plans.json' with { type: 'json' }
import actions from '../messages/fr/actions.json' with { type: 'json' }
import administration from '../messages/fr/administration.json' with { type: 'json' }
import agendas from '../messages/fr/agendas.json' with { type: 'json' }
import attachments from '../messages/fr/attachments.json' with { type: 'json' }
import ballots from '../messages/fr/ballots.json' with { type: 'json' }
import cap from '../messages/fr/cap.json' with { type: 'json' }
import channels from '../messages/fr/channels.json' with { type: 'json' }
import clocks from '../messages/fr/clocks.json' with { type: 'json' }
import consultations from '../messages/fr/consultations.json' with { type: 'json' }
import decisions from '../messages/fr/decisions.json' with { type: 'json' }
import docket from '../messages/fr/docket.json' with { type: 'json' }
import exchange from '../messages/fr/exchange.json' with { type: 'json' }
import exercises from '../messages/fr/exercises.json' with { type: 'json' }
import letters from '../messages/fr/letters.json' with { type: 'json' }
import liaison from '../messages/fr/liaison.json' with { type: 'json' }
import matters from '../messages/fr/matters.json' with { type: 'json' }
import network from '../messages/fr/network.json' with { type: 'json' }
import node from '../messages/fr/node.json' with { type: 'json' }
import notices from '../messages/fr/notices.json' with { type: 'json' }
import reports from '../messages/fr/reports.json' with { type: 'json' }
import shared from '../messages/fr/shared.json' with { type: 'json' }
import sharing from '../messages/fr/sharing.json' with { type: 'json' }
import times from '../messages/fr/times.json' with { type: 'json' }
import trust from '../messages/fr/trust.json' with { type: 'json' }
import warnings from '../messages/fr/warnings.json' with { type: 'json' }
import withdrawal from '../messages/fr/withdrawal.json' with { type: 'json' }
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
