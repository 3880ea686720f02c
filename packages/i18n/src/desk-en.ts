import actionPlans from '../messages/en/action-plans.json' with { type: 'json' }
import actions from '../messages/en/actions.json' with { type: 'json' }
import administration from '../messages/en/administration.json' with { type: 'json' }
import agendas from '../messages/en/agendas.json' with { type: 'json' }
import attachments from '../messages/en/attachments.json' with { type: 'json' }
import ballots from '../messages/en/ballots.json' with { type: 'json' }
import cap from '../messages/en/cap.json' with { type: 'json' }
import channels from '../messages/en/channels.json' with { type: 'json' }
import clocks from '../messages/en/clocks.json' with { type: 'json' }
import consultations from '../messages/en/consultations.json' with { type: 'json' }
import decisions from '../messages/en/decisions.json' with { type: 'json' }
import docket from '../messages/en/docket.json' with { type: 'json' }
import exchange from '../messages/en/exchange.json' with { type: 'json' }
import exercises from '../messages/en/exercises.json' with { type: 'json' }
import letters from '../messages/en/letters.json' with { type: 'json' }
import liaison from '../messages/en/liaison.json' with { type: 'json' }
import matters from '../messages/en/matters.json' with { type: 'json' }
import network from '../messages/en/network.json' with { type: 'json' }
import node from '../messages/en/node.json' with { type: 'json' }
import notices from '../messages/en/notices.json' with { type: 'json' }
import reports from '../messages/en/reports.json' with { type: 'json' }
import shared from '../messages/en/shared.json' with { type: 'json' }
import sharing from '../messages/en/sharing.json' with { type: 'json' }
import times from '../messages/en/times.json' with { type: 'json' }
import trust from '../messages/en/trust.json' with { type: 'json' }
import warnings from '../messages/en/warnings.json' with { type: 'json' }
import withdrawal from '../messages/en/withdrawal.json' with { type: 'json' }

/** What those need besides who work here: loaded with an account. */
export const desk = {
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
