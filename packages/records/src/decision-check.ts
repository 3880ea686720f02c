import { type Poll, refusalOf } from '@tocsin/domain/ballot.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { checkTallies } from '@tocsin/domain/home-check.ts'
import { judgeSilence, type Silence } from '@tocsin/domain/silence.ts'
import { asRecorded, countBallots, isFinal, type Tally } from '@tocsin/domain/tally.ts'
import { canonicalJson, type Json } from './canonical.ts'
import {
  type DecisionClaim,
  differencesFromSilence,
  differencesFromTally,
} from './decision-claims.ts'
import { DecisionFile } from './decision-file.ts'
import { digestOf, type KeyOf } from './jws.ts'
import { type Policy, readPolicy } from './log/policy.ts'
import { readProof } from './log/proof-file.ts'
import { provenTimes } from './log/proven-time.ts'
import { type RecordFault, readRecord } from './record.ts'
import { type CheckedRecord, pollOf, type RoomEvidence, readRoom } from './room-evidence.ts'
import type { Decision } from './stix/decision.ts'

/** What is wrong, and where: the digest of a record, or an organisation. */
export type DecisionFault = {
  readonly fault:
    | 'not-readable'
    | 'not-canonical'
    | 'policy-not-readable'
    | 'key-ambiguous'
    | `record-${RecordFault}`
    | 'record-unreadable'
    | 'no-decision'
    | 'no-question'
    | 'no-tally'
    | 'not-proven'
    | 'not-final'
    | `differs-${DecisionClaim}`
    | `home-${ReturnType<typeof checkTallies>[number]['kind']}`
  readonly at: string
}

/** However a record fails its signature, what it means to whoever reads is one thing. */
export type ToldFault =
  | Exclude<DecisionFault['fault'], `record-${string}`>
  | 'record-unreadable'
  | 'record-not-signed'

/** The fault as it is put in words: `verify.decision-fault-…`. */
export function toldFault({ fault }: DecisionFault): ToldFault {
  const isRecord = fault.startsWith('record-') && fault !== 'record-unreadable'
  return isRecord ? 'record-not-signed' : (fault as ToldFault)
}

export type CheckedDecision = {
  readonly file: DecisionFile | undefined
  readonly faults: readonly DecisionFault[]
  readonly decision: Decision | undefined
  /** When the decision itself is proven; null where it is not. */
  readonly decidedAt: Instant | null
  /** Our own count, or how silence stood when it was decided. */
  readonly tally: Tally | undefined
  readonly silence: Silence | undefined
  /** Members that count as put out by the word of whoever counted alone. */
  readonly expelled: Poll['room']['expelled']
  /** Ballots proven in time of which whoever counted says that the proof had not come while it was waited for. */
  readonly late: readonly Sha256[]
}

const nothing = {
  decision: undefined,
  decidedAt: null,
  tally: undefined,
  silence: undefined,
  expelled: [],
  late: [],
}

/**
 * Counts a decision again from the bytes of its file: pure, with no network, trusting nothing in it but
 * the mathematics. Answers every fault. Whose the keys are, and whether a ballot was never shown to
 * anybody, no file can prove.
 */
export async function checkDecision(
  bytes: Uint8Array,
  ownPolicy?: Policy,
): Promise<CheckedDecision> {
  const read = readFile(bytes)
  if (!read) {
    return { ...nothing, file: undefined, faults: [{ fault: 'not-readable', at: '' }] }
  }
  const { file, isCanonical } = read
  const faults: DecisionFault[] = isCanonical ? [] : [{ fault: 'not-canonical', at: '' }]
  const policy = ownPolicy ?? readPolicy(file.policy)
  if ('line' in policy) faults.push({ fault: 'policy-not-readable', at: String(policy.line) })
  const records = readRecords(file, faults)
  const proofs = file.proofs.flatMap((text) => readProof(text) ?? [])
  const times = 'line' in policy ? new Map() : provenTimes(proofs, policy)
  const room = await readRoom(records, times)
  for (const digest of room.unreadable) faults.push({ fault: 'record-unreadable', at: digest })
  return { file, ...checkRoom(room, faults) }
}

function readFile(bytes: Uint8Array) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const json: Json = JSON.parse(text)
    const file = DecisionFile.safeParse(json).data
    return file && { file, isCanonical: canonicalJson(json) === text }
  } catch {
    return undefined
  }
}

