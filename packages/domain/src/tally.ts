import { z } from 'zod'
import {
  BallotRefusal,
  type CastBallot,
  Choice,
  isWithdrawn,
  type Poll,
  refusalOf,
} from './ballot.ts'
import { Instant, OrganisationId, Sha256 } from './brand.ts'
import { entitledTo, type Method, type Proposal, provableUntil, settledAt } from './proposal.ts'

/*
 * Counting. Every node counts by itself, from the same ballots to the same result, in whatever order
 * they came; the only time that counts is when enough witnesses had seen a ballot.
 */

export const Outcome = z.enum([
  'adopted',
  'rejected',
  /** Somebody said no where all must agree. */
  'blocked',
  'no-quorum',
  'withdrawn',
])
export type Outcome = z.infer<typeof Outcome>

const Named = z.object({ digest: Sha256, organisation: OrganisationId })

const Sum = z.object({ organisations: z.int().min(0), weight: z.int().min(0) })
type Sum = Readonly<z.infer<typeof Sum>>

export const Tally = z.object({
  outcome: Outcome,
  yes: Sum,
  no: Sum,
  abstain: Sum,
  /** Everybody who had a say. */
  entitled: Sum,
  counted: z.array(Named.extend({ choice: Choice, provenAt: Instant })),
  /** In time, and followed by another that counts in their place. */
  replaced: z.array(Named),
  refused: z.array(Named.extend({ reason: BallotRefusal })),
  /** Nothing is wrong with them but that too few witnesses are known to have seen them. */
  unproven: z.array(Named),
  notVoted: z.array(OrganisationId),
})
export type Tally = Readonly<z.infer<typeof Tally>>

/**
 * The result by the ballots that are here; with the same ballots it is the same everywhere. `at` is when it is
 * counted: it changes no result, and says of what is not proven whether that is still waited for.
 */
export function countBallots(poll: Poll, ballots: readonly CastBallot[], at: Instant): Tally {
  const { proposal, room } = poll
  const sorted = inOrder(ballots)
  const forks = forkedIn(sorted)
  const isOver = at > provableUntil(proposal)
  const refused = new Map<Sha256, BallotRefusal>()
  const valid = sorted.filter((cast) => {
    const isForked = forks.has(cast.digest)
    const tooLate = isOver && !isProven(cast) ? 'not-proven-in-time' : undefined
    const reason = refusalOf(poll, cast) ?? (isForked ? 'forked' : tooLate)
    if (reason) refused.set(cast.digest, reason)
    return reason === undefined
  })
  const proven = valid.filter(isProven)
  const counted = entitledTo(proposal).flatMap(({ organisation }) => {
    const own = proven.filter(({ ballot }) => ballot.organisation === organisation)
    const one = proposal.mayChange ? own.at(-1) : own[0]
    return one ? [one] : []
  })
  const digests = new Set(counted.map(({ digest }) => digest))
  const others = proven.filter(({ digest }) => !digests.has(digest))
  if (!proposal.mayChange) for (const { digest } of others) refused.set(digest, 'already-voted')
  const sums = sumsOf(proposal, counted)
  const voters = new Set(counted.map(({ ballot }) => ballot.organisation))
  return {
    outcome: isWithdrawn(proposal, room) ? 'withdrawn' : outcomeOf(proposal, sums),
    ...sums,
    counted: byOrganisation(counted).map((cast) => ({
      ...named(cast),
      choice: cast.ballot.choice,
      provenAt: cast.provenAt,
    })),
    replaced: proposal.mayChange ? byOrganisation(others).map(named) : [],
    refused: byOrganisation(sorted).flatMap((cast) => {
      const reason = refused.get(cast.digest)
      return reason ? [{ ...named(cast), reason }] : []
    }),
    unproven: byOrganisation(valid.filter((cast) => !isProven(cast))).map(named),
    notVoted: entitledTo(proposal)
      .map(({ organisation }) => organisation)
      .filter((one) => !voters.has(one))
      .sort(),
  }
}

/** Whether no ballot that is still waited for can change the result. */
export function isFinal(poll: Poll, ballots: readonly CastBallot[], at: Instant): boolean {
  const { proposal, room } = poll
  if (isWithdrawn(proposal, room)) return true
  if (at <= settledAt(proposal, proposal.closesAt)) return false
  // Whoever is out may have voted before: the proof of that is waited for as any other.
  const inside = { ...poll, room: { ...room, expelled: [] } }
  return countBallots(inside, ballots, at).unproven.length === 0
}

/**
 * The ballots as they count once the decision that rests on that tally is on record: a proof that it
 * did not know changes nothing any more, whatever it proves.
 */
export function asRecorded(
  { room }: Pick<Poll, 'room'>,
  ballots: readonly CastBallot[],
  { refused }: Pick<Tally, 'refused'>,
): readonly CastBallot[] {
  const out = new Set(room.expelled.map(({ organisation }) => organisation))
  const late = new Set(
    refused
      .filter(({ reason, organisation }) => {
        return reason === 'not-proven-in-time' || (reason === 'expelled' && out.has(organisation))
      })
      .map(({ digest }) => digest),
  )
  return ballots.map((cast) => (late.has(cast.digest) ? { ...cast, provenAt: null } : cast))
}

