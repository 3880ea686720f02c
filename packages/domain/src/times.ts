import { z } from 'zod'
import { OrganisationId } from './brand.ts'
import { Level, WarningLevel } from './level.ts'
import { Line } from './people.ts'
import { ClockKind } from './service-clock.ts'
import { Stamp } from './stamps.ts'

/**
 * How long something took, over all that were started in a period. Those still waited for are counted
 * and not dropped; a time that so many have not reached yet is null, which is "not reached".
 */
export const Times = z.object({
  n: z.int().positive(),
  /** Of these: it happened; it is still waited for; it was not waited for any more. */
  happened: z.int(),
  waiting: z.int(),
  ended: z.int(),
  /** Whole minutes, rounded up. */
  medianMinutes: z.int().nullable(),
  p90Minutes: z.int().nullable(),
})
export type Times = Readonly<z.infer<typeof Times>>

/** One kind of clock at one level, of one authority or of all. */
export const ClockTimes = Times.extend({
  clock: ClockKind,
  level: WarningLevel,
  /** Who was waited for; none for the row of all. */
  authority: z.object({ organisation: OrganisationId, name: Line }).nullable(),
  /** Whole per cent within the time allowed, rounded down; null where it is too early to say. */
  inTimePercent: z.int().min(0).max(100).nullable(),
})
export type ClockTimes = Readonly<z.infer<typeof ClockTimes>>

/** The spans between the steps of a matter, and the whole from the first report to an answer. */
export const spans = [
  ['T0', 'T1'],
  ['T1', 'T2'],
  ['T2', 'T3'],
  ['T3', 'T4'],
  ['T4', 'T5'],
  ['T5', 'T6'],
  ['T6', 'T7'],
  ['T0', 'T5'],
] as const satisfies readonly (readonly [Stamp, Stamp])[]

/** One span between two steps, over matters that stand at one level. */
export const SpanTimes = Times.extend({ from: Stamp, to: Stamp, level: Level })
export type SpanTimes = Readonly<z.infer<typeof SpanTimes>>
