import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { padme } from './padding.ts'

describe('padding to PADMÉ sizes', () => {
  test('is that of the paper', () => {
    // By hand, from the formula in Nikitin et al. (2019).
    const lengths = [0, 1, 2, 7, 8, 9, 10, 15, 17, 100, 1000, 1025, 65_537, 1_000_000]
    expect(lengths.map(padme)).toEqual([
      0, 1, 2, 7, 8, 10, 10, 16, 18, 104, 1024, 1088, 67_584, 1_015_808,
    ])
  })

  test('never shrinks, never adds more than 12 %, stays when done twice, keeps order', () => {
    const length = fc.integer({ min: 0, max: 2 ** 50 })
    fc.assert(
      fc.property(length, length, (one, other) => {
        const padded = padme(one)
        expect(padded).toBeGreaterThanOrEqual(one)
        expect(padded).toBeLessThanOrEqual(Math.ceil(one * 1.12) + 1)
        expect(padme(padded)).toBe(padded)
        if (one <= other) expect(padded).toBeLessThanOrEqual(padme(other))
      }),
    )
  })

  test('leaves few sizes to tell apart', () => {
    const sizes = new Set(Array.from({ length: 100_000 }, (_, at) => padme(at + 1024)))
    expect(sizes.size).toBeLessThan(130)
  })
})
