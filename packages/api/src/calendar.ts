import { Marking } from '@tocsin/domain/audience.ts'
import { Day, Instant } from '@tocsin/domain/brand.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { Line } from '@tocsin/domain/people.ts'
import { ClockId, ClockKind } from '@tocsin/domain/service-clock.ts'
import { TriggerDate, TriggerDateForm, TriggerDateId } from '@tocsin/domain/trigger-date.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** A clock that runs out within the calendar: a review that falls due is one of them. */
export const CalendarClock = z.object({
  clock: ClockId,
  kind: ClockKind,
  dueAt: Instant,
  waitingFor: Line.nullable(),
  matter: MatterId,
  year: z.int(),
  number: z.int(),
  title: Line,
  place: Line.nullable(),
  marking: Marking,
})
export type CalendarClock = Readonly<z.infer<typeof CalendarClock>>

export const CalendarDate = TriggerDate.extend({
  /** The matter it bears on, as far as the reader may know it. */
  about: CalendarClock.pick({ year: true, number: true, title: true, marking: true }).nullable(),
})
export type CalendarDate = Readonly<z.infer<typeof CalendarDate>>

export const Calendar = z.object({
  asOf: Instant,
  fromDay: Day,
  untilDay: Day,
  dates: z.array(CalendarDate),
  /** The first to run out, at most 1,000. */
  clocks: z.array(CalendarClock),
  /** Of all clocks within the calendar. */
  clockCount: z.int(),
  /** The reader's own subscription, if there is one. */
  feed: z.object({ user: z.uuidv7(), madeAt: Instant, usedAt: Instant.nullable() }).nullable(),
})
export type Calendar = Readonly<z.infer<typeof Calendar>>

export const getCalendar = {
  method: 'GET',
  path: '/api/docket/calendar',
  summary:
    'Read the dates that may set violence off, the reviews due and the clocks, two years ahead',
  response: Calendar,
} as const satisfies Route

const one = z.object({ date: TriggerDateId })

export const setTriggerDate = {
  method: 'PUT',
  path: '/api/docket/dates/:date',
  summary: 'Add a date that may set violence off, or change it',
  params: one,
  body: TriggerDateForm,
  response: TriggerDate,
} as const satisfies Route

export const removeTriggerDate = {
  method: 'DELETE',
  path: '/api/docket/dates/:date',
  summary: 'Remove a date from the calendar; that it was there stays in the audit log',
  params: one,
  response: z.object({}),
} as const satisfies Route

const ics = 'text/calendar; charset=utf-8'

export const downloadCalendar = {
  method: 'GET',
  path: '/api/docket/calendar.ics',
  summary: 'Save the calendar as an iCalendar file (RFC 5545)',
  produces: ics,
  response: z.string(),
} as const satisfies Route

export const readCalendarFeed = {
  method: 'GET',
  path: '/api/calendar.ics',
  summary: 'Subscribe to the calendar with the name and password of a feed (HTTP Basic)',
  produces: ics,
  response: z.string(),
} as const satisfies Route

export const makeCalendarFeed = {
  method: 'POST',
  path: '/api/docket/calendar/feed',
  summary: 'Make the password of one’s own feed anew; the one before it stops working',
  body: z.object({}),
  /** Shown once: the node keeps only a hash of the password. */
  response: z.object({ user: z.uuidv7(), password: z.string() }),
} as const satisfies Route

export const revokeCalendarFeed = {
  method: 'DELETE',
  path: '/api/docket/calendar/feed',
  summary: 'End one’s own feed: calendar programs read nothing more',
  response: z.object({}),
} as const satisfies Route
