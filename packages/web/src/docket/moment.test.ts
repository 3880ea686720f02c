import type { Instant } from '@tocsin/domain/brand.ts'
import { describe, expect, test } from 'vitest'
import { momentOf } from './moment.ts'

const now = '2026-11-24T07:42:00.000Z' as Instant
const at = (text: string) => text as Instant

describe('a moment', () => {
  test('of today is its time, of another day carries the day', () => {
    expect(momentOf('en', now, at('2026-11-24T09:02:00.000Z'))).toEqual({
      form: 'time',
      when: '09:02',
    })
    const said = (text: string) => momentOf('en', now, at(text)).when
    expect(said('2026-11-22T12:00:00.000Z')).toBe('Sun 12:00')
    expect(said('2026-11-25T17:00:00.000Z')).toBe('Wed 17:00')
    expect(said('2026-11-27T10:00:00.000Z')).toBe('Fri 27')
    expect(said('2026-12-05T10:00:00.000Z')).toBe('5 Dec')
  })

  test('a few hours away but across midnight is not taken for today', () => {
    const late = at('2026-11-24T23:50:00.000Z')
    expect(momentOf('en', late, at('2026-11-25T00:10:00.000Z')).when).toBe('Wed 00:10')
  })

  test('has western digits in Arabic', () => {
    expect(momentOf('ar', now, at('2026-12-05T10:00:00.000Z')).when).toMatch(/5.*12/)
  })
})
