import { system } from '@tocsin/domain/actor.ts'
import { actionPlanEndpoints } from './action-plans/routes.ts'
import { agendaTick } from './agendas/jobs.ts'
import { agendaEndpoints } from './agendas/routes.ts'
import { doSetRule } from './agendas/rules.ts'
import type { App } from './app.ts'
import type { Executors } from './approvals/four-eyes.ts'
import { approvalEndpoints } from './approvals/routes.ts'
import { fetchFiles } from './attachments/fetch-round.ts'
import { attachmentEndpoints } from './attachments/routes.ts'
import { auditEndpoints } from './audit/routes.ts'
import { bodyEndpoints } from './bodies/routes.ts'
import { channelEndpoints } from './channels/routes.ts'
import { doConvene } from './consultations/convene.ts'
import { doHear, doInvite } from './consultations/lead.ts'
import { putOutExpelled } from './consultations/put-out.ts'
import { roomNoticeTick } from './consultations/room-notices.ts'
import { consultationEndpoints } from './consultations/routes.ts'
import { countryEndpoints } from './countries/routes.ts'
import { keepOrder } from './decisions/home-jobs.ts'
import { settleProposals } from './decisions/jobs.ts'
import { doRecordDecision } from './decisions/record.ts'
import { decisionEndpoints } from './decisions/routes.ts'
import { demonstrationEndpoints } from './demonstration/routes.ts'
import { calendarEndpoints } from './docket/calendar-routes.ts'
import { closeMatter } from './docket/commands.ts'
import { beat } from './docket/heartbeat.ts'
import { docketEndpoints } from './docket/routes.ts'
import { timesEndpoints } from './docket/times-routes.ts'
import { documentEndpoints } from './documents/routes.ts'
import { playExercises } from './exercises/play.ts'
import { exerciseEndpoints } from './exercises/routes.ts'
import type { Endpoint } from './http/endpoint.ts'
import type { Gate } from './http/server.ts'
import { openGate } from './identity/gate.ts'
import { providerEndpoints } from './identity/provider-routes.ts'
import { identityEndpoints } from './identity/routes.ts'
import type { Handlers } from './jobs/queue.ts'
import type { Round } from './jobs/ticker.ts'
import { doReleaseNote } from './liaison/notes.ts'
import { liaisonEndpoints } from './liaison/routes.ts'
import { askForAccounts } from './network/accounts.ts'
import { applyAudiences } from './network/apply-audiences.ts'
import { askForReceipts, learnWithdrawals } from './network/ask-nodes.ts'
import { receiveAudienceKey, renewAudienceKeys } from './network/audience-keys.ts'
import { receiveAudience } from './network/audience-record.ts'
import { bundleEndpoints } from './network/bundle-routes.ts'
import { runErasures } from './network/erasure-round.ts'
import { followMembers } from './network/following.ts'
import { doMakeGroup } from './network/groups.ts'
import { readLogNames } from './network/log-anew.ts'
import { exchangeCheckpoints } from './network/log-exchange.ts'
import { publicLogKeys } from './network/log-keys.ts'
import { logEndpoints } from './network/log-routes.ts'
import { sequenceLogs } from './network/log-sequencer.ts'
import { checkLogs, listOwnEntries } from './network/log-verify.ts'
import { openNodeGate } from './network/node-gate.ts'
import { keepDirectories, type VerifiersOf } from './network/own-directory.ts'
import { doResume } from './network/protective-acts.ts'
import { pullRecords } from './network/pull.ts'
import { pushRecords } from './network/push.ts'
import { trimQuarantine } from './network/quarantine.ts'
import { receiveConsultation, receiveContribution } from './network/receive-consultation.ts'
import {
  receiveAmendment,
  receiveBallot,
  receiveComplaint,
  receiveDecision,
  receiveOfficers,
  receivePosition,
  receiveProofs,
  receiveQuestion,
  receiveQuestionEnd,
  receiveRehome,
  receiveSequence,
  receiveTally,
} from './network/receive-decision.ts'
import { receiveNoteReceipt, receiveToldNote } from './network/receive-liaison.ts'
import {
  receiveAttachment,
  receiveEdition,
  receiveMatter,
  receiveReceipt,
  receiveReport,
  receiveWarning,
} from './network/receive-shared.ts'
import { receiveErasureReceipt, receiveWithdrawal } from './network/receive-withdrawal.ts'
import type { Receivers } from './network/receivers.ts'
import { refillGaps } from './network/refill.ts'
import { doReleaseOnward, doReleaseReport, doShareEdition } from './network/release-acts.ts'
import { replayTombstones } from './network/restored.ts'
import { numberAdded } from './network/sequence.ts'
import { doShareMatter } from './network/share-acts.ts'
import { sharingEndpoints } from './network/sharing-routes.ts'
import { taxiiEndpoints } from './network/taxii-routes.ts'
import { pinMember } from './network/trust.ts'
import { trustEndpoints } from './network/trust-routes.ts'
import { networkViewEndpoints } from './network/view-routes.ts'
import { withdrawalEndpoints } from './network/withdrawal-routes.ts'
import { renewSetUpLink } from './people/invitations.ts'
import { grantAdministrator, recoverPerson } from './people/roles.ts'
import { peopleEndpoints } from './people/routes.ts'
import { openPublicView, readPublicView } from './people/settings.ts'
import { reportEndpoints } from './reports/routes.ts'
import { buildEdition } from './risk/jobs.ts'
import { riskEndpoints } from './risk/routes.ts'
import { keepShippedEditions } from './risk/shipped.ts'
import { endInterrupted } from './sources/progress.ts'
import { sourceEndpoints } from './sources/routes.ts'
import { expireWarnings } from './warnings/cancel.ts'
import { capEndpoints } from './warnings/cap-routes.ts'
import { runDueSteps } from './warnings/escalation.ts'
import { drainOutbox } from './warnings/hand-over.ts'
import { warningEndpoints } from './warnings/routes.ts'

