import type { Instant } from './brand.ts'
import type { WarningLevel } from './level.ts'
import type { ClockKind, ClockSettings } from './service-clock.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/*
 * When clocks run out, found the slow way: minute by minute, by what `Intl` says a clock on the wall
 * shows. Only the tests ask it; it shares nothing with working-time.ts.
 */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const from = Date.parse('2011-01-01')
const until = Date.parse('2028-01-01')

type Offset = { readonly since: number; readonly ms: number }
const offsetsByZone = new Map<string, readonly Offset[]>()

/** The offsets from UTC that the zone had, found by asking for the time on the wall. */
function offsetsOf(timeZone: string): readonly Offset[] {
  const known = offsetsByZone.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const offsetAt = (ms: number) => {
    const [date = '', time = ''] = format.format(ms).split(', ')
    return Date.parse(`${date}T${time}:00Z`) - ms
  }
  const found: Offset[] = [{ since: from, ms: offsetAt(from) }]
  for (let day = from; day < until; day += DAY) {
    let before = offsetAt(day)
    if (before === offsetAt(day + DAY)) continue
    for (let ms = day; ms <= day + DAY; ms += MINUTE) {
      const now = offsetAt(ms)
      if (now !== before) found.push({ since: ms, ms: now })
      before = now
    }
  }
  offsetsByZone.set(timeZone, found)
  return found
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Minute by minute from an instant on: whether the office works then. */
function* minutes(calendar: WorkingCalendar, start: number) {
  const offsets = offsetsOf(calendar.timeZone)
  const [opens, closes] = [minutesOf(calendar.from), minutesOf(calendar.until)]
  // From well before, so that it is known whether the office has opened or closed on the day already.
  let ms = Math.floor(start / DAY) * DAY - 2 * DAY
  let index = offsets.findLastIndex(({ since }) => since <= ms)
  let [day, hasOpened, hasClosed, isDayOff] = [-1, false, false, false]
  for (; ; ms += MINUTE) {
    while ((offsets[index + 1]?.since ?? Number.POSITIVE_INFINITY) <= ms) index += 1
    const wall = ms + (offsets[index]?.ms ?? 0)
    const today = Math.floor(wall / DAY)
    if (today !== day) {
      ;[day, hasOpened, hasClosed] = [today, false, false]
      const date = new Date(today * DAY)
      const isHoliday = calendar.holidays.some((off) => off === date.toISOString().slice(0, 10))
      isDayOff = isHoliday || !calendar.weekdays.includes(date.getUTCDay() || 7)
    }
    const shown = Math.floor((wall - today * DAY) / MINUTE)
    hasOpened ||= shown >= opens
    hasClosed ||= shown >= closes
    if (ms + MINUTE > start) yield { ms, isWorking: !isDayOff && hasOpened && !hasClosed }
  }
}

type Wanted = { readonly kind: ClockKind; readonly level: WarningLevel; readonly start: Instant }

/** When the clock runs out and each of its rungs is due, lowest first; undefined where none is started. */
export function planByMinutes(settings: ClockSettings, { kind, level, start }: Wanted) {
  const { hours, inWorkingTime, rungs } = settings.levels[level]
  const allowed = hours[kind]
  if (allowed === null) return undefined
  const share = (percent: number) => Math.round((allowed * HOUR * percent) / 100)
  const wanted = rungs.filter(({ clock }) => clock === kind).map(({ percent }) => percent)
  const spans = [...new Set([100, ...wanted])].map(share).sort((a, b) => a - b)
  const begin = Date.parse(start)
  const ends = inWorkingTime
    ? endsIn(settings.calendar, begin, spans)
    : new Map(spans.map((span) => [span, begin + span]))
  const end = (percent: number) => ends.get(share(percent)) ?? Number.NaN
  const steps = wanted.toSorted((a, b) => a - b).map((percent) => ({ ms: end(percent) }))
  return { dueMs: end(100), steps }
}

/** When so much work has passed since the start, for each of the spans, shortest first. */
function endsIn(calendar: WorkingCalendar, start: number, spans: readonly number[]) {
  const ends = new Map<number, number>()
  let passed = 0
  for (const { ms, isWorking } of minutes(calendar, start)) {
    const begin = Math.max(ms, start)
    const worked = isWorking ? ms + MINUTE - begin : 0
    for (let span = spans[ends.size]; span !== undefined; span = spans[ends.size]) {
      if (span > passed + worked) break
      ends.set(span, begin + span - passed)
    }
    if (ends.size === spans.length) return ends
    passed += worked
  }
  throw new Error('minutes do not end')
}
