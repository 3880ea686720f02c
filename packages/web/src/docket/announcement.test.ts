import type { DocketRow } from '@tocsin/api/docket.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { describe, expect, test } from 'vitest'
import { announcementAt } from './announcement.ts'

const now = '2026-11-24T07:42:00.000Z' as Instant
const MINUTE = 60_000
const row = (id: string, minutes: number | undefined) =>
  ({
    id,
    clock: minutes === undefined ? null : { dueAt: addMilliseconds(now, minutes * MINUTE) },
  }) as unknown as DocketRow

describe('what is said aloud of the clocks', () => {
  test('is said once at 60, 15 and 0 minutes of the nearest, whenever the minute is looked at', () => {
    for (const offset of [0, 20_000, 59_000]) {
      const said = new Set<string>()
      for (let minute = -65; minute < 10; minute += 1) {
        const at = addMilliseconds(now, minute * MINUTE + offset)
        const found = announcementAt([row('a', 0), row('b', 300), row('c', undefined)], at)
        if (found) said.add(found.name)
      }
      expect([...said].map((name) => name.split(' ').at(-1))).toEqual(['60', '15', '0'])
    }
  })

  test('is nothing between, and nothing of what ran out long ago', () => {
    expect(announcementAt([row('a', 40), row('b', -2600)], now)).toBeUndefined()
    expect(announcementAt([], now)).toBeUndefined()
    expect(announcementAt([row('b', -2600), row('a', 14.5)], now)?.row.id).toBe('a')
  })
})
