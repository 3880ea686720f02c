import actionPlans from '../messages/zh/action-plans.json' with { type: 'json' }
import actions from '../messages/zh/actions.json' with { type: 'json' }
import administration from '../messages/zh/administration.json' with { type: 'json' }
import agendas from '../messages/zh/agendas.json' with { type: 'json' }
import attachments from '../messages/zh/attachments.json' with { type: 'json' }
import ballots from '../messages/zh/ballots.json' with { type: 'json' }
import cap from '../messages/zh/cap.json' with { type: 'json' }
import channels from '../messages/zh/channels.json' with { type: 'json' }
import clocks from '../messages/zh/clocks.json' with { type: 'json' }
import consultations from '../messages/zh/consultations.json' with { type: 'json' }
import decisions from '../messages/zh/decisions.json' with { type: 'json' }
import docket from '../messages/zh/docket.json' with { type: 'json' }
import exchange from '../messages/zh/exchange.json' with { type: 'json' }
import exercises from '../messages/zh/exercises.json' with { type: 'json' }
import letters from '../messages/zh/letters.json' with { type: 'json' }
import liaison from '../messages/zh/liaison.json' with { type: 'json' }
import matters from '../messages/zh/matters.json' with { type: 'json' }
import network from '../messages/zh/network.json' with { type: 'json' }
import node from '../messages/zh/node.json' with { type: 'json' }
import notices from '../messages/zh/notices.json' with { type: 'json' }
import reports from '../messages/zh/reports.json' with { type: 'json' }
import shared from '../messages/zh/shared.json' with { type: 'json' }
import sharing from '../messages/zh/sharing.json' with { type: 'json' }
import times from '../messages/zh/times.json' with { type: 'json' }
import trust from '../messages/zh/trust.json' with { type: 'json' }
import warnings from '../messages/zh/warnings.json' with { type: 'json' }
import withdrawal from '../messages/zh/withdrawal.json' with { type: 'json' }
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
