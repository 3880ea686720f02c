import type { Calendar, CalendarClock, CalendarDate } from '@tocsin/api/calendar.ts'
import { type PersonActor, system } from '@tocsin/domain/actor.ts'
import { isContentFree } from '@tocsin/domain/audience.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { addDays, prepareFrom } from '@tocsin/domain/trigger-date.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { type Translate, translator } from '@tocsin/i18n/translate.ts'
import ical, { ICalCalendarMethod, type ICalEventData, ICalEventTransparency } from 'ical-generator'
import type { App } from '../app.ts'
import { readCalendarEntries } from './calendar.ts'

/** The calendar as an iCalendar file (RFC 5545), in the words of the person's language. */
export async function writeCalendar(app: App, actor: PersonActor): Promise<string> {
  const entries = await readCalendarEntries(app, actor)
  const { locale } = await app.db.as(system, (tx) =>
    tx
      .selectFrom('person')
      .select('locale')
      .where('id', '=', actor.person)
      .executeTakeFirstOrThrow(),
  )
  const t = translator(locale, catalogues[locale])
  const { hostname } = new URL(app.node.origin)
  const calendar = ical({
    name: t('calendar.file-name'),
    prodId: { company: 'Tocsin', product: 'calendar', language: locale.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    // How often programs should ask again, in seconds.
    ttl: 3600,
  })
  for (const event of eventsOf(t, entries)) {
    calendar.createEvent({
      ...event,
      id: `${event.id}@${hostname}`,
      transparency: ICalEventTransparency.TRANSPARENT,
    })
  }
  return `${calendar.toString()}\r\n`
}

const eventsOf = (t: Translate, { dates, clocks, asOf }: Omit<Calendar, 'feed'>) => [
  ...dates.map((date) => dateEvent(t, date)),
  ...clocks.map((clock) => ({ ...clockEvent(t, clock), stamp: new Date(asOf) })),
]

/** A whole day, as the library writes it: it reads the parts of an instant in UTC. */
const dayAt = (day: Day): Date => new Date(`${day}T00:00:00Z`)

/** From TLP:AMBER on a calendar says neither what it is about nor where: only whose file to open. */
function dateEvent(t: Translate, date: CalendarDate): ICalEventData {
  const { about } = date
  const isHidden = about !== null && isContentFree(about.marking)
  const prepare = t('calendar.prepare-from', { day: prepareFrom(date) })
  const symbol = about && t('calendar.matter', { year: String(about.year), number: about.number })
  return {
    id: `date-${date.id}`,
    stamp: new Date(date.changedAt),
    start: dayAt(date.fromDay),
    end: dayAt(addDays(date.untilDay, 1)),
    allDay: true,
    summary: isHidden ? `${t('calendar.date-hidden')}: ${symbol}` : titleOf(t, date),
    description: symbol && !isHidden ? `${prepare}\n${symbol}` : prepare,
    location: isHidden ? null : date.place,
  }
}

const titleOf = (t: Translate, { kind, title }: CalendarDate): string =>
  `${t(`trigger.${kind}`)}: ${title}`

function clockEvent(t: Translate, clock: CalendarClock): ICalEventData {
  const { kind, year, number, title, marking, place, waitingFor } = clock
  const symbol = t('calendar.matter', { year: String(year), number })
  const isHidden = isContentFree(marking)
  const what = `${t(`calendar.due-${kind}`)}: ${symbol}`
  return {
    id: `clock-${clock.clock}`,
    start: clock.dueAt,
    end: clock.dueAt,
    summary: isHidden ? what : `${what}, ${title}`,
    description: isHidden ? null : waitingFor,
    location: isHidden ? null : place,
  }
}
