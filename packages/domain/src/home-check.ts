import { z } from 'zod'
import type { BallotRefusal, CastBallot, Poll } from './ballot.ts'
import type { Instant, OrganisationId, Sha256 } from './brand.ts'
import {
  type Complaint,
  type HeldSequence,
  isContinued,
  isForked,
  isOverdue,
  orderOf,
  PATIENCE_MS,
  type RoomRecord,
  type Step,
  stepsOf,
  type Term,
} from './sequence.ts'
import { countBallots, type Tally } from './tally.ts'

/*
 * What a home node did that it may not do, by what everybody holds. It is always named; whether it is
 * proven or must be explained is said beside it, because a lost connection is no crime.
 */

const OrderKind = z.enum([
  /** Two orders for one place. */
  'two-orders',
  /** A step that does not go on from the step before, which the home signed as well. */
  'order-broken',
  'entry-repeated',
  /** A record stands in the order that nobody here has seen. */
  'entry-not-shown',
  /** A record that was there in time does not stand in the order. */
  'left-out',
  /** No order is given any more. */
  'home-silent',
])
type OrderKind = z.infer<typeof OrderKind>

const TallyKind = z.enum([
  /** The tally leaves out a ballot that counts. */
  'ballot-dropped',
  /** The tally counts a ballot that nobody here has seen. */
  'ballot-not-shown',
  /** The tally says of a ballot what its organisation did not sign. */
  'ballot-forged',
  /** The tally counts a ballot that does not count. */
  'ballot-miscounted',
  /** From the same ballots the tally comes to another result. */
  'other-result',
])
type TallyKind = z.infer<typeof TallyKind>

export const FindingKind = z.enum([...OrderKind.options, ...TallyKind.options])
export type FindingKind = z.infer<typeof FindingKind>

export type Finding<Kind = FindingKind> = {
  readonly kind: Kind
  /** The home node, named. */
  readonly home: OrganisationId
  /** The records that show it. */
  readonly digests: readonly Sha256[]
  /** False where the fault may be the line's: the home has to explain it. */
  readonly isProven: boolean
}

export type HomeEvidence = {
  readonly terms: readonly Term[]
  readonly sequences: readonly HeldSequence[]
  /** Everything that was said in the room and is held here. */
  readonly records: readonly RoomRecord[]
  readonly complaints: readonly (RoomRecord & { readonly complaint: Complaint })[]
  /** The witnesses' time until which all this is known. */
  readonly at: Instant
  readonly patienceMs?: number
  readonly polls: readonly CountedPoll[]
}

type ToldTally = {
  readonly tally: Tally
  readonly digest: Sha256
  readonly author: OrganisationId
}

/** A poll with its ballots and what homes said of it. Proofs that a tally carries are heeded in both. */
export type CountedPoll = {
  readonly poll: Poll
  readonly ballots: readonly CastBallot[]
  /** The last word of each home. */
  readonly tallies: readonly ToldTally[]
  /** What they said before it: ballots may have been missing, but none said what it does not say now. */
  readonly earlier: readonly ToldTally[]
}

