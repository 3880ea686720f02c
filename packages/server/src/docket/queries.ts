import type { Docket, DocketRow, LadderStep } from '@tocsin/api/docket.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import {
  docketPartOf,
  Entry,
  type Matter,
  type MatterId,
  type RunningClock,
  Stations,
} from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ClockSettings } from '@tocsin/domain/service-clock.ts'
import { type Selectable, sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { requirePerson } from '../identity/step-up.ts'
import { readClockSettings } from './clocks.ts'

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>

const matterOf = (row: Row<'matter'>): Matter => ({
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

/** The last instant of the day in the organisation's own time zone. */
function endOfDay(now: Instant, timeZone: string): Instant {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(Date.parse(now))
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  const passed = (read('hour') * 60 + read('minute')) * 60 + read('second')
  return new Date(Date.parse(now) + (86_400 - passed) * 1000).toISOString() as Instant
}

const ROWS_SHOWN = 200

type DocketLine = {
  readonly kind: RunningClock['kind'] | null
  readonly started_at: Instant
  readonly clock_due: Instant
  readonly waiting_for: string | null
  readonly next_tell: string | null
  readonly next_due: Instant
  readonly told: Instant[] | null
  readonly draft: DocketRow['draft']
  readonly missed: number
} & Row<'matter'>

/** The open matters of the actor, by the clock that runs out first. */
export async function readDocket(
  app: App,
  actor: Actor,
  { exercise }: { readonly exercise: boolean },
): Promise<Docket> {
  const { organisation } = requirePerson(actor)
  const asOf = app.clock()
  return app.db.as(actor, async (tx) => {
    const { calendar } = await readClockSettings(tx, organisation)
    const day = { now: asOf, endOfDay: endOfDay(asOf, calendar.timeZone) }
    // The rows first, then what hangs on them: the cost grows with what is shown.
    const { rows } = await sql<DocketLine>`
      with shown as materialized (
        select * from matter where closed_at is null and is_exercise = ${exercise}
        order by due_at nulls last, id limit ${ROWS_SHOWN})
      select shown.*, clock.kind, clock.started_at, clock.due_at as clock_due,
        notification.authority as waiting_for, step.tell as next_tell, step.due_at as next_due,
        (select jsonb_agg(to_char(told.done_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
          order by told.done_at) from clock_step as told
          where told.clock = clock.id and told.outcome = 'told') as told,
        (select warning.id from warning where warning.matter = shown.id and warning.state = 'draft'
          order by warning.saved_at desc limit 1) as draft,
        (select count(*) from clock_step as rung where rung.matter = shown.id
          and rung.missed and rung.answered_for is null) as missed
      from shown
      left join lateral (select * from clock where clock.matter = shown.id
        and clock.stopped_at is null order by clock.due_at, clock.id limit 1) as clock on true
      left join notification on notification.id = clock.notification
      left join lateral (select * from clock_step where clock_step.clock = clock.id
        and clock_step.done_at is null order by clock_step.due_at limit 1) as step on true
      order by shown.due_at nulls last, shown.id`.execute(tx)
    const { rows: counted } = await sql<Record<keyof Docket['counts'], number>>`
      select count(*) filter (where due_at <= ${day.now}) as "over-time",
        count(*) filter (where due_at > ${day.now} and due_at <= ${day.endOfDay}) as today,
        count(*) filter (where due_at > ${day.endOfDay} and due_kind <> 'review') as later,
        count(*) filter (where due_at is null
          or (due_at > ${day.endOfDay} and due_kind = 'review')) as standing
      from matter where closed_at is null and is_exercise = ${exercise}`.execute(tx)
    const beat = await tx
      .selectFrom('heartbeat')
      .select('beat_at')
      .where('id', '=', 'clocks')
      .executeTakeFirst()
    return {
      asOf,
      counts: counted[0] ?? { 'over-time': 0, today: 0, later: 0, standing: 0 },
      rows: rows.map((row) => rowOf(row, day)),
      clocksSeenAt: beat?.beat_at ?? null,
    }
  })
}

function rowOf(line: DocketLine, day: { now: Instant; endOfDay: Instant }): DocketRow {
  const matter = matterOf(line)
  const clock = line.kind && {
    kind: line.kind,
    startedAt: line.started_at,
    dueAt: line.clock_due,
    waitingFor: line.waiting_for,
    nextStep: line.next_tell === null ? null : { tell: line.next_tell, dueAt: line.next_due },
  }
  return {
    ...matter,
    part: docketPartOf(clock ?? undefined, day),
    clock,
    escalatedAt: line.told ?? [],
    draft: line.draft,
    missed: line.missed,
  }
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

/** The rungs of all clocks of a matter that were told, passed over, or are still to come. */
export async function listLadder(tx: Tx, matter: MatterId): Promise<LadderStep[]> {
  const rows = await tx
    .selectFrom('clock_step')
    .innerJoin('clock', 'clock.id', 'clock_step.clock')
    .leftJoin('notification', 'notification.id', 'clock.notification')
    .select([
      'clock_step.id',
      'clock.kind as clock',
      'tell',
      'clock_step.due_at as dueAt',
      'done_at as doneAt',
      'outcome',
      'reason',
      'missed',
      'answered_for as answeredForAt',
      'notification.authority as about',
    ])
    .where('clock_step.matter', '=', matter)
    .where((where) =>
      where.or([where('outcome', 'is', null), where('outcome', '<>', 'not-needed')]),
    )
    .orderBy('clock_step.due_at')
    .execute()
  return rows.map((row) => ({ ...row, office: null }))
}