/** The records of a file that a key in it signed; adds to the faults what is wrong with the others. */
export function readRecords(file: DecisionFile, faults: DecisionFault[]): readonly CheckedRecord[] {
  const names = file.keys.map(({ kid, organisation }) => `${kid} ${organisation}`)
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) !== at) faults.push({ fault: 'key-ambiguous', at: name })
  }
  const keys = new Map(file.keys.map((key, at) => [names[at], key.publicKey]))
  const keyOf: KeyOf = (kid, organisation) => keys.get(`${kid} ${organisation}`)
  const checked = new Map<Sha256, CheckedRecord>()
  for (const record of file.records) {
    const digest = digestOf(record)
    const read = readRecord(record, keyOf)
    if ('fault' in read) faults.push({ fault: `record-${read.fault}`, at: digest })
    else checked.set(digest, { digest, ...read })
  }
  return [...checked.values()]
}

type Found = Omit<CheckedDecision, 'file'>

/** The one decision of the file, and all that it says held against what the records say. */
function checkRoom(room: RoomEvidence, faults: readonly DecisionFault[]): Found {
  const [held, ...more] = room.decisions
  if (!held || more.length > 0) {
    return { ...nothing, faults: [...faults, { fault: 'no-decision', at: '' }] }
  }
  const { said: decision, provenAt: decidedAt } = held
  const question = room.questions.find(({ digest }) => digest === decision.question)
  const missing: readonly DecisionFault[] = [
    ...(question ? [] : [{ fault: 'no-question' as const, at: decision.question }]),
    ...(decidedAt === null ? [{ fault: 'not-proven' as const, at: held.digest }] : []),
  ]
  const found = { ...nothing, decision, decidedAt, faults: [...faults, ...missing] }
  if (!question || decidedAt === null) return found
  const judged =
    decision.ground.kind === 'silence'
      ? checkSilence(room, pollOf(room, question, decision.ground.expelled), decision, decidedAt)
      : checkTally(room, question, decision, decidedAt)
  return { ...found, ...judged, faults: [...found.faults, ...judged.faults] }
}

type Judged = Pick<CheckedDecision, 'faults'> &
  Partial<Pick<CheckedDecision, 'tally' | 'silence' | 'expelled' | 'late'>>

const differing = (claims: readonly DecisionClaim[], at: string): readonly DecisionFault[] =>
  claims.map((claim) => ({ fault: `differs-${claim}`, at }))

function checkTally(
  room: RoomEvidence,
  question: RoomEvidence['questions'][number],
  decision: Decision,
  decidedAt: Instant,
): Judged {
  const { ground } = decision
  const home = room.tallies.find(({ digest }) => ground.kind === 'tally' && digest === ground.tally)
  if (home?.said.question !== question.digest) {
    return { faults: [{ fault: 'no-tally', at: question.digest }] }
  }
  const poll = pollOf(room, question, home.said.expelled)
  const ballots = asRecorded(poll, room.ballots, home.said.tally)
  const tally = countBallots(poll, ballots, decidedAt)
  const told = { tally: home.said.tally, digest: home.digest, author: home.author }
  // The order is the room's to check: the file shows only what the decision rests on.
  const findings = checkTallies({ poll, ballots, tallies: [told] }, new Set())
  const faults: readonly DecisionFault[] = [
    ...(isFinal(poll, ballots, decidedAt)
      ? []
      : [{ fault: 'not-final' as const, at: question.digest }]),
    ...findings.map(({ kind, digests }) => ({
      fault: `home-${kind}` as const,
      at: digests.at(-1) ?? home.digest,
    })),
    ...differing(differencesFromTally(decision, poll, tally, ballots), question.digest),
  ]
  const late = room.ballots.filter((cast, at) => {
    const isHeld = cast.provenAt !== null && ballots[at]?.provenAt === null
    return isHeld && refusalOf(poll, cast) === undefined
  })
  const digests = late.map(({ digest }) => digest)
  return { tally, expelled: poll.room.expelled, late: digests, faults }
}

function checkSilence(
  { positions }: RoomEvidence,
  poll: Poll,
  decision: Decision,
  decidedAt: Instant,
): Judged {
  if (poll.proposal.method.kind !== 'silence') {
    return { faults: [{ fault: 'differs-outcome', at: decision.question }] }
  }
  const silence = judgeSilence(poll, positions, decidedAt)
  const claims = differencesFromSilence(decision, poll, silence, positions)
  const faults = differing(claims, decision.question)
  return { silence, expelled: poll.room.expelled, faults }
}
