import { z } from 'zod'
import type { Report } from './report.ts'

/*
 * What is left out of what leaves. The reader is always told which parts were left out, so that
 * silence is not taken for absence.
 */

/** Parts of a matter or a report that its author may leave out. */
export const Redactable = z.enum([
  'summary',
  'place',
  'country',
  'certainty',
  'groups',
  'harm',
  'review',
  'attachments',
])
export type Redactable = z.infer<typeof Redactable>

/** A place that is said more exactly than this could lead somebody to a door. */
const exact: readonly (Report['precision'] | undefined)[] = ['1-km', '11-km']

/** The parts of a report that never leave, whatever its author says. */
export function withheldFrom({
  place,
  precision,
}: Pick<Report, 'place' | 'precision'>): Redactable[] {
  const isSaid = place !== null
  // A place without a precision may be as exact as the person who wrote it knew.
  return isSaid && (precision === null || exact.includes(precision)) ? ['place'] : []
}

type Blank = { readonly [part in Redactable]?: unknown }

/** The same with the parts left out; those that the thing does not have are no matter. */
export function redact<T extends object>(thing: T, parts: readonly Redactable[]): T {
  const blank = Object.fromEntries(
    parts.filter((part) => part in thing).map((part) => [part, null]),
  )
  return { ...thing, ...(blank as Blank) }
}
