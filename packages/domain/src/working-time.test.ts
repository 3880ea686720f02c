import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Day, Instant } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import type { WorkingCalendar } from './working-calendar.ts'
import { addWorkingTime, workingTimeBetween } from './working-time.ts'

const zones = [
  'UTC',
  'Europe/Brussels',
  'America/New_York',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
]

const DAY_MS = 86_400_000
const START = Date.parse('2024-01-01T00:00:00.000Z')

const instant = fc
  .integer({ min: 0, max: 3 * 366 * DAY_MS })
  .map((ms) => new Date(START + ms).toISOString() as Instant)

const day = fc
  .integer({ min: 0, max: 3 * 366 })
  .map((days) => new Date(START + days * DAY_MS).toISOString().slice(0, 10) as Day)

const calendar: fc.Arbitrary<WorkingCalendar> = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    hours: fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 12, max: 23 })),
    holidays: fc.array(day, { maxLength: 20 }),
  })
  .map(({ timeZone, weekdays, hours: [from, until], holidays }) => ({
    timeZone,
    weekdays,
    from: `${String(from).padStart(2, '0')}:30`,
    until: `${until}:00`,
    holidays,
  }))

/** What a clock on the wall of the office shows. */
function wall({ timeZone }: WorkingCalendar, at: Instant) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(Date.parse(at))
  const [date = '', time = ''] = parts.split(', ')
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7
  return { date, time, weekday }
}

describe('working time', () => {
  test('ends within working hours, after exactly so much work, in any zone and season', () => {
    fc.assert(
      fc.property(
        calendar,
        instant,
        fc.integer({ min: 1, max: 200 * 3_600_000 }),
        (on, start, ms) => {
          const end = addWorkingTime(on, start, ms)
          expect(workingTimeBetween(on, start, end)).toBe(ms)
          // Not a moment early: one millisecond before, less work had passed.
          expect(workingTimeBetween(on, start, addMilliseconds(end, -1))).toBe(ms - 1)
          const shown = wall(on, addMilliseconds(end, -1))
          expect(on.weekdays).toContain(shown.weekday)
          expect(on.holidays).not.toContain(shown.date)
          expect(shown.time < on.until).toBe(true)
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('adds up: first a part and then the rest is the same as all of it', () => {
    const hours = fc.integer({ min: 0, max: 60 * 3_600_000 })
    fc.assert(
      fc.property(calendar, instant, hours, hours, (on, start, part, rest) => {
        const halfway = addWorkingTime(on, start, part)
        expect(addWorkingTime(on, halfway, rest)).toBe(addWorkingTime(on, start, part + rest))
      }),
      { numRuns: 2000 },
    )
  })

  test('passes over the hour that is skipped in spring and counts the one that comes twice', () => {
    const on: WorkingCalendar = {
      timeZone: 'Europe/Brussels',
      weekdays: [7],
      from: '00:00',
      until: '06:00',
      holidays: [],
    }
    const between = (day: string, next: string) =>
      workingTimeBetween(on, `${day}T12:00:00.000Z` as Instant, `${next}T12:00:00.000Z` as Instant)
    expect(between('2026-03-28', '2026-03-29')).toBe(5 * 3_600_000)
    expect(between('2026-10-24', '2026-10-25')).toBe(7 * 3_600_000)
  })

  test('begins at the jump where the hours begin at the very minute that is skipped', () => {
    const office = {
      timeZone: 'America/New_York',
      weekdays: [7],
      from: '02:00',
      until: '12:00',
      holidays: [],
    }
    const midnight = '2024-03-10T05:00:00.000Z' as Instant
    // 02:00 is 03:00, which is 07:00 UTC.
    expect(addWorkingTime(office, midnight, 3_600_000)).toBe('2024-03-10T08:00:00.000Z')
    expect(workingTimeBetween(office, midnight, addMilliseconds(midnight, DAY_MS))).toBe(
      9 * 3_600_000,
    )
  })

  test('says so when an office never works', () => {
    const holidays: Day[] = []
    const on: WorkingCalendar = {
      timeZone: 'UTC',
      weekdays: [1],
      from: '08:00',
      until: '09:00',
      holidays,
    }
    for (let days = 0; days < 8000; days += 1) {
      holidays.push(new Date(START + days * DAY_MS).toISOString().slice(0, 10) as Day)
    }
    expect(() => addWorkingTime(on, '2024-01-01T00:00:00.000Z' as Instant, 1)).toThrow()
  })
})