/**
 * How it stands once the decision that rests on the tally `told` is on record: what is shown here only after
 * that, and does not stand in the tally, is listed and changes nothing.
 */
export function countRecorded(
  poll: Poll,
  ballots: readonly CastBallot[],
  {
    told,
    isAfter,
    at,
  }: {
    readonly told: Tally
    readonly isAfter: (digest: Sha256) => boolean
    readonly at: Instant
  },
): Tally {
  const { counted, replaced, refused, unproven } = told
  const known = new Set([...counted, ...replaced, ...refused, ...unproven].map(digestIn))
  const isLate = ({ digest }: CastBallot) => !known.has(digest) && isAfter(digest)
  const tally = countBallots(
    poll,
    asRecorded(
      poll,
      ballots.filter((cast) => !isLate(cast)),
      told,
    ),
    at,
  )
  const late = byOrganisation(inOrder(ballots.filter(isLate)))
  return {
    ...tally,
    refused: [
      ...tally.refused,
      ...late.flatMap((cast) => {
        const reason = refusalOf(poll, cast)
        return reason ? [{ ...named(cast), reason }] : []
      }),
    ],
    unproven: [
      ...tally.unproven,
      ...late.filter((cast) => refusalOf(poll, cast) === undefined).map(named),
    ],
  }
}

const digestIn = ({ digest }: { readonly digest: Sha256 }): Sha256 => digest

type Proven = CastBallot & { readonly provenAt: Instant }

const isProven = (cast: CastBallot): cast is Proven => cast.provenAt !== null

const named = ({ digest, ballot }: CastBallot) => ({ digest, organisation: ballot.organisation })

const compare = (one: string | number, other: string | number): number => {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** Each record once, by the author's own order; of two proofs of one the earlier counts. */
function inOrder(ballots: readonly CastBallot[]): readonly CastBallot[] {
  const known = new Map<Sha256, CastBallot>()
  for (const cast of ballots) {
    const other = known.get(cast.digest)
    const isEarlier = cast.provenAt !== null && (!other?.provenAt || cast.provenAt < other.provenAt)
    if (!other || isEarlier) known.set(cast.digest, cast)
  }
  return [...known.values()].sort(
    (one, other) => compare(one.place, other.place) || compare(one.digest, other.digest),
  )
}

const byOrganisation = <T extends CastBallot>(ballots: readonly T[]): readonly T[] =>
  ballots.toSorted((one, other) => compare(one.ballot.organisation, other.ballot.organisation))

/** Records that one author signed for one and the same place: neither can be believed. */
function forkedIn(ballots: readonly CastBallot[]): ReadonlySet<Sha256> {
  const forks = new Set<Sha256>()
  const places = new Map<string, Sha256>()
  for (const { author, place, digest } of ballots) {
    const key = `${author}/${place}`
    const other = places.get(key)
    if (other !== undefined) forks.add(other).add(digest)
    places.set(key, digest)
  }
  return forks
}

type Sums = { readonly [part in Choice | 'entitled']: Sum }

function sumsOf(proposal: Proposal, counted: readonly CastBallot[]): Sums {
  const entitled = entitledTo(proposal)
  const isWeighted = proposal.method.kind === 'weighted'
  const weights = new Map(
    entitled.map(({ organisation, weight }) => [organisation, isWeighted ? weight : 1]),
  )
  const sum = (organisations: readonly OrganisationId[]): Sum => ({
    organisations: organisations.length,
    weight: organisations.reduce((all, one) => all + (weights.get(one) ?? 0), 0),
  })
  const who = (choice: Choice) =>
    counted
      .filter(({ ballot }) => ballot.choice === choice)
      .map(({ ballot }) => ballot.organisation)
  return {
    yes: sum(who('yes')),
    no: sum(who('no')),
    abstain: sum(who('abstain')),
    entitled: sum(entitled.map(({ organisation }) => organisation)),
  }
}

function outcomeOf({ method, quorum }: Proposal, sums: Sums): Outcome {
  const { yes, no, abstain } = sums
  const taking = yes.organisations + no.organisations + abstain.organisations
  if (taking < quorum) return 'no-quorum'
  const mustAgree = method.kind === 'consensus' || method.kind === 'consensus-without-concerned'
  if (mustAgree && no.organisations > 0) return 'blocked'
  // Where all abstain nobody has decided anything.
  return yes.weight > 0 && isEnough(method, sums) ? 'adopted' : 'rejected'
}

function isEnough(method: Method, { yes, no, entitled }: Sums): boolean {
  const baseOf = (of: 'voting' | 'entitled') =>
    of === 'voting' ? yes.weight + no.weight : entitled.weight
  switch (method.kind) {
    case 'consensus':
    case 'consensus-without-concerned':
      return true
    case 'simple-majority':
      return yes.weight * 2 > baseOf(method.of)
    case 'two-thirds':
      return yes.weight * 3 >= baseOf(method.of) * 2
    case 'weighted': {
      const { atLeast, of } = method.share
      // Products of integers below 2^53: 200 members of a million each, shares of a million.
      return yes.weight * of >= baseOf(method.of) * atLeast && yes.weight > no.weight
    }
    // Nobody votes in a silence procedure: what does not lapse is not adopted.
    case 'silence':
      return false
  }
}
