import { z } from 'zod'
import { type Instant, OrganisationId, Sha256 } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { ConsultationId } from './consultation.ts'

/*
 * The order of what is said in a consultation. Everybody writes in its own name and its own log; the
 * home node only says in which order it all stands. It can leave nothing out unseen.
 */

/** One step of the order: records by their digests, after all that stood in the steps before. */
export const Sequence = z.object({
  consultation: ConsultationId,
  home: OrganisationId,
  /** Counts the homes that the consultation has had: 0 is the first. */
  term: z.int().min(0),
  /** From 1, without gaps, through all terms. */
  place: z.int().positive(),
  /** The digest of the step before; null for the first. */
  previous: Sha256.nullable(),
  entries: z.array(Sha256).min(1).max(256),
})
export type Sequence = Readonly<z.infer<typeof Sequence>>

export type HeldSequence = {
  readonly sequence: Sequence
  /** Names the record. */
  readonly digest: Sha256
  /** Who signed it. */
  readonly author: OrganisationId
  /** When enough witnesses had seen it; null until it is proven that they have. */
  readonly provenAt: Instant | null
}

/** A step at which the order is known. */
export const SequencePoint = z.object({ place: z.int().positive(), digest: Sha256 })
export type SequencePoint = Readonly<z.infer<typeof SequencePoint>>

/** Who gives the order, and after which step of the home before; null for the first and for none. */
export type Term = {
  readonly term: number
  readonly home: OrganisationId
  readonly after: SequencePoint | null
}

/** One place of the order, with every record in which its home says the same of it. */
export type Step = readonly [HeldSequence, ...HeldSequence[]]

/** The steps of one term that its home signed, each record once, by place. */
export function stepsOf(
  { term, home }: Pick<Term, 'term' | 'home'>,
  held: readonly HeldSequence[],
): ReadonlyMap<number, Step> {
  const steps = new Map<number, Step>()
  const known = new Set<Sha256>()
  for (const one of held) {
    const { sequence, author, digest } = one
    const isOf = sequence.term === term && sequence.home === home && author === home
    if (!isOf || known.has(digest)) continue
    known.add(digest)
    const others = steps.get(sequence.place)
    steps.set(sequence.place, others ? [...others, one] : [one])
  }
  return steps
}

/** Whether a home gave two different orders for one place. */
export const isForked = ([first, ...others]: Step): boolean =>
  others.some(({ sequence }) => contentOf(sequence) !== contentOf(first.sequence))

const contentOf = ({ previous, entries }: Sequence): string =>
  [previous ?? '', ...entries].join(' ')

/** Whether a step goes on from the one before it. */
export const isContinued = (before: Step | undefined, [{ sequence }]: Step): boolean =>
  before ? before.some(({ digest }) => digest === sequence.previous) : sequence.previous === null

/**
 * The steps as far as the order is certain: through all terms, until one is missing, stands with two
 * contents, or does not go on from the one before.
 */
export function certainSteps(
  terms: readonly Term[],
  held: readonly HeldSequence[],
): readonly Step[] {
  const taken: Step[] = []
  for (const term of terms) {
    const { place, digest } = term.after ?? { place: 0, digest: null }
    const isHeld = place === 0 || taken[place - 1]?.some((one) => one.digest === digest)
    if (!isHeld) break
    // What a home wrote after the step from which the next one went on is put in order anew.
    taken.length = place
    const steps = stepsOf(term, held)
    for (;;) {
      const step = steps.get(taken.length + 1)
      if (!step || isForked(step) || !isContinued(taken.at(-1), step)) break
      taken.push(step)
    }
  }
  return taken
}

/** The records in their order, as far as it is certain; one that stands twice counts once. */
export const orderOf = (
  terms: readonly Term[],
  held: readonly HeldSequence[],
): readonly Sha256[] => [
  ...new Set(certainSteps(terms, held).flatMap(([{ sequence }]) => sequence.entries)),
]

/** The last step that is certain; null where there is none yet. */
export function lastStep(
  terms: readonly Term[],
  held: readonly HeldSequence[],
): SequencePoint | null {
  const step = certainSteps(terms, held).at(-1)
  return step ? { place: step[0].sequence.place, digest: step[0].digest } : null
}

/** The last step that enough witnesses had seen: from there another home goes on. */
export function lastProven(
  terms: readonly Term[],
  held: readonly HeldSequence[],
): SequencePoint | null {
  const proven = certainSteps(terms, held).flatMap((step) =>
    step.filter(({ provenAt }) => provenAt !== null),
  )
  const last = proven.at(-1)
  return last ? { place: last.sequence.place, digest: last.digest } : null
}

/** How long a participant on line waits to see its record in the order before it complains. */
export const PATIENCE_MS = 10 * 60_000

/** A record of the room as everybody can see it. */
export type RoomRecord = {
  readonly digest: Sha256
  readonly author: OrganisationId
  /** Its place among what its author told this audience. */
  readonly place: number
  readonly provenAt: Instant | null
}

/** Whether a participant has waited long enough for its record to stand in the order. */
export function isOverdue(
  { digest, provenAt }: Pick<RoomRecord, 'digest' | 'provenAt'>,
  order: readonly Sha256[],
  at: Instant,
  patienceMs = PATIENCE_MS,
): boolean {
  return provenAt !== null && addMilliseconds(provenAt, patienceMs) < at && !order.includes(digest)
}

/** A participant says that its record, proven to be in its log, does not stand in the order. */
export const Complaint = z.object({
  consultation: ConsultationId,
  home: OrganisationId,
  term: z.int().min(0),
  /** The record that is left out. */
  missing: Sha256,
})
export type Complaint = Readonly<z.infer<typeof Complaint>>
