import type { CastBallot } from '@tocsin/domain/ballot.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import type { DecisionFile } from './decision-file.ts'
import type { Signed } from './jws.ts'
import { earliestProofs } from './log/earliest-proof.ts'
import { logsOnly } from './log/policy-logs.ts'
import type { CheckedRecord, RoomEvidence } from './room-evidence.ts'

/*
 * The one file of a decision, out of all that somebody holds. Nothing in it depends on when what came, or
 * how often: whoever holds the same records and proofs writes the same bytes, and so does whoever holds
 * more of them that the decision does not rest on.
 */

export type HeldForDecision = {
  readonly decision: RoomEvidence['decisions'][number]
  /** The room, read with the times that the proofs show by the policy. */
  readonly evidence: RoomEvidence
  readonly records: readonly (CheckedRecord & { readonly statement: Signed })[]
  /** C2SP tlog-proof. */
  readonly proofs: readonly string[]
  /** C2SP tlog-policy. */
  readonly policy: string
  readonly keys: DecisionFile['keys']
}

/**
 * The question, the decision, and what it names or what was proven by then of it: what comes later changes
 * nothing. Of several proofs of one record the earliest stands there, as it is the one that counts; where
 * an earlier one is shown late the file changes on every node that it reaches, and is again the same.
 */
export function composeDecisionFile(held: HeldForDecision): DecisionFile {
  const { timed, others } = restsOn(held)
  const wanted = new Set([...timed, ...others])
  const records = [...new Map(held.records.map((one) => [one.digest, one])).values()]
    .filter(({ digest }) => wanted.has(digest))
    .toSorted((one, other) => (one.digest < other.digest ? -1 : 1))
  const signers = new Set(records.map(({ header }) => `${header.kid} ${header.org}`))
  const chosen = earliestProofs(held.proofs, timed, held.policy)
  const keys = new Map(held.keys.map((key) => [`${key.kid} ${key.organisation}`, key]))
  return {
    format: 'tocsin-decision',
    version: 1,
    policy: logsOnly(
      held.policy,
      chosen.map(({ log }) => log),
    ),
    keys: [...keys]
      .filter(([name]) => signers.has(name))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, key]) => key),
    records: records.map(({ statement }) => statement),
    proofs: chosen.map(({ text }) => text).sort(),
  }
}

type Basis = {
  /** Whose time decides. */
  readonly timed: ReadonlySet<Sha256>
  readonly others: readonly Sha256[]
}

function restsOn({ decision, evidence, records }: HeldForDecision): Basis {
  const { said, digest, provenAt: decidedAt } = decision
  const named = new Set(namedBy(decision, evidence))
  const wasThere = (one: { readonly digest: Sha256; readonly provenAt: Instant | null }) =>
    named.has(one.digest) || isBy(one.provenAt, decidedAt)
  const isOf = (one: Pick<typeof said, 'proposal' | 'reading'>) =>
    one.proposal === said.proposal && one.reading === said.reading
  const isTally = said.ground.kind === 'tally'
  const ballots = evidence.ballots.filter((one) => {
    return isTally && one.ballot.proposal === said.proposal && wasThere(one)
  })
  const timed = [
    ...evidence.ends.filter((one) => isOf(one.said) && wasThere(one)),
    ...evidence.positions.filter((one) => isOf(one.position) && wasThere(one)),
    ...ballots,
  ]
  return {
    timed: new Set([digest, ...timed.map((one) => one.digest)]),
    others: [
      said.question,
      ...(said.ground.kind === 'tally' ? [said.ground.tally] : []),
      ...ballots.flatMap((ballot) => passkeysFor(ballot, records)),
    ],
  }
}

const isBy = (at: Instant | null, until: Instant | null): boolean =>
  at !== null && until !== null && at <= until

/** What the decision, or the tally that it names, says itself that it was counted by. */
function namedBy(
  { said: { ground } }: HeldForDecision['decision'],
  { tallies }: RoomEvidence,
): readonly Sha256[] {
  if (ground.kind === 'silence') return ground.positions
  const told = tallies.find(({ digest }) => digest === ground.tally)?.said.tally
  const { counted = [], replaced = [], refused = [] } = told ?? {}
  return [...counted, ...replaced, ...refused].map(({ digest }) => digest)
}

/** By which passkeys a ballot is signed: what its organisation had told last before. */
function passkeysFor(
  { author, place }: CastBallot,
  records: HeldForDecision['records'],
): readonly Sha256[] {
  const told = records.filter(({ object, header }) => {
    return object.type === 'officers' && header.org === author && header.aseq < place
  })
  return told
    .toSorted((one, other) => other.header.aseq - one.header.aseq)
    .slice(0, 1)
    .map(({ digest }) => digest)
}
