import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrationBins, calibrationLine, shareInterval } from './calibration.ts'
import { MersenneTwister } from './mersenne-twister.ts'

/** Chances from 1 to 99 %, and outcomes drawn with log-odds `intercept + slope * logit`. */
function drawn(rows: number, intercept: number, slope: number) {
  const random = new MersenneTwister(7)
  return Array.from({ length: rows }, () => {
    const chance = 0.01 + 0.98 * random.uniform()
    const truth = 1 / (1 + Math.exp(-(intercept + slope * Math.log(chance / (1 - chance)))))
    return { chance, outcome: random.uniform() < truth ? 1 : 0 }
  })
}

describe('the calibration line', () => {
  it('is 0 and 1 for chances that are right, and finds back what was bent', () => {
    const right = calibrationLine(drawn(40_000, 0, 1))
    expect(right.intercept).toBeCloseTo(0, 1)
    expect(right.slope).toBeCloseTo(1, 1)
    const bent = calibrationLine(drawn(40_000, -1, 0.5))
    expect(bent.intercept).toBeCloseTo(-1, 1)
    expect(bent.slope).toBeCloseTo(0.5, 1)
  })

  it('leaves no gradient: expected and seen onsets agree after it', () => {
    const rows = drawn(2_000, -0.7, 1.3)
    const { intercept, slope } = calibrationLine(rows)
    const residuals = rows.map(({ chance, outcome }) => {
      const x = Math.log(chance / (1 - chance))
      return { x, rest: outcome - 1 / (1 + Math.exp(-(intercept + slope * x))) }
    })
    const sum = (of: (row: (typeof residuals)[number]) => number) =>
      residuals.reduce((total, row) => total + of(row), 0)
    expect(sum(({ rest }) => rest)).toBeCloseTo(0, 8)
    expect(sum(({ rest, x }) => rest * x)).toBeCloseTo(0, 8)
  })
})

const rowsOfAny = fc.array(
  fc.record({
    chance: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    outcome: fc.constantFrom(0, 1),
  }),
  { minLength: 1, maxLength: 80 },
)

describe('calibration bins', () => {
  it('hold every row once, in order of chance, each mean within its bounds', () => {
    fc.assert(
      fc.property(rowsOfAny, (rows) => {
        const bins = calibrationBins(rows, 10)
        expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(rows.length)
        const positives = rows.filter(({ outcome }) => outcome === 1).length
        expect(bins.reduce((sum, bin) => sum + bin.positives, 0)).toBe(positives)
        bins.forEach((bin, index) => {
          expect(bin.meanChance).toBeGreaterThanOrEqual(bin.from - 1e-12)
          expect(bin.meanChance).toBeLessThanOrEqual(bin.to + 1e-12)
          expect(bin.observed).toBe(bin.positives / bin.rows)
          expect(bin.from).toBeGreaterThanOrEqual(bins[index - 1]?.to ?? 0)
        })
      }),
    )
  })
})

describe('the interval of a share', () => {
  it('is the one in Wilson’s textbook case, holds the share and stays within 0 and 1', () => {
    // 10 of 100 at 95 %: 0.0552 to 0.1744 (Agresti and Coull 1998).
    const { low, high } = shareInterval(10, 100, 1.959963984540054)
    expect(low).toBeCloseTo(0.0552, 4)
    expect(high).toBeCloseTo(0.1744, 4)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (rows, wanted) => {
        const positives = Math.min(wanted, rows)
        const interval = shareInterval(positives, rows, 1.2816)
        expect(interval.low).toBeGreaterThanOrEqual(0)
        expect(interval.high).toBeLessThanOrEqual(1)
        expect(interval.low).toBeLessThanOrEqual(positives / rows + 1e-12)
        expect(interval.high).toBeGreaterThanOrEqual(positives / rows - 1e-12)
      }),
    )
  })
})
