import { Day } from '@tocsin/domain/brand.ts'
import ICAL from 'ical.js'

/** How far ahead holidays are of use, and how many times one may come round until then. */
const YEARS_AHEAD = 3
const TIMES = 2000
/** No calendar of holidays is larger. */
const MAX_LENGTH = 2_000_000

/**
 * The days that a calendar file (RFC 5545) names as whole days, from `today` on for three years, with
 * those that come round every year. Empty where it names none; throws when it is no calendar.
 */
export function holidaysInCalendar(text: string, today: Day): readonly Day[] {
  if (text.length > MAX_LENGTH) throw new RangeError('the calendar is too large')
  const last = `${Number(today.slice(0, 4)) + YEARS_AHEAD}${today.slice(4)}`
  const calendar = new ICAL.Component(ICAL.parse(text))
  const days = new Set<Day>()
  for (const component of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(component)
    if (!event.startDate?.isDate) continue
    const lasts = Math.min(31, Math.max(1, Math.round(event.duration.toSeconds() / 86_400)))
    for (const first of beginnings(event, last)) {
      for (let n = 0; n < lasts; n += 1) {
        const day = first.clone()
        day.adjust(n, 0, 0, 0)
        const named = Day.safeParse(day.toString()).data
        if (named && named >= today && named <= last) days.add(named)
      }
    }
  }
  return [...days].sort()
}

function* beginnings(event: ICAL.Event, last: string): Generator<ICAL.Time> {
  const times = event.iterator()
  for (let n = 0; n < TIMES; n += 1) {
    const next = times.next()
    if (!next || next.toString() > last) return
    yield next
  }
}
