import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundTo, significant } from './rounding.ts'

describe('rounding as R does', () => {
  it('takes exact halves to the even digit', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5].map((value) => roundTo(value, 0))).toEqual([0, 2, 2, 0, -2])
    expect([0.125, 0.375, -0.125].map((value) => roundTo(value, 2))).toEqual([0.12, 0.38, -0.12])
    expect([2.5, 35, 45, 1.125].map((value) => significant(value, 1))).toEqual([2, 40, 40, 1])
    expect(significant(1.125, 3)).toBe(1.12)
  })

  it('takes what only looks like a half in decimals to the nearest', () => {
    expect(roundTo(0.15, 1)).toBe(0.1)
    expect(roundTo(2.675, 2)).toBe(2.67)
    expect(significant(4096576, 4)).toBe(4097000)
    expect(significant(0.106_249_9, 4)).toBe(0.1062)
  })

  it('stays within half a unit of the last digit kept', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
        expect(Math.abs(roundTo(value, 4) - value)).toBeLessThanOrEqual(0.5e-4 + 1e-10)
        expect(Math.abs(significant(value, 4) - value)).toBeLessThanOrEqual(
          Math.abs(value) * 0.5e-3 * (1 + 1e-9),
        )
      }),
    )
  })
})
