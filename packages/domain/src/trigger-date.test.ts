import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Day } from './brand.ts'
import { addDays, prepareFrom, TriggerDateForm } from './trigger-date.ts'

const day = fc
  .integer({ min: Date.parse('1990-01-01'), max: Date.parse('2090-01-01') })
  .map((at) => Day.parse(new Date(at).toISOString().slice(0, 10)))

describe('a date that may set violence off', () => {
  test('is prepared for so many days before its first day', () => {
    expect(prepareFrom({ fromDay: Day.parse('2027-03-01'), leadDays: 30 })).toBe('2027-01-30')
    expect(prepareFrom({ fromDay: Day.parse('2028-03-01'), leadDays: 1 })).toBe('2028-02-29')
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 730 }), (fromDay, leadDays) => {
        const from = prepareFrom({ fromDay, leadDays })
        expect(from <= fromDay).toBe(true)
        expect(addDays(from, leadDays)).toBe(fromDay)
      }),
    )
  })

  test('does not end before it begins', () => {
    const form = {
      kind: 'election',
      title: 'Vote in Ardenia',
      country: null,
      place: null,
      matter: null,
      leadDays: 60,
      note: null,
    }
    fc.assert(
      fc.property(day, day, (fromDay, untilDay) => {
        const { success } = TriggerDateForm.safeParse({ ...form, fromDay, untilDay })
        expect(success).toBe(fromDay <= untilDay)
      }),
    )
  })
})
