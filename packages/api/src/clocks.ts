import { Instant } from '@tocsin/domain/brand.ts'
import { SkipReason } from '@tocsin/domain/escalation.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { Line } from '@tocsin/domain/people.ts'
import { ClockKind, ClockSettings, RungOffice } from '@tocsin/domain/service-clock.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { z } from 'zod'
import type { Route } from './route.ts'
import { Office } from './warnings.ts'

/** A rung that told nobody, or too late, and that nobody has written anything about yet. */
export const MissedRung = z.object({
  id: z.uuid(),
  matter: MatterId,
  title: Line,
  clock: ClockKind,
  tell: RungOffice,
  percent: z.int(),
  /** Why nobody was told; none where somebody was, but late. */
  reason: SkipReason.nullable(),
  dueAt: Instant,
  doneAt: Instant,
  /** The authority whose silence it is about. */
  about: Line.nullable(),
})
export type MissedRung = Readonly<z.infer<typeof MissedRung>>

export const ClockOverview = z.object({
  asOf: Instant,
  settings: ClockSettings,
  /** When the organisation set clocks of its own, and who; none while the defaults hold. */
  set: z.object({ at: Instant, by: Line.nullable() }).nullable(),
  /** The offices that can stand on a rung; for readers only those that do. */
  offices: z.array(Office),
  /** Of open matters, never of exercises. */
  missed: z.array(MissedRung),
})
export type ClockOverview = Readonly<z.infer<typeof ClockOverview>>

export const getClockOverview = {
  method: 'GET',
  path: '/api/docket/clocks/overview',
  summary:
    "Read the organisation's clocks with the offices behind their rungs and what was missed of them",
  response: ClockOverview,
} as const satisfies Route

export const answerForMissed = {
  method: 'POST',
  path: '/api/matters/:matter/missed-rungs',
  summary: 'Put on record what was done about rungs of the ladder that were missed',
  params: z.object({ matter: MatterId }),
  body: z.object({ rungs: z.array(z.uuid()).min(1).max(200), what: Paragraphs }),
  response: z.object({}),
} as const satisfies Route

/** Asked by monitors outside: no account, and it says nothing else. */
export const Health = z.object({ state: z.enum(['ok', 'late']) })
