import actionPlans from '../messages/ru/action-plans.json' with { type: 'json' }
import actions from '../messages/ru/actions.json' with { type: 'json' }
import administration from '../messages/ru/administration.json' with { type: 'json' }
import agendas from '../messages/ru/agendas.json' with { type: 'json' }
import attachments from '../messages/ru/attachments.json' with { type: 'json' }
import ballots from '../messages/ru/ballots.json' with { type: 'json' }
import cap from '../messages/ru/cap.json' with { type: 'json' }
import channels from '../messages/ru/channels.json' with { type: 'json' }
import clocks from '../messages/ru/clocks.json' with { type: 'json' }
import consultations from '../messages/ru/consultations.json' with { type: 'json' }
import decisions from '../messages/ru/decisions.json' with { type: 'json' }
import docket from '../messages/ru/docket.json' with { type: 'json' }
import exchange from '../messages/ru/exchange.json' with { type: 'json' }
import exercises from '../messages/ru/exercises.json' with { type: 'json' }
import letters from '../messages/ru/letters.json' with { type: 'json' }
import liaison from '../messages/ru/liaison.json' with { type: 'json' }
import matters from '../messages/ru/matters.json' with { type: 'json' }
import network from '../messages/ru/network.json' with { type: 'json' }
import node from '../messages/ru/node.json' with { type: 'json' }
import notices from '../messages/ru/notices.json' with { type: 'json' }
import reports from '../messages/ru/reports.json' with { type: 'json' }
import shared from '../messages/ru/shared.json' with { type: 'json' }
import sharing from '../messages/ru/sharing.json' with { type: 'json' }
import times from '../messages/ru/times.json' with { type: 'json' }
import trust from '../messages/ru/trust.json' with { type: 'json' }
import warnings from '../messages/ru/warnings.json' with { type: 'json' }
import withdrawal from '../messages/ru/withdrawal.json' with { type: 'json' }
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
