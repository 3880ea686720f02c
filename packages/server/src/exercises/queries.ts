import type { ExerciseList, OpenedExercise, ReplayLine } from '@tocsin/api/exercises.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Instant, PersonId } from '@tocsin/domain/brand.ts'
import {
  type Course,
  compareStations,
  type Exercise,
  type ExerciseId,
  originalAt,
} from '@tocsin/domain/exercise.ts'
import { Author, type MatterId, Stations } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Selectable } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { requirePerson } from '../identity/step-up.ts'

export type ExerciseRecord = Selectable<Schema['exercise']>

export const exerciseOf = (row: ExerciseRecord): Exercise => ({
  id: row.id,
  matter: row.matter,
  source: row.source,
  organisation: row.organisation,
  speed: row.speed,
  participants: row.participants,
  entries: row.entries,
  played: row.played,
  startedAt: row.started_at,
  pausedAt: row.paused_at,
  pausedMs: row.paused_ms,
  endedAt: row.ended_at,
  sourceFrom: row.source_from,
})

/** How time runs on this matter, where it is an exercise that replays a past one. */
export async function findCourse(tx: Tx, matter: MatterId): Promise<Course | undefined> {
  const row = await findOn(tx, matter)
  return row && exerciseOf(row)
}

/** Whom everything on a replay tells instead of anybody else; undefined where it is none. */
export async function findParticipants(
  tx: Tx,
  matter: MatterId,
): Promise<readonly PersonId[] | undefined> {
  return (await findOn(tx, matter))?.participants
}

/** The same of many matters at once; those that are no replay are not named. */
export async function listParticipants(
  tx: Tx,
  matters: readonly MatterId[],
): Promise<ReadonlyMap<MatterId, readonly PersonId[]>> {
  const rows = await tx
    .selectFrom('exercise')
    .select(['matter', 'participants'])
    .where('matter', 'in', [...matters])
    .execute()
  return new Map(rows.map(({ matter, participants }) => [matter, participants]))
}

const findOn = (tx: Tx, matter: MatterId) =>
  tx.selectFrom('exercise').selectAll().where('matter', '=', matter).executeTakeFirst()

export async function getExerciseRow(tx: Tx, id: ExerciseId): Promise<ExerciseRecord> {
  const row = await tx.selectFrom('exercise').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new Problem('exercise.not-found')
  return row
}

/** Exercises and replays of the organisation, what can be replayed, and who can take part. */
export async function listExercises(app: App, actor: Actor): Promise<ExerciseList> {
  const { organisation } = requirePerson(actor)
  const asOf = app.clock()
  const { matters, replays } = await app.db.as(actor, async (tx) => ({
    matters: await tx
      .selectFrom('matter')
      .select([
        'id',
        'title',
        'year',
        'number',
        'is_exercise',
        'opened_at',
        'closed_at',
        'head_seq',
      ])
      .where('organisation', '=', organisation)
      .where((where) =>
        where.or([where('is_exercise', '=', true), where('closed_at', 'is not', null)]),
      )
      .orderBy('opened_at', 'desc')
      .orderBy('id', 'desc')
      .limit(400)
      .execute(),
    replays: await tx
      .selectFrom('exercise')
      .selectAll()
      .where('organisation', '=', organisation)
      .execute(),
  }))
  // As the system: who can be reached is said, and never how.
  const people = await app.db.as(system, (tx) =>
    tx
      .selectFrom('person')
      .select((of) => [
        'person.id as person',
        'person.name',
        of.exists(of.selectFrom('contact').whereRef('contact.person', '=', 'person.id')).as('is'),
      ])
      .where('organisation', '=', organisation)
      .where('ended_at', 'is', null)
      .orderBy('person.name')
      .execute(),
  )
  const replayOn = new Map(replays.map((row) => [row.matter, exerciseOf(row)]))
  return {
    asOf,
    exercises: matters
      .filter((row) => row.is_exercise)
      .map(({ id, title, year, number, opened_at, closed_at }) => ({
        ...{ matter: id, title, year, number, openedAt: opened_at, closedAt: closed_at },
        replay: replayOn.get(id) ?? null,
      })),
    sources: matters.flatMap(({ id, closed_at, is_exercise, opened_at, head_seq, ...row }) =>
      is_exercise || closed_at === null
        ? []
        : { ...row, matter: id, openedAt: opened_at, closedAt: closed_at, entries: head_seq },
    ),
    people: people.map(({ person, name, is }) => ({ person, name, isReached: Boolean(is) })),
  }
}

/** A replay with both records beside each other, in the time of the past. */
export async function readExercise(
  app: App,
  actor: Actor,
  id: ExerciseId,
): Promise<OpenedExercise> {
  const asOf = app.clock()
  return app.db.as(actor, async (tx) => {
    const row = await getExerciseRow(tx, id)
    const exercise = exerciseOf(row)
    const matters = await tx
      .selectFrom('matter')
      .select(['id', 'title', 'year', 'number', 'marking', 'stations'])
      .where('id', 'in', [row.matter, row.source])
      .execute()
    const [own, source] = [row.matter, row.source].map((of) => matters.find((one) => one.id === of))
    if (!own || !source) throw new Problem('exercise.not-found')
    const isOver = exercise.endedAt !== null
    const originalNow = originalAt(exercise, exercise.endedAt ?? asOf)
    const stations = compareStations(
      exercise,
      Stations.parse(source.stations),
      Stations.parse(own.stations),
    )
    const passed = Date.parse(originalNow) - Date.parse(exercise.sourceFrom)
    return {
      asOf,
      exercise,
      ...{ title: own.title, year: own.year, number: own.number, marking: own.marking },
      originalNow,
      lines: await listLines(tx, exercise),
      // What is still to come is not given away while somebody can still act.
      stations: stations.map(({ past, ...one }) => ({
        ...one,
        past: isOver || (past !== null && past <= passed) ? past : null,
      })),
    }
  })
}

async function listLines(tx: Tx, exercise: Exercise): Promise<ReplayLine[]> {
  const rows = await tx
    .selectFrom('entry')
    .select(['kind', 'at', 'author', 'text', 'facts'])
    .where('matter', '=', exercise.matter)
    .orderBy('seq')
    .execute()
  const lines = rows.map(({ kind, at, author, text, facts }) => {
    const { office, organisationName } = Author.parse(author)
    const original = (facts as { originalAt?: Instant }).originalAt
    return {
      at: original ?? originalAt(exercise, at),
      isThen: original !== undefined,
      kind,
      by: office ?? organisationName,
      text,
    }
  })
  return lines.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
