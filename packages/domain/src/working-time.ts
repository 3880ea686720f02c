import { Temporal } from 'temporal-polyfill'
import type { Day, Instant } from './brand.ts'
import { HOLIDAYS, type WorkingCalendar } from './working-calendar.ts'

/** Days looked ahead before a calendar counts as one that never works: all its holidays cover fewer. */
const FAR_DAYS = (HOLIDAYS + 2) * 7

/** The spell of work on a day, in milliseconds since 1970; undefined on a day off. */
function spellOn(calendar: WorkingCalendar, day: Temporal.PlainDate) {
  if (!calendar.weekdays.includes(day.dayOfWeek)) return undefined
  if (calendar.holidays.includes(day.toString() as Day)) return undefined
  const begins = wallTime(calendar, day, calendar.from)
  // A day that the calendar of the place jumps over has no spell.
  if (!begins.toPlainDate().equals(day)) return undefined
  const from = begins.epochMilliseconds
  const until = wallTime(calendar, day, calendar.until).epochMilliseconds
  return from < until ? { from, until } : undefined
}

/** When the clocks of the place first show this time on this day, or jump over it. */
function wallTime({ timeZone }: WorkingCalendar, day: Temporal.PlainDate, time: string) {
  const shown = day.toZonedDateTime({ timeZone, plainTime: time })
  const isJumpedOver = !shown.toPlainDateTime().equals(day.toPlainDateTime(time))
  // A time at which the jump begins is shown as the very instant of the jump, which is not before itself.
  return (isJumpedOver && shown.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')) || shown
}

/**
 * The instant at which so many milliseconds of work have passed since `start`. Nothing to wait for
 * ends at `start` itself; with anything to wait for, the end always lies within a spell of work.
 * Throws when no working day comes: a calendar that was checked has one.
 */
export function addWorkingTime(
  calendar: WorkingCalendar,
  start: Instant,
  milliseconds: number,
): Instant {
  let left = milliseconds
  let at = Date.parse(start)
  if (left <= 0) return start
  let day = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(calendar.timeZone)
    .toPlainDate()
  for (let idle = 0; idle < FAR_DAYS; day = day.add({ days: 1 })) {
    const spell = spellOn(calendar, day)
    if (!spell || spell.until <= at) {
      idle += 1
      continue
    }
    idle = 0
    const from = Math.max(at, spell.from)
    if (from + left <= spell.until) return new Date(from + left).toISOString() as Instant
    left -= spell.until - from
    at = spell.until
  }
  throw new Error('the working calendar has no working day')
}

/** Milliseconds of work between two instants; 0 when the second is not later. */
export function workingTimeBetween(
  calendar: WorkingCalendar,
  start: Instant,
  end: Instant,
): number {
  const [first, last] = [Date.parse(start), Date.parse(end)]
  let total = 0
  let day = Temporal.Instant.fromEpochMilliseconds(first)
    .toZonedDateTimeISO(calendar.timeZone)
    .toPlainDate()
  const lastDay = Temporal.Instant.fromEpochMilliseconds(last)
    .toZonedDateTimeISO(calendar.timeZone)
    .toPlainDate()
  for (; Temporal.PlainDate.compare(day, lastDay) <= 0; day = day.add({ days: 1 })) {
    const spell = spellOn(calendar, day)
    if (!spell) continue
    total += Math.max(0, Math.min(last, spell.until) - Math.max(first, spell.from))
  }
  return total
}

/** When work next begins after the instant; undefined when the calendar never works. */
export function nextWorkingSpell(calendar: WorkingCalendar, after: Instant): Instant | undefined {
  const at = Date.parse(after)
  let day = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(calendar.timeZone)
    .toPlainDate()
  for (let ahead = 0; ahead < FAR_DAYS; ahead += 1, day = day.add({ days: 1 })) {
    const spell = spellOn(calendar, day)
    if (spell && spell.from > at) return new Date(spell.from).toISOString() as Instant
  }
  return undefined
}
