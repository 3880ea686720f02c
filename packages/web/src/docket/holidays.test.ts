import type { Day } from '@tocsin/domain/brand.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holidaysInCalendar } from './calendar-file.ts'
import { holidaysIn } from './holidays.ts'

const calendarOf = (...events: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Five Rivers//EN']
    .concat(events.map((event) => `BEGIN:VEVENT\r\nUID:${event.length}\r\n${event}\r\nEND:VEVENT`))
    .concat('END:VCALENDAR')
    .join('\r\n')

const today = '2026-01-01' as Day

describe('holidays that were written down', () => {
  test('are one day a line, each once, in order; the first line that is none is named', () => {
    expect(holidaysIn('2026-12-25 Feast\r\n\n2026-05-01\n2026-12-25')).toEqual({
      days: ['2026-05-01', '2026-12-25'],
    })
    expect(holidaysIn('2026-05-01\n25.12.2026\n2026-02-30')).toEqual({
      days: ['2026-05-01'],
      bad: 2,
    })
  })

  test('are read back as they were written, whatever days they are', () => {
    const day = fc
      .integer({ min: 0, max: 20_000 })
      .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10) as Day)
    fc.assert(
      fc.property(fc.uniqueArray(day), (days) => {
        expect(holidaysIn(days.join('\n'))).toEqual({ days: days.toSorted() })
      }),
    )
  })
})

describe('holidays of a calendar file', () => {
  test('are its whole days, for three years, with those that come round', () => {
    const text = calendarOf(
      'DTSTART;VALUE=DATE:20260714\r\nSUMMARY:River day',
      'DTSTART;VALUE=DATE:20251225\r\nDTEND;VALUE=DATE:20251227\r\nRRULE:FREQ=YEARLY',
      'DTSTART:20260301T090000Z\r\nDTEND:20260301T100000Z\r\nSUMMARY:A meeting is no holiday',
    )
    expect(holidaysInCalendar(text, today)).toEqual([
      '2026-07-14',
      '2026-12-25',
      '2026-12-26',
      '2027-12-25',
      '2027-12-26',
      '2028-12-25',
      '2028-12-26',
    ])
  })

  test('leave out what the file leaves out', () => {
    const text = calendarOf(
      'DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20270101',
    )
    expect(holidaysInCalendar(text, today)).toEqual(['2026-01-01', '2028-01-01', '2029-01-01'])
  })

  test('end, however often the file says they come round', () => {
    const text = calendarOf('DTSTART;VALUE=DATE:19000101\r\nRRULE:FREQ=DAILY')
    expect(holidaysInCalendar(text, today).length).toBeLessThanOrEqual(1100)
  })

  test('are none of what is no calendar: it throws', () => {
    for (const text of ['', 'hello', 'BEGIN:VCALENDAR', '{"a":1}', '\u0000\u0001']) {
      expect(() => holidaysInCalendar(text, today)).toThrow()
    }
  })
})
