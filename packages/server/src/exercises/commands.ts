import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import type { Exercise, ExerciseId } from '@tocsin/domain/exercise.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { ClockKind } from '@tocsin/domain/service-clock.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { refreshDue, stopClocks } from '../docket/clocks.ts'
import { insertMatter } from '../docket/opening.ts'
import { findMatter, getMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { requirePerson } from '../identity/step-up.ts'
import { type ExerciseRecord, exerciseOf, getExerciseRow } from './queries.ts'

type Start = Pick<Exercise, 'id' | 'matter' | 'source' | 'speed' | 'participants'>

/** Starts to live through a closed matter once more; nobody is told but the participants. */
export async function startExercise(app: App, actor: Actor, start: Start): Promise<Exercise> {
  const { organisation, person } = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    const known = await tx
      .selectFrom('exercise')
      .selectAll()
      .where('id', '=', start.id)
      .executeTakeFirst()
    if (known) return exerciseOf(known)
    const source = await getMatter(tx, start.source)
    if (!mayWorkOnMatter(actor, source)) throw new Problem('permission.denied')
    if (source.closedAt === null || source.isExercise) throw new Problem('exercise.not-closed')
    if (await findMatter(tx, start.matter)) throw new Problem('request.invalid')
    await requireOwnPeople(tx, organisation, start.participants)
    const { title, summary, country, place, marking, excluded } = source
    const like = { title, summary, country, place, marking, excluded, audience: [] }
    await insertMatter(app, tx, actor, { id: start.matter, ...like, isExercise: true })
    const { head_seq: entries } = await tx
      .selectFrom('matter')
      .select('head_seq')
      .where('id', '=', source.id)
      .executeTakeFirstOrThrow()
    const at = app.clock()
    await tx
      .insertInto('exercise')
      .values({
        ...start,
        participants: [...start.participants],
        organisation,
        source_from: source.openedAt,
        entries,
        // The opening of the source is the exercise's own.
        played: 1,
        started_by: person,
        started_at: at,
        paused_at: null,
        ended_at: null,
      })
      .execute()
    const details = { source: source.id, speed: start.speed, participants: [...start.participants] }
    const deed = { at, actor, act: 'exercises.started', subject: start.id }
    await recordAudit(tx, { ...deed, details })
    return exerciseOf(await getExerciseRow(tx, start.id))
  })
}

async function requireOwnPeople(
  tx: Tx,
  organisation: OrganisationId,
  wanted: readonly PersonId[],
): Promise<void> {
  const own = await tx
    .selectFrom('person')
    .select('id')
    .where('organisation', '=', organisation)
    .where('ended_at', 'is', null)
    .execute()
  const known = new Set(own.map(({ id }) => id))
  if (!wanted.every((one) => known.has(one))) throw new Problem('exercise.not-own-people')
}

async function lockExercise(tx: Tx, id: ExerciseId): Promise<ExerciseRecord> {
  const row = await tx
    .selectFrom('exercise')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Problem('exercise.not-found')
  return row
}

function standingOf({ paused_at, ended_at }: ExerciseRecord): 'running' | 'paused' | 'over' {
  if (ended_at) return 'over'
  return paused_at ? 'paused' : 'running'
}

/** Pauses a replay, lets it go on, or ends it; what is so already stays so. */
export async function steerExercise(
  app: App,
  actor: Actor,
  id: ExerciseId,
  { state }: { readonly state: 'running' | 'paused' | 'over' },
): Promise<Exercise> {
  return app.db.as(actor, async (tx) => {
    const row = await lockExercise(tx, id)
    if (!mayWorkOnMatter(actor, row)) throw new Problem('permission.denied')
    const stands = standingOf(row)
    if (stands === state) return exerciseOf(row)
    if (stands === 'over') throw new Problem('exercise.over')
    const at = app.clock()
    if (row.paused_at) await goOn(tx, row, at)
    if (state === 'paused') {
      await tx.updateTable('exercise').set({ paused_at: at }).where('id', '=', id).execute()
    }
    if (state === 'over') await endExercise(app, tx, actor, row)
    await recordAudit(tx, { at, actor, act: `exercises.${state}`, subject: id })
    return exerciseOf(await getExerciseRow(tx, id))
  })
}

/** What was still to come comes later by as long as the pause was. */
async function goOn(
  tx: Tx,
  { id, matter, paused_at }: ExerciseRecord,
  now: Instant,
): Promise<void> {
  const pausedMs = Date.parse(now) - Date.parse(paused_at ?? now)
  const later = (column: string) =>
    sql<Instant>`${sql.ref(column)} + make_interval(secs => ${pausedMs / 1000}::float8)`
  await tx.selectFrom('matter').select('id').where('id', '=', matter).forUpdate().execute()
  await tx
    .updateTable('clock')
    .set({ due_at: later('due_at') })
    .where('matter', '=', matter)
    .where('stopped_at', 'is', null)
    .execute()
  await tx
    .updateTable('clock_step')
    .set({ due_at: later('due_at') })
    .where('matter', '=', matter)
    .where('done_at', 'is', null)
    .execute()
  await tx
    .updateTable('notification')
    .set({ acknowledge_by: later('acknowledge_by'), answer_by: later('answer_by') })
    .where('matter', '=', matter)
    .where('answered_at', 'is', null)
    .execute()
  await tx
    .updateTable('exercise')
    .set({ paused_at: null, paused_ms: sql<number>`paused_ms + ${pausedMs}` })
    .where('id', '=', id)
    .execute()
  await refreshDue(tx, matter)
}

/** Nobody is waited for any more, and the matter of the exercise is closed. */
export async function endExercise(
  app: App,
  tx: Tx,
  actor: Actor,
  { id, matter, played, entries }: ExerciseRecord,
): Promise<void> {
  const at = app.clock()
  await tx.updateTable('exercise').set({ ended_at: at }).where('id', '=', id).execute()
  const { closedAt } = await getMatter(tx, matter)
  if (closedAt !== null) return
  await stopClocks(tx, at, { matter, kinds: ClockKind.options })
  const facts = { played, entries }
  await appendEntry(app, tx, { matter, kind: 'matter.closed', actor, facts })
  await tx.updateTable('matter').set({ closed_at: at }).where('id', '=', matter).execute()
}
