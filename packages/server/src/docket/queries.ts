import type { Actor } from '@tocsin/domain/actor.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import {
  Entry,
  type Matter,
  type MatterId,
  type RunningClock,
  Stations,
} from '@tocsin/domain/matter.ts'
import { owedBy } from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ClockSettings } from '@tocsin/domain/service-clock.ts'
import type { Selectable } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { requirePerson } from '../identity/step-up.ts'
import { readClockSettings } from './clocks.ts'

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>

export const matterOf = (row: Row<'matter'>): Matter => ({
  id: row.id,
  organisation: row.organisation,
  audience: row.audience,
  excluded: row.excluded,
  year: row.year,
  number: row.number,
  title: row.title,
  summary: row.summary,
  country: row.country,
  place: row.place,
  level: row.level,
  confidence: row.confidence,
  marking: row.marking,
  isExercise: row.is_exercise,
  stations: Stations.parse(row.stations),
  openedAt: row.opened_at,
  reviewBy: row.review_by,
  closedAt: row.closed_at,
})

export async function findMatter(tx: Tx, id: MatterId): Promise<Matter | undefined> {
  const row = await tx.selectFrom('matter').selectAll().where('id', '=', id).executeTakeFirst()
  return row && matterOf(row)
}

export async function getMatter(tx: Tx, id: MatterId): Promise<Matter> {
  const matter = await findMatter(tx, id)
  if (!matter) throw new Problem('matter.not-found')
  return matter
}

/** The matter, if the actor may work on it and it is open. */
export async function requireOpenMatter(tx: Tx, actor: Actor, id: MatterId): Promise<Matter> {
  const matter = await getMatter(tx, id)
  if (!mayWorkOnMatter(actor, matter)) throw new Problem('permission.denied')
  if (matter.closedAt !== null) throw new Problem('matter.closed')
  return matter
}

export async function readClocks(app: App, actor: Actor): Promise<ClockSettings> {
  const { organisation } = requirePerson(actor)
  return app.db.as(actor, (tx) => readClockSettings(tx, organisation))
}

export async function listEntries(tx: Tx, matter: MatterId): Promise<Entry[]> {
  const rows = await tx
    .selectFrom('entry')
    .select(['matter', 'seq', 'kind', 'at', 'author', 'text', 'facts', 'digest'])
    .where('matter', '=', matter)
    .orderBy('seq')
    .execute()
  return rows.map(({ author, ...row }) => Entry.parse({ ...row, by: author }))
}

/** The running clocks of a matter, the first to run out first. */
export async function listRunningClocks(tx: Tx, matter: MatterId): Promise<RunningClock[]> {
  const rows = await tx
    .selectFrom('clock')
    .leftJoin('notification', 'notification.id', 'clock.notification')
    .select(['clock.id', 'kind', 'started_at', 'due_at', 'notification.authority'])
    .where('clock.matter', '=', matter)
    .where('stopped_at', 'is', null)
    .orderBy('due_at')
    .execute()
  const steps = await tx
    .selectFrom('clock_step')
    .select(['clock', 'tell', 'due_at'])
    .where('matter', '=', matter)
    .where('done_at', 'is', null)
    .orderBy('due_at', 'desc')
    .execute()
  const next = new Map(steps.map(({ clock, tell, due_at }) => [clock, { tell, dueAt: due_at }]))
  return rows.map(({ id, kind, started_at, due_at, authority }) => ({
    kind,
    startedAt: started_at,
    dueAt: due_at,
    waitingFor: authority,
    nextStep: next.get(id) ?? null,
  }))
}

/** How many of those who were told owe an answer to a warning that still stands. */
export async function countOwing(tx: Tx, matter: MatterId): Promise<number> {
  const told = await tx
    .selectFrom('notification')
    .innerJoin('warning', 'warning.id', 'notification.warning')
    .select([
      'acknowledged_at as acknowledgedAt',
      'answered_at as answeredAt',
      'answer_by as answerBy',
    ])
    .where('notification.matter', '=', matter)
    .where('warning.state', 'in', ['sent', 'expired'])
    .execute()
  return told.filter(owedBy).length
}
