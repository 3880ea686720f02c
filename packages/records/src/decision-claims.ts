import type { CastBallot, Poll } from '@tocsin/domain/ballot.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { GivenPosition } from '@tocsin/domain/position.ts'
import type { Silence } from '@tocsin/domain/silence.ts'
import type { Tally } from '@tocsin/domain/tally.ts'
import { canonicalJson, type Json } from './canonical.ts'
import type { Decision } from './stix/decision.ts'

/* What a decision says, held against what follows from the records that it rests on. */

/** Parts of a decision that must be what the records say. */
export type DecisionClaim =
  | 'text'
  | 'outcome'
  | 'recused'
  | 'present'
  | 'votes'
  | 'dissent'
  | 'deadline'
  | 'positions'

type Said = Decision['dissent'][number]

/** What must stand in the decision, and what may. */
type Expected = {
  readonly outcome: string
  readonly present: readonly OrganisationId[]
  readonly votes: Decision['votes']
  readonly mustDissent: readonly Said[]
  readonly mayDissent: readonly Said[]
}

const isSame = (one: unknown, other: unknown): boolean =>
  canonicalJson(one as Json) === canonicalJson(other as Json)

const inOrder = <T>(list: readonly T[]): readonly T[] =>
  list.toSorted((one, other) =>
    canonicalJson(one as Json) < canonicalJson(other as Json) ? -1 : 1,
  )

const isSameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  isSame(inOrder(one), inOrder(other))

/** The parts in which the decision says something else. */
function differences(
  decision: Decision,
  { proposal, texts }: Poll,
  expected: Expected,
): readonly DecisionClaim[] {
  const has = (list: readonly Said[], said: Said) => list.some((one) => isSame(one, said))
  const { dissent } = decision
  const isDissent =
    expected.mustDissent.every((one) => has(dissent, one)) &&
    dissent.every((one) => has(expected.mayDissent, one))
  const isText = isSame(decision.text, proposal.text) && isSame(decision.texts, texts)
  const checks: Readonly<Record<Exclude<DecisionClaim, 'deadline' | 'positions'>, boolean>> = {
    text: isText && decision.proposal === proposal.id && decision.reading === proposal.reading,
    outcome: decision.outcome === expected.outcome,
    recused: isSameList(decision.recused, proposal.recused),
    present: isSameList(decision.present, expected.present),
    votes: isSameList(decision.votes, expected.votes),
    dissent: isDissent,
  }
  return (Object.keys(checks) as (keyof typeof checks)[]).filter((claim) => !checks[claim])
}

/** Where a decision by ballot says something else than our own count. */
export function differencesFromTally(
  decision: Decision,
  poll: Poll,
  tally: Tally,
  ballots: readonly CastBallot[],
): readonly DecisionClaim[] {
  const counted = new Map(tally.counted.map((one) => [one.digest, one.choice]))
  const explained = ballots.flatMap(({ digest, ballot: { organisation, explanation } }) => {
    const choice = counted.get(digest)
    if (choice === undefined || choice === 'yes' || explanation === null) return []
    return [{ choice, said: { organisation, text: explanation } }]
  })
  return differences(decision, poll, {
    outcome: tally.outcome,
    present: tally.counted.map(({ organisation }) => organisation),
    votes: tally.counted.map(({ organisation, choice }) => ({ organisation, choice })),
    mustDissent: explained.filter(({ choice }) => choice === 'no').map(({ said }) => said),
    mayDissent: explained.map(({ said }) => said),
  })
}

/** Where a decision by silence says something else than the receipts and positions do. */
export function differencesFromSilence(
  decision: Decision,
  poll: Poll,
  silence: Silence,
  positions: readonly GivenPosition[],
): readonly DecisionClaim[] {
  const refused = new Set(silence.refused.map(({ digest }) => digest))
  const broken = positions.flatMap(({ digest, position: { member, stance } }) =>
    stance.kind === 'break-silence' && !refused.has(digest)
      ? [{ organisation: member, text: stance.reasons }]
      : [],
  )
  const present = silence.members.filter(({ receivedAt }) => receivedAt !== null)
  const found = differences(decision, poll, {
    outcome: silence.outcome,
    present: present.map(({ organisation }) => organisation),
    votes: [],
    mustDissent: broken,
    mayDissent: broken,
  })
  const { ground } = decision
  if (ground.kind !== 'silence') return found
  const held = new Set(positions.map(({ digest }) => digest))
  return [
    ...found,
    ...(ground.deadline === silence.deadline ? [] : (['deadline'] as const)),
    ...(ground.positions.every((one) => held.has(one)) ? [] : (['positions'] as const)),
  ]
}
