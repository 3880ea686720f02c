import { z } from 'zod'
import { type Instant, OrganisationId, Sha256 } from './brand.ts'
import { SequencePoint, type Term } from './sequence.ts'
import { Paragraphs } from './text.ts'

/*
 * Another node gives the order from now on: two thirds of the participants sign that it does, and after
 * which step. What was said stays in everybody's own log, so nothing is lost.
 */

export const Rehome = z.object({
  consultation: z.uuidv7().brand<'ConsultationId'>(),
  /** The term that begins: 1 for the first re-homing. */
  term: z.int().positive(),
  from: OrganisationId,
  to: OrganisationId,
  /** The last step that witnesses had seen; null where there was none. */
  after: SequencePoint.nullable(),
  /** Complaints and other records that give the ground. */
  grounds: z.array(Sha256).max(64),
  reasons: Paragraphs,
})
export type Rehome = Readonly<z.infer<typeof Rehome>>

export type SignedRehome = {
  readonly rehome: Rehome
  readonly digest: Sha256
  /** Who signed it. */
  readonly author: OrganisationId
  readonly provenAt: Instant | null
}

export type Homes = {
  /** All homes, the first and those that followed, in their order. */
  readonly terms: readonly Term[]
  /** Who signed two different homes for one term; neither signature counts. */
  readonly signedTwice: readonly OrganisationId[]
}

type Room = {
  readonly home: OrganisationId
  readonly participants: readonly OrganisationId[]
}

/** How many of so many participants two thirds are. */
export const twoThirdsOf = (participants: number): number => Math.ceil((participants * 2) / 3)

/** Who is and was the home, by the signatures that are here. The same signatures, the same answer. */
export function homesOf(room: Room, signed: readonly SignedRehome[]): Homes {
  const participants = [...new Set(room.participants)]
  const own = signed.filter(({ author }) => participants.includes(author))
  const terms: Term[] = [{ term: 0, home: room.home, after: null }]
  const twice = new Set<OrganisationId>()
  for (;;) {
    const now = terms[terms.length - 1] as Term
    const next = own.filter(({ rehome }) => rehome.term === now.term + 1)
    const votes = votesOf(next, twice)
    const isNext = ({ rehome }: SignedRehome) =>
      rehome.from === now.home && rehome.to !== now.home && participants.includes(rehome.to)
    const won = [...votes.values()].find(
      (one) => one.length >= twoThirdsOf(participants.length) && one.every(isNext),
    )
    if (!won?.[0]) return { terms, signedTwice: [...twice].sort() }
    const { term, to, after } = won[0].rehome
    terms.push({ term, home: to, after })
  }
}

/** What is signed for: reasons and grounds may differ, home and step may not. */
const aimOf = ({ from, to, after }: Rehome): string =>
  [from, to, after?.place ?? '', after?.digest ?? ''].join(' ')

function votesOf(signed: readonly SignedRehome[], twice: Set<OrganisationId>) {
  const aims = new Map<OrganisationId, Set<string>>()
  for (const { author, rehome } of signed) {
    aims.set(author, (aims.get(author) ?? new Set()).add(aimOf(rehome)))
  }
  const votes = new Map<string, SignedRehome[]>()
  const counted = new Set<OrganisationId>()
  for (const one of signed) {
    if ((aims.get(one.author)?.size ?? 0) > 1) twice.add(one.author)
    else if (!counted.has(one.author)) {
      counted.add(one.author)
      votes.set(aimOf(one.rehome), [...(votes.get(aimOf(one.rehome)) ?? []), one])
    }
  }
  return votes
}
