import { Marking } from '@tocsin/domain/audience.ts'
import { Instant, PersonId } from '@tocsin/domain/brand.ts'
import { Exercise, ExerciseId, StationTimes } from '@tocsin/domain/exercise.ts'
import { EntryKind, MatterId } from '@tocsin/domain/matter.ts'
import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** An exercise on the list: a matter opened as one, and its replay where it is one. */
export const ExerciseRow = z.object({
  matter: MatterId,
  title: Line,
  year: z.int(),
  number: z.int(),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  replay: Exercise.nullable(),
})
export type ExerciseRow = Readonly<z.infer<typeof ExerciseRow>>

export const ExerciseList = z.object({
  asOf: Instant,
  exercises: z.array(ExerciseRow),
  /** Closed matters whose record can be lived through once more. */
  sources: z.array(
    z.object({
      matter: MatterId,
      title: Line,
      year: z.int(),
      number: z.int(),
      openedAt: Instant,
      closedAt: Instant,
      entries: z.int(),
    }),
  ),
  /** The organisation's own people, and whether a notice reaches them. */
  people: z.array(z.object({ person: PersonId, name: Line, isReached: z.boolean() })),
})
export type ExerciseList = Readonly<z.infer<typeof ExerciseList>>

/** Something on record, in the time of the past: what was done then, or by the participants now. */
export const ReplayLine = z.object({
  at: Instant,
  isThen: z.boolean(),
  kind: EntryKind,
  by: Line,
  text: z.string().nullable(),
})
export type ReplayLine = Readonly<z.infer<typeof ReplayLine>>

export const OpenedExercise = z.object({
  asOf: Instant,
  exercise: Exercise,
  title: Line,
  year: z.int(),
  number: z.int(),
  marking: Marking,
  /** Which moment of the past it is. */
  originalNow: Instant,
  /** Oldest first; of the past only what has reappeared. */
  lines: z.array(ReplayLine),
  /** Of the past only what has reappeared, until the exercise is over. */
  stations: z.array(StationTimes),
})
export type OpenedExercise = Readonly<z.infer<typeof OpenedExercise>>

export const listExercises = {
  method: 'GET',
  path: '/api/exercises',
  summary: "Read the organisation's exercises and the closed matters that can be replayed",
  response: ExerciseList,
} as const satisfies Route

export const startExercise = {
  method: 'POST',
  path: '/api/exercises',
  summary: 'Replay a closed matter as an exercise; the same request twice starts one',
  body: z.object({
    id: ExerciseId,
    matter: MatterId,
    source: MatterId,
    speed: Exercise.shape.speed,
    participants: Exercise.shape.participants,
  }),
  response: Exercise,
} as const satisfies Route

const one = z.object({ exercise: ExerciseId })

export const getExercise = {
  method: 'GET',
  path: '/api/exercises/:exercise',
  summary: 'Read a replay: what was done then beside what the participants do now',
  params: one,
  response: OpenedExercise,
} as const satisfies Route

export const steerExercise = {
  method: 'PUT',
  path: '/api/exercises/:exercise/state',
  summary: 'Pause a replay, let it go on, or end it',
  params: one,
  body: z.object({ state: z.enum(['running', 'paused', 'over']) }),
  response: Exercise,
} as const satisfies Route
