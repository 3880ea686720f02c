import { z } from 'zod'
import { Instant, OrganisationId, PersonId } from './brand.ts'
import { MatterId, Station, type Stations } from './matter.ts'
import type { ClockPlan } from './service-clock.ts'

export const ExerciseId = z.uuidv7().brand<'ExerciseId'>()
export type ExerciseId = z.infer<typeof ExerciseId>

/** A past dossier that is lived through once more, faster: a replay. */
export const Exercise = z.object({
  id: ExerciseId,
  matter: MatterId,
  source: MatterId,
  organisation: OrganisationId,
  /** How many hours of the past pass in one. */
  speed: z.int().min(1).max(1000),
  /** Told in the place of everybody else; none: nobody is told. */
  participants: z.array(PersonId).max(40),
  /** How many entries the record of the source has, and how many have reappeared. */
  entries: z.int(),
  played: z.int(),
  startedAt: Instant,
  pausedAt: Instant.nullable(),
  pausedMs: z.int(),
  endedAt: Instant.nullable(),
  /** When the time of the source began. */
  sourceFrom: Instant,
})
export type Exercise = Readonly<z.infer<typeof Exercise>>

/** How the time of the past runs in an exercise. */
export type Course = Pick<Exercise, 'speed' | 'startedAt' | 'pausedMs' | 'sourceFrom'>

const instantOf = (ms: number): Instant => new Date(ms).toISOString() as Instant

/** When a moment of the past comes round again: never before its time. */
export function replayedAt(course: Course, original: Instant): Instant {
  const passed = Date.parse(original) - Date.parse(course.sourceFrom)
  const begun = Date.parse(course.startedAt) + course.pausedMs
  return instantOf(begun + Math.ceil(passed / course.speed))
}

/** Which moment of the past it is in the exercise; while it is paused, that of the pause. */
export function originalAt(course: Course & { pausedAt?: Instant | null }, now: Instant): Instant {
  const at = course.pausedAt ?? now
  const passed = Date.parse(at) - Date.parse(course.startedAt) - course.pausedMs
  return instantOf(Date.parse(course.sourceFrom) + Math.floor(passed * course.speed))
}

/**
 * A clock planned in the time of the past, as it runs in the exercise: working hours and holidays
 * count as they did then.
 */
export const quickened = (course: Course, plan: ClockPlan): ClockPlan => ({
  dueAt: replayedAt(course, plan.dueAt),
  steps: plan.steps.map((step) => ({ ...step, dueAt: replayedAt(course, step.dueAt) })),
})

/** How long after the start a station was reached, in the past and in the exercise, in the past's milliseconds. */
export const StationTimes = z.object({
  station: Station,
  past: z.int().nullable(),
  present: z.int().nullable(),
})
export type StationTimes = Readonly<z.infer<typeof StationTimes>>

/** T0 to T7 beside each other: what took how long in the past, and in the exercise. */
export function compareStations(
  course: Course,
  past: Stations,
  present: Stations,
): readonly StationTimes[] {
  const since = (at: Instant) => Date.parse(at) - Date.parse(course.sourceFrom)
  return Station.options.map((station) => {
    const [before, again] = [past[station], present[station]]
    return {
      station,
      past: before === undefined ? null : since(before),
      present: again === undefined ? null : since(originalAt(course, again)),
    }
  })
}

/** What the replay itself does again; from being acknowledged on, the participants act. */
export const replayedStations: readonly Station[] = ['observed', 'assessed', 'warned']
