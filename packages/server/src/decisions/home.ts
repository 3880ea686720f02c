import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { Consultation } from '@tocsin/domain/consultation.ts'
import {
  type CountedPoll,
  checkHome,
  checkTallies,
  type Finding,
} from '@tocsin/domain/home-check.ts'
import { homesOf } from '@tocsin/domain/rehoming.ts'
import { certainSteps, orderOf, type Term } from '@tocsin/domain/sequence.ts'
import type { RoomEvidence } from '@tocsin/records/room-evidence.ts'
import type { Said } from './said.ts'
import { orderedTypes } from './said.ts'
import type { Standing } from './store.ts'

/*
 * The home of a room gives the order and counts first; everybody checks it by what they hold. It is the
 * node that convened, until two thirds of those who take part sign for another.
 */

export type Home = {
  readonly participants: readonly OrganisationId[]
  readonly terms: readonly Term[]
  readonly now: Term
  /** Steps of the order that are certain. */
  readonly steps: number
  readonly order: readonly Sha256[]
  /** What was said and does not stand in the order yet, as it is put there: by each author's own order. */
  readonly waiting: readonly Sha256[]
  readonly evidence: RoomEvidence
}

type Voted = Standing & { readonly by: { readonly kind: 'ballots' } }

export const isByBallots = (standing: Standing): standing is Voted => standing.by.kind === 'ballots'

/** Undefined where nothing was put to ballots: no order is needed. */
export function homeOf(
  room: Consultation,
  { records }: Said,
  all: readonly Standing[],
): Home | undefined {
  const evidence = all.filter(isByBallots).at(-1)?.evidence
  if (!evidence) return undefined
  const participants = [
    room.organisation,
    ...room.seats
      .filter(({ role }) => role === 'participant')
      .map(({ organisation }) => organisation),
  ]
  const { terms } = homesOf({ home: room.organisation, participants }, evidence.rehomes)
  const order = orderOf(terms, evidence.sequences)
  const placed = new Set(order)
  return {
    ...{ participants, terms, order, evidence },
    now: terms.at(-1) as Term,
    steps: certainSteps(terms, evidence.sequences).length,
    waiting: records
      .filter(({ object, digest, isBarred }) => {
        return isOrdered(object.type) && !placed.has(digest) && !isBarred
      })
      .toSorted((one, other) => {
        const isSame = one.header.org === other.header.org
        return isSame ? one.header.aseq - other.header.aseq : 0
      })
      .map(({ digest }) => digest),
  }
}

const isOrdered = (type: string): boolean => (orderedTypes as readonly string[]).includes(type)

type ToldTally = RoomEvidence['tallies'][number]

/** What homes said of a vote: the last word of each, as it counts again where a ballot reaches it late, and what was before. */
function talliesOn({ question, evidence }: Standing, { terms }: Pick<Home, 'terms'>) {
  const homes = new Set(terms.map(({ home }) => home))
  const told = evidence.tallies.filter(({ said, author }) => {
    return said.question === question.digest && homes.has(author)
  })
  const isLast = (one: ToldTally) =>
    !told.some(({ author, place }) => author === one.author && place > one.place)
  return { last: told.filter(isLast), earlier: told.filter((one) => !isLast(one)) }
}

/** How the home counts now, by its record; undefined while it has not told. */
export const toldTally = (standing: Standing, home: Home) =>
  talliesOn(standing, home).last.find(({ author }) => author === home.now.home)

function countedIn(standing: Standing, home: Home): CountedPoll {
  const { last, earlier } = talliesOn(standing, home)
  const told = ({ said, digest, author }: ToldTally) => ({ tally: said.tally, digest, author })
  return {
    ...{ poll: standing.poll, ballots: standing.evidence.ballots },
    ...{ tallies: last.map(told), earlier: earlier.map(told) },
  }
}

/** What the tallies of one vote say otherwise than the ballots that are here. */
export const tallyFindings = (standing: Standing, home: Home): readonly Finding[] =>
  checkTallies(countedIn(standing, home), new Set(home.order))

/** Everything that is found about the homes of a room; the same on every node that holds the same. */
export function findingsOf(home: Home, all: readonly Standing[], at: Instant): readonly Finding[] {
  const { terms, evidence, order } = home
  const placed = new Set(order)
  // Only what stands in an order can be missing from it.
  const ordered = new Set([...order, ...home.waiting])
  return checkHome({
    ...{ terms, at, sequences: evidence.sequences, complaints: evidence.complaints },
    records: evidence.records.filter(({ digest }) => ordered.has(digest) || placed.has(digest)),
    polls: all.filter(isByBallots).map((one) => countedIn(one, home)),
  })
}
