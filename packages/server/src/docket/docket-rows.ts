import type { Docket } from '@tocsin/api/docket.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { RunningClock } from '@tocsin/domain/matter.ts'
import type { RungOffice } from '@tocsin/domain/service-clock.ts'
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { countLooseReports, countReportsSince } from '../reports/queries.ts'
import type { Today } from './day.ts'

const DUE_COUNTED = 100

export type Wanted = { readonly organisation: OrganisationId; readonly exercise: boolean }

/*
 * Row-level security decides which matters are seen. The queries below say besides whose they are, so
 * that each half is read from an index of its own: one's own, and those that are shared at all.
 */
const own = ({ organisation, exercise }: Wanted) =>
  sql`closed_at is null and organisation = ${organisation} and is_exercise = ${exercise}`
const shared = ({ organisation, exercise }: Wanted) =>
  sql`closed_at is null and audience <> '{}' and organisation <> ${organisation}
    and is_exercise = ${exercise}`

export type DocketLine = {
  readonly kind: RunningClock['kind'] | null
  readonly started_at: Instant
  readonly clock_due: Instant
  readonly waiting_for: string | null
  readonly next_tell: RungOffice | null
  readonly next_due: Instant
  readonly told: Instant[] | null
  readonly missed: number
} & Pick<Selectable<Schema['matter']>, (typeof columns)[number]>

/** What a row shows of its matter: never the summary, which is long. */
const columns = [
  'id',
  'organisation',
  'year',
  'number',
  'title',
  'country',
  'place',
  'level',
  'marking',
  'is_exercise',
  'stations',
  'opened_at',
  'due_at',
] as const

/** The open matters by the clock that runs out first, each with that clock and its ladder. */
export async function listDocketLines(
  tx: Tx,
  wanted: Wanted,
  limit: number,
): Promise<readonly DocketLine[]> {
  // As a number in the statement: a plan for any number would read all of them.
  const first = sql`order by due_at nulls last, id limit ${sql.lit(limit)}`
  const shownColumns = sql.join(columns.map((column) => sql.ref(column)))
  // The rows first, then what hangs on them: the cost grows with what is shown.
  const { rows } = await sql<DocketLine>`
    with shown as materialized (
      (select ${shownColumns} from matter where ${own(wanted)} ${first})
      union all (select ${shownColumns} from matter where ${shared(wanted)} ${first}) ${first})
    select shown.*, clock.kind, clock.started_at, clock.due_at as clock_due,
      coalesce(notification.authority, action.lead, organ.name) as waiting_for, step.tell as next_tell, step.due_at as next_due,
      (select jsonb_agg(to_char(told.done_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        order by told.done_at) from clock_step as told
        where told.clock = clock.id and told.outcome = 'told') as told,
      (select count(*) from clock_step as rung where rung.matter = shown.id
        and rung.missed and rung.answered_for is null) as missed
    from shown
    left join lateral (select * from clock where clock.matter = shown.id
      and clock.stopped_at is null order by clock.due_at, clock.id limit 1) as clock on true
    left join notification on notification.id = clock.notification
    left join action on action.id = clock.action
    left join agenda_item on agenda_item.id = clock.agenda_item
    left join organ on organ.id = agenda_item.organ
    left join lateral (select * from clock_step where clock_step.clock = clock.id
      and clock_step.done_at is null order by clock_step.due_at limit 1) as step on true
    order by shown.due_at nulls last, shown.id`.execute(tx)
  return rows
}

/** How many matters stand in each part of the docket, also beyond the rows that are shown. */
const countParts = (wanted: Wanted, { now, endOfDay }: Today) =>
  sql<Docket['counts']>`(select to_jsonb(part) from (
    select count(*) filter (where due_at <= ${now}) as "over-time",
      count(*) filter (where due_at > ${now} and due_at <= ${endOfDay}) as today,
      count(*) filter (where due_at > ${endOfDay} and due_kind <> 'review') as later,
      count(*) filter (where due_at is null
        or (due_at > ${endOfDay} and due_kind = 'review')) as standing
    from (select due_at, due_kind from matter where ${own(wanted)}
      union all select due_at, due_kind from matter where ${shared(wanted)}) as open) as part)`

/** Matters whose time runs out today or has run out; counting stops at 100. */
export async function countDueMatters(tx: Tx, wanted: Wanted, { endOfDay }: Today) {
  const due = sql`due_at <= ${endOfDay} order by due_at limit ${sql.lit(DUE_COUNTED)}`
  const { rows } = await sql<{ due: number }>`
    select least(count(*), ${sql.lit(DUE_COUNTED)}) as due from (
      (select due_at from matter where ${own(wanted)} and ${due})
      union all (select due_at from matter where ${shared(wanted)} and ${due})) as open`.execute(tx)
  return rows[0]?.due ?? 0
}

/** When a rung of any running clock is told next. */
const nextEscalation = (tx: Tx, { exercise }: Wanted, { now }: Today) =>
  tx
    .selectFrom('clock_step')
    .innerJoin('matter', 'matter.id', 'clock_step.matter')
    .select('clock_step.due_at')
    .where('done_at', 'is', null)
    .where('clock_step.due_at', '>', now)
    .where('closed_at', 'is', null)
    .where('is_exercise', '=', exercise)
    .orderBy('clock_step.due_at')
    .limit(1)

/** How often authorities have said such a thing since then, on any matter that is seen. */
const countSaid = (
  tx: Tx,
  { exercise }: Wanted,
  since: Instant,
  kind: 'notification.acknowledged' | 'notification.answered',
) =>
  tx
    .selectFrom('entry')
    .innerJoin('matter', 'matter.id', 'entry.matter')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('entry.at', '>', since)
    .where('entry.kind', '=', kind)
    .where('is_exercise', '=', exercise)

type Facts = Pick<Docket, 'counts'> & {
  readonly clocksSeenAt: Instant | null
  readonly nextEscalation: Instant | null
  readonly looseReports: number
  readonly reports: number
  readonly acknowledgements: number
  readonly decisions: number
}

/** What stands beside the rows, asked in one go: each question more is a way to the database and back. */
export async function readDocketFacts(
  tx: Tx,
  wanted: Wanted,
  today: Today,
  since: Instant,
): Promise<Facts> {
  const beat = tx.selectFrom('heartbeat').select('beat_at').where('id', '=', 'clocks')
  const facts = await tx
    .selectNoFrom([
      countParts(wanted, today).as('counts'),
      beat.as('clocksSeenAt'),
      nextEscalation(tx, wanted, today).as('nextEscalation'),
      countLooseReports(tx, wanted).as('looseReports'),
      countReportsSince(tx, wanted, since).as('reports'),
      countSaid(tx, wanted, since, 'notification.acknowledged').as('acknowledgements'),
      countSaid(tx, wanted, since, 'notification.answered').as('decisions'),
    ])
    .executeTakeFirstOrThrow()
  const { looseReports, reports, acknowledgements, decisions } = facts
  return {
    ...facts,
    looseReports: looseReports ?? 0,
    reports: reports ?? 0,
    acknowledgements: acknowledgements ?? 0,
    decisions: decisions ?? 0,
  }
}
