import type { Instant, Sha256 } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { hashOf, organisationOf } from './made-poll.ts'
import type { HeldSequence, Sequence, Term } from './sequence.ts'

/* Steps of an order as a home node gives them, for the tests. */

export const start = '2026-11-22T08:00:00.000Z' as Instant
export const minute = (n: number) => addMilliseconds(start, n * 60_000)
export const home = organisationOf(0)
export const term: Term = { term: 0, home, after: null }
export const consultation = '01900000-0004-7000-8000-000000000001' as Sequence['consultation']

/** The digest of a step follows from what it says, as that of a record does. */
export function step(sequence: Omit<Sequence, 'consultation'>, at: number | null): HeldSequence {
  const said = [sequence.term, sequence.place, sequence.previous, ...sequence.entries].join()
  let sum = 7
  for (const sign of said) sum = (Math.imul(sum, 31) + sign.charCodeAt(0)) >>> 0
  return {
    sequence: { consultation, ...sequence },
    digest: hashOf(0xabc_0000_0000 + sum),
    author: sequence.home,
    provenAt: at === null ? null : minute(at),
  }
}

/** An honest order of these entries, one step each minute. */
export function ordered(steps: readonly (readonly Sha256[])[]): readonly HeldSequence[] {
  const made: HeldSequence[] = []
  for (const [at, entries] of steps.entries()) {
    const previous = made.at(-1)?.digest ?? null
    made.push(step({ home, term: 0, place: at + 1, previous, entries: [...entries] }, at))
  }
  return made
}