/** How each act that takes two persons is done: a kind without an executor does not compile. */
const executors: Executors = {
  'agenda.set-rule': doSetRule,
  'consultation.convene': doConvene,
  'consultation.hear': doHear,
  'consultation.invite': doInvite,
  'decision.record': doRecordDecision,
  'docket.close-matter': closeMatter,
  'liaison.release-note': doReleaseNote,
  'network.pin-member': pinMember,
  'people.grant-administrator': grantAdministrator,
  'people.recover-account': recoverPerson,
  'settings.open-public-view': openPublicView,
  'sharing.make-group': doMakeGroup,
  'sharing.release-onward': doReleaseOnward,
  'sharing.release-report': doReleaseReport,
  'sharing.resume': doResume,
  'sharing.share-edition': doShareEdition,
  'sharing.share-matter': doShareMatter,
}

/** What happens when a record of another member arrives: a type without a receiver does not compile. */
export const receivers: Receivers = {
  audience: receiveAudience,
  'audience-key': receiveAudienceKey,
  grouping: receiveMatter,
  report: receiveReport,
  'atrocity-alert': receiveWarning,
  receipt: (app, tx, header, object) =>
    (object['kind'] === 'erasure' ? receiveErasureReceipt : receiveReceipt)(
      app,
      tx,
      header,
      object,
    ),
  'risk-edition': receiveEdition,
  attachment: receiveAttachment,
  'liaison-note': receiveToldNote,
  'liaison-receipt': receiveNoteReceipt,
  consultation: receiveConsultation,
  contribution: receiveContribution,
  translation: receiveContribution,
  question: receiveQuestion,
  'question-end': receiveQuestionEnd,
  amendment: receiveAmendment,
  position: receivePosition,
  officers: receiveOfficers,
  ballot: receiveBallot,
  sequence: receiveSequence,
  complaint: receiveComplaint,
  rehome: receiveRehome,
  tally: receiveTally,
  decision: receiveDecision,
  proof: receiveProofs,
  withdrawal: receiveWithdrawal,
}

