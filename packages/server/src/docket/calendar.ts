import type { Calendar, CalendarClock, CalendarDate } from '@tocsin/api/calendar.ts'
import { type Actor, type PersonActor, system } from '@tocsin/domain/actor.ts'
import type { Day, Instant } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import {
  addDays,
  CALENDAR_DAYS,
  type TriggerDate,
  type TriggerDateId,
} from '@tocsin/domain/trigger-date.ts'
import type { Selectable } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { requirePerson } from '../identity/step-up.ts'
import { findFeed } from './calendar-feed.ts'

const CLOCKS_SHOWN = 1000

const dateOf = (row: Selectable<Schema['trigger_date']>): TriggerDate => ({
  id: row.id,
  organisation: row.organisation,
  kind: row.kind,
  title: row.title,
  fromDay: row.from_day,
  untilDay: row.until_day,
  country: row.country,
  place: row.place,
  matter: row.matter,
  leadDays: row.lead_days,
  note: row.note,
  changedAt: row.changed_at,
})

/** The dates that bear on a matter, as the actor may see them, in their order. */
export async function listDatesOn(tx: Tx, matter: MatterId): Promise<TriggerDate[]> {
  const rows = await tx
    .selectFrom('trigger_date')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('from_day')
    .orderBy('id')
    .execute()
  return rows.map(dateOf)
}

export async function findTriggerDate(tx: Tx, id: TriggerDateId): Promise<TriggerDate | undefined> {
  const row = await tx
    .selectFrom('trigger_date')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && dateOf(row)
}

/** Everything that stands in the actor's calendar from today on. */
export async function readCalendar(app: App, actor: Actor): Promise<Calendar> {
  const person = requirePerson(actor)
  const entries = await readCalendarEntries(app, person)
  const feed = await app.db.as(system, (tx) => findFeed(tx, person.person))
  return { ...entries, feed: feed ?? null }
}

/** The same without the reader's own subscription: what a file of the calendar holds. */
export async function readCalendarEntries(
  app: App,
  actor: PersonActor,
): Promise<Omit<Calendar, 'feed'>> {
  const asOf = app.clock()
  const fromDay = asOf.slice(0, 10) as Day
  const untilDay = addDays(fromDay, CALENDAR_DAYS)
  return app.db.as(actor, async (tx) => ({
    asOf,
    fromDay,
    untilDay,
    dates: await listDates(tx, actor, { fromDay, untilDay }),
    ...(await listClocks(tx, actor, `${addDays(untilDay, 1)}T00:00:00.000Z` as Instant)),
  }))
}

async function listDates(
  tx: Tx,
  { organisation }: PersonActor,
  { fromDay, untilDay }: { readonly fromDay: Day; readonly untilDay: Day },
): Promise<CalendarDate[]> {
  const rows = await tx
    .selectFrom('trigger_date')
    .leftJoin('matter', 'matter.id', 'trigger_date.matter')
    .selectAll('trigger_date')
    .select(['matter.year', 'matter.number', 'matter.title as about', 'matter.marking'])
    .where('trigger_date.organisation', '=', organisation)
    .where('until_day', '>=', fromDay)
    .where('from_day', '<=', untilDay)
    .orderBy('from_day')
    .orderBy('trigger_date.id')
    .execute()
  return rows.map(({ year, number, about, marking, ...row }) => {
    const isKnown = year !== null && number !== null && about !== null && marking !== null
    return { ...dateOf(row), about: isKnown ? { year, number, title: about, marking } : null }
  })
}

/** Running clocks of one's own matters, exercises left out; also those that have run out. */
async function listClocks(tx: Tx, { organisation }: PersonActor, until: Instant) {
  const running = tx
    .selectFrom('clock')
    .innerJoin('matter', 'matter.id', 'clock.matter')
    .where('clock.stopped_at', 'is', null)
    .where('clock.due_at', '<', until)
    .where('matter.organisation', '=', organisation)
    .where('matter.closed_at', 'is', null)
    .where('matter.is_exercise', '=', false)
  const { clockCount } = await running
    .select(({ fn }) => fn.countAll<number>().as('clockCount'))
    .executeTakeFirstOrThrow()
  const clocks: CalendarClock[] = await running
    .leftJoin('notification', 'notification.id', 'clock.notification')
    .leftJoin('action', 'action.id', 'clock.action')
    .leftJoin('agenda_item', 'agenda_item.id', 'clock.agenda_item')
    .leftJoin('organ', 'organ.id', 'agenda_item.organ')
    .select(({ fn }) =>
      fn.coalesce('notification.authority', 'action.lead', 'organ.name').as('waitingFor'),
    )
    .select([
      'clock.id as clock',
      'clock.kind',
      'clock.due_at as dueAt',
      'matter.id as matter',
      'matter.year',
      'matter.number',
      'matter.title',
      'matter.place',
      'matter.marking',
    ])
    .orderBy('clock.due_at')
    .orderBy('clock.id')
    .limit(CLOCKS_SHOWN)
    .execute()
  return { clocks, clockCount }
}
