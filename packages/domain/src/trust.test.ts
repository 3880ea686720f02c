import { describe, expect, test } from 'vitest'
import { Instant } from './brand.ts'
import { freshnessOf } from './trust.ts'

const at = (text: string) => Instant.parse(text)
const end = at('2026-03-01T00:00:00.000Z')

describe('a directory', () => {
  test('is fresh in its life, stale for thirty days after it, then too old', () => {
    expect(freshnessOf(end, at('2026-02-28T23:59:59.999Z'))).toBe('fresh')
    expect(freshnessOf(end, end)).toBe('stale')
    expect(freshnessOf(end, at('2026-03-31T00:00:00.000Z'))).toBe('stale')
    expect(freshnessOf(end, at('2026-03-31T00:00:00.001Z'))).toBe('too-old')
  })
})