/** Every route of every area. */
export const endpoints: readonly Endpoint[] = [
  ...actionPlanEndpoints,
  ...agendaEndpoints,
  ...approvalEndpoints(executors),
  ...attachmentEndpoints,
  ...auditEndpoints,
  ...bundleEndpoints,
  ...capEndpoints,
  ...channelEndpoints,
  ...consultationEndpoints,
  ...countryEndpoints,
  ...bodyEndpoints,
  ...decisionEndpoints,
  ...demonstrationEndpoints(executors),
  ...calendarEndpoints,
  ...docketEndpoints,
  ...documentEndpoints,
  ...exerciseEndpoints,
  ...identityEndpoints,
  ...liaisonEndpoints,
  ...networkViewEndpoints,
  ...logEndpoints,
  ...peopleEndpoints,
  ...providerEndpoints,
  ...reportEndpoints,
  ...riskEndpoints,
  ...sharingEndpoints,
  ...sourceEndpoints,
  ...taxiiEndpoints,
  ...timesEndpoints,
  ...trustEndpoints(executors),
  ...warningEndpoints,
  ...withdrawalEndpoints,
]

/** What each kind of job does: a kind without a handler does not compile. */
export function jobHandlers(app: App): Handlers {
  return {
    'risk.build-edition': ({ editionId }) => buildEdition(app, editionId),
  }
}

/**
 * What is looked at again and again, each round on its own: a mail server that does not answer must
 * not hold up the clocks.
 */
export const rounds = (app: App): readonly Round[] => [
  {
    ticks: [() => runDueSteps(app), () => expireWarnings(app)],
    beat: () => beat(app, 'clocks'),
  },
  { ticks: [(over) => drainOutbox(app, over)], beat: () => beat(app, 'notices') },

  { ticks: [() => runErasures(app)] },
  { ticks: [() => askForReceipts(app), () => learnWithdrawals(app)] },
  // What is grave must leave within a second, so this round looks often and does little else.
  { ticks: [(over) => pushRecords(app, over)] },
  { ticks: [(over) => pullRecords(app, over)] },
  { ticks: [() => refillGaps(app)] },
  // A mail server that does not answer holds up nothing else.
  { ticks: [roomNoticeTick(app)] },
  // Large and never urgent: a slow link holds up nothing else.
  { ticks: [(over) => fetchFiles(app, over)] },
  { ticks: [() => renewAudienceKeys(app), () => numberAdded(app)] },
  { ticks: [() => applyAudiences(app)] },
  // That a text has come must be on record before silence runs; whatever else is done, nobody waits for it.
  { ticks: [() => settleProposals(app)] },
  // What an organ owes is owed whether or not anybody looks.
  { ticks: [agendaTick(app)] },
  { ticks: [() => keepOrder(app)] },
  { ticks: [() => putOutExpelled(app), () => settleProposals(app), () => keepOrder(app)] },
  { ticks: [() => trimQuarantine(app)] },
  // What is only practised holds up nothing, and its faults are no alarm.
  { ticks: [() => playExercises(app)] },
  { ticks: [() => sequenceLogs(app), () => exchangeCheckpoints(app)] },
  { ticks: [() => checkLogs(app, listOwnEntries)] },
  // What this node says of its keys, and what others say of theirs: another node may be slow.
  { ticks: [() => keepDirectories(app, verifiersOf)] },
  { ticks: [() => followMembers(app)] },
  { ticks: [() => askForAccounts(app)] },
]

/** The keys of logs and witnesses that stand in the directory of each organisation of this node. */
export const verifiersOf: VerifiersOf = async (app, organisation) => {
  const { origin, ended } = await app.db.as(system, (tx) => readLogNames(app, tx, organisation))
  const keys = await publicLogKeys(app, origin)
  return { logs: [keys.verifierKey], witnesses: [keys.witnessKey], ended, policy: null }
}

/** Who asks, and what visitors may see. */
export function gateOf(app: App, operatorToken: string): Gate {
  return openGate(app, operatorToken, () => readPublicView(app), openNodeGate(app))
}

/** What a node does at every start before it serves anything. */
export const forget = (app: App): Promise<void> => replayTombstones(app)

/** What a node does once at every start: facts it ships, links it still owes. */
export async function prepare(app: App): Promise<{ readonly setUpLink: string | undefined }> {
  await keepShippedEditions(app)
  await endInterrupted(app)
  return { setUpLink: await renewSetUpLink(app) }
}
