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
import { type Stamps, stampedKinds, stampsOf } from '@tocsin/domain/stamps.ts'
import { type Selectable, sql } from 'kysely'
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

const entriesOf = (tx: Tx, matter: MatterId) =>
  tx
    .selectFrom('entry')
    .select(['matter', 'seq', 'kind', 'at', 'author', 'text', 'facts', 'digest'])
    .where('matter', '=', matter)

type EntryRow = Omit<Row<'entry'>, 'statement'>

const entryOf = ({ author, ...row }: EntryRow): Entry => Entry.parse({ ...row, by: author })

/** The whole record of a matter, in its order. */
export async function listEntries(tx: Tx, matter: MatterId): Promise<Entry[]> {
  return (await entriesOf(tx, matter).orderBy('seq').execute()).map(entryOf)
}

/** So many entries before the one of this number, or of the whole record; the last of them last. */
export async function listLatestEntries(
  tx: Tx,
  matter: MatterId,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<Entry[]> {
  const found = entriesOf(tx, matter).orderBy('seq', 'desc').limit(limit)
  const rows = await (before === undefined ? found : found.where('seq', '<', before)).execute()
  return rows.map(entryOf).reverse()
}

/** When each step from the first report to the effect was first taken, by the whole record. */
export async function readStamps(tx: Tx, matter: MatterId): Promise<Stamps> {
  const rows = await tx
    .selectFrom('entry')
    .select(({ fn }) => [
      'kind',
      fn.min('at').as('at'),
      // Of what differs from entry to entry only what a step is read from: the rest falls together.
      sql<Entry['facts']>`jsonb_strip_nulls(jsonb_build_object(
        'reportedAt', facts -> 'reportedAt', 'grade', facts -> 'grade'))`.as('told'),
    ])
    .where('matter', '=', matter)
    .where('kind', 'in', [...stampedKinds])
    .groupBy(['kind', 'told'])
    .execute()
  return stampsOf(rows.map(({ kind, at, told }) => ({ kind, at, facts: told })))
}

/** The running clocks of a matter, the first to run out first. */
export async function listRunningClocks(tx: Tx, matter: MatterId): Promise<RunningClock[]> {
  const rows = await tx
    .selectFrom('clock')
    .leftJoin('notification', 'notification.id', 'clock.notification')
    .leftJoin('action', 'action.id', 'clock.action')
    .leftJoin('agenda_item', 'agenda_item.id', 'clock.agenda_item')
    .leftJoin('organ', 'organ.id', 'agenda_item.organ')
    .select(['clock.id', 'kind', 'clock.started_at', 'clock.due_at'])
    .select(({ fn }) =>
      fn.coalesce('notification.authority', 'action.lead', 'organ.name').as('authority'),
    )
    .where('clock.matter', '=', matter)
    .where('stopped_at', 'is', null)
    .orderBy('clock.due_at')
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