/** Everything that is found, sorted, each once; the same on every node that holds the same. */
export function checkHome(evidence: HomeEvidence): readonly Finding[] {
  const order = new Set(orderOf(evidence.terms, evidence.sequences))
  const findings = [
    ...evidence.terms.flatMap((term) => checkSteps(evidence, term)),
    ...checkComplaints(evidence, order),
    ...evidence.polls.flatMap((counted) => checkTallies(counted, order)),
    ...evidence.polls.flatMap(forgedBefore),
  ]
  const byText = new Map(findings.map((one) => [textOf(one), one]))
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

const textOf = ({ home, kind, digests, isProven }: Finding): string =>
  [home, kind, ...digests, isProven].join(' ')

function checkSteps(evidence: HomeEvidence, term: Term): readonly Finding[] {
  const { home } = term
  const steps = stepsOf(term, evidence.sequences)
  const proven = (kind: OrderKind, ...digests: readonly Sha256[]): Finding => ({
    kind,
    home,
    digests: [...digests].sort(),
    isProven: true,
  })
  const faults = [...steps].flatMap(([place, step]) => {
    if (isForked(step)) return [proven('two-orders', ...step.map(({ digest }) => digest))]
    const before = steps.get(place - 1)
    const isBroken = before && !isForked(before) && !isContinued(before, step)
    return isBroken ? [proven('order-broken', before[0].digest, step[0].digest)] : []
  })
  const repeated = repeatedIn([...steps.values()]).map((one) => proven('entry-repeated', one))
  return [...faults, ...repeated, ...checkShown(evidence, home, [...steps.values()])]
}

function repeatedIn(steps: readonly Step[]): readonly Sha256[] {
  const entries = steps.flatMap(([{ sequence }]) => sequence.entries)
  const known = new Set<Sha256>()
  return entries.filter((entry) => known.has(entry) || !known.add(entry))
}

/** Whoever puts a record in order has it, and gives it to whoever asks. */
function checkShown(
  { records, complaints, at, patienceMs }: HomeEvidence,
  home: OrganisationId,
  steps: readonly Step[],
): readonly Finding[] {
  const held = new Set([...records, ...complaints].map(({ digest }) => digest))
  return steps
    .flatMap(([first]) =>
      first.sequence.entries.map((entry) => ({ digest: entry, provenAt: first.provenAt })),
    )
    .filter((entry) => !held.has(entry.digest) && isOverdue(entry, [], at, patienceMs))
    .map(({ digest }) => ({ kind: 'entry-not-shown', home, digests: [digest], isProven: false }))
}

/**
 * A home that has put what an author said later in order had what it said before: records are taken in
 * the author's order. So had one that has put the complaint in order.
 */
function checkComplaints(evidence: HomeEvidence, order: ReadonlySet<Sha256>): readonly Finding[] {
  const { records, complaints, terms, at, patienceMs = PATIENCE_MS } = evidence
  const all = [...records, ...complaints]
  const now = terms.at(-1)
  if (!now) return []
  const overdue = all.filter((one) => isOverdue(one, [...order], at, patienceMs))
  const lastStep = lastProvenTime(evidence, now)
  return overdue.flatMap((record): Finding[] => {
    const complaint = complaints.find(
      (one) => one.complaint.missing === record.digest && one.author === record.author,
    )
    const later = all.find(
      (one) => one.author === record.author && one.place > record.place && order.has(one.digest),
    )
    const digests = [record.digest, later?.digest ?? complaint?.digest].filter(
      (digest) => digest !== undefined,
    )
    const finding = { home: now.home, digests }
    if (later) return [{ ...finding, kind: 'left-out', isProven: true }]
    if (!complaint || !isOverdue(complaint, [], at, patienceMs)) return []
    const goesOn = lastStep !== null && complaint.provenAt !== null && lastStep > complaint.provenAt
    return [{ ...finding, kind: goesOn ? 'left-out' : 'home-silent', isProven: false }]
  })
}

function lastProvenTime({ sequences }: HomeEvidence, now: Term): Instant | null {
  const times = [...stepsOf(now, sequences).values()]
    .flat()
    .flatMap(({ provenAt }) => provenAt ?? [])
    .sort()
  return times.at(-1) ?? null
}

/** Reasons that lie in something else than the ballot, which the home may not have received. */
const mayBeUnknown: readonly BallotRefusal[] = [
  'already-voted',
  'forked',
  'expelled',
  'proposal-withdrawn',
]

/** What a home's tallies say, held against the own count; `order` is what it had put in order. */
export function checkTallies(
  { poll, ballots, tallies }: Omit<CountedPoll, 'earlier'>,
  order: ReadonlySet<Sha256>,
): readonly Finding<TallyKind>[] {
  const own = countBallots(poll, ballots, poll.proposal.closesAt)
  const cast = new Map(ballots.map((one) => [one.digest, one]))
  return tallies.flatMap(({ tally, digest, author }) => {
    const finding = (
      kind: TallyKind,
      isProven: boolean,
      ...about: readonly Sha256[]
    ): Finding<TallyKind> => ({
      kind,
      home: author,
      digests: [digest, ...about],
      isProven,
    })
    const told = new Set(tally.counted.map((one) => one.digest))
    const late = new Set(
      tally.refused
        .filter(({ reason }) => reason === 'not-proven-in-time' || reason === 'expelled')
        .map((one) => one.digest),
    )
    const ownCounted = new Set(own.counted.map((one) => one.digest))
    const reasons = new Map(own.refused.map((one) => [one.digest, one.reason]))
    const dropped = own.counted
      .filter((one) => !told.has(one.digest))
      // What it had put in order it had; what it had not, it may have never received. Nor need the
      // proof have come that a ballot was in time.
      .map((one) => {
        const isProven = order.has(one.digest) && !late.has(one.digest)
        return finding('ballot-dropped', isProven, one.digest)
      })
    const wrong = tally.counted.flatMap((one) => {
      const ballot = cast.get(one.digest)?.ballot
      if (!ballot) return [finding('ballot-not-shown', false, one.digest)]
      if (!isAsCast(one, ballot)) return [finding('ballot-forged', true, one.digest)]
      if (ownCounted.has(one.digest)) return []
      const reason = reasons.get(one.digest)
      const isProven = reason !== undefined && !mayBeUnknown.includes(reason)
      return [finding('ballot-miscounted', isProven, one.digest)]
    })
    const isOther = dropped.length + wrong.length === 0 && resultOf(tally) !== resultOf(own)
    return [...dropped, ...wrong, ...(isOther ? [finding('other-result', true)] : [])]
  })
}

const isAsCast = (
  told: Tally['counted'][number],
  { organisation, choice }: CastBallot['ballot'],
): boolean => organisation === told.organisation && choice === told.choice

/** A home that forged a ballot stays named, whatever it says later: it has signed both. */
function forgedBefore({ ballots, earlier }: CountedPoll): readonly Finding[] {
  const cast = new Map(ballots.map(({ digest, ballot }) => [digest, ballot]))
  return earlier.flatMap(({ tally, digest, author: home }) =>
    tally.counted
      .filter((one) => {
        const ballot = cast.get(one.digest)
        return ballot && !isAsCast(one, ballot)
      })
      .map((one) => ({
        ...{ kind: 'ballot-forged' as const, home, isProven: true },
        digests: [digest, one.digest],
      })),
  )
}

/** What a tally says besides which ballots count: how many, the sums, and what follows from them. */
function resultOf({ outcome, counted, yes, no, abstain, entitled }: Tally): string {
  const sums = [yes, no, abstain, entitled].flatMap((one) => [one.organisations, one.weight])
  return [outcome, counted.length, ...sums].join(' ')
}
