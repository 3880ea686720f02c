import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaUnderCurve, expectedCaught, type Scored, scoreRows } from './scores.ts'

// Few different chances, so that ties are common.
const rowsOfBoth = fc
  .array(
    fc.record({
      chance: fc.integer({ min: 0, max: 12 }).map((n) => n / 12),
      outcome: fc.constantFrom(0, 1),
      rank: fc.integer({ min: 1, max: 60 }),
      year: fc.integer({ min: 2000, max: 2003 }),
    }),
    { minLength: 2, maxLength: 60 },
  )
  .filter((rows) => new Set(rows.map(({ outcome }) => outcome)).size === 2)

const row = (chance: number, outcome: number, rank = 1, year = 2000): Scored => ({
  chance,
  outcome,
  rank,
  year,
})

describe('scores', () => {
  it('are those worked out by hand', () => {
    const rows = [
      row(0.8, 1, 1, 2000),
      row(0.4, 0, 11, 2000),
      row(0.4, 1, 31, 2001),
      row(0.1, 0, 40, 2001),
    ]
    const scores = scoreRows(rows)
    expect(scores.auc).toBe((1 + 1 + 0.5 + 1) / 4)
    expect(scores.withinYearAuc).toBe(1)
    // Steps: 1 of 1 at 0.8, then one more of the three down to 0.4.
    expect(scores.averagePrecision).toBeCloseTo((1 / 1 + 2 / 3) / 2, 15)
    expect(scores.brier).toBeCloseTo((0.04 + 0.16 + 0.36 + 0.01) / 4, 15)
    expect(scores.brierOfBaseRate).toBe(0.25)
    expect(scores.logLoss).toBeCloseTo(
      -(Math.log(0.8) + Math.log(0.6) + Math.log(0.4) + Math.log(0.9)) / 4,
      15,
    )
    expect(scores.logLossOfBaseRate).toBeCloseTo(Math.LN2, 15)
    expect(scores.expectedOverObserved).toBeCloseTo(1.7 / 2, 15)
    expect(scores.caught).toEqual({ top10: 1, top20: 1, top30: 1 })
    expect(scores.recall30ByYear).toBe(0.5)
  })

  it('keep the loss of a sure and wrong chance finite', () => {
    const { logLoss } = scoreRows([row(0, 1), row(1, 0)])
    expect(logLoss).toBeCloseTo(-Math.log(1e-6), 9)
  })

  it('refuse rows with one outcome only', () => {
    expect(() => scoreRows([row(0.2, 0), row(0.3, 0)])).toThrow(RangeError)
  })

  it('count the pairs put in the right order, ties half', () => {
    fc.assert(
      fc.property(rowsOfBoth, (rows) => {
        const [ones, zeros] = [1, 0].map((wanted) => rows.filter((r) => r.outcome === wanted))
        const pairs = (ones ?? []).flatMap((one) =>
          (zeros ?? []).map((zero) => (Math.sign(one.chance - zero.chance) + 1) / 2),
        )
        const mean = pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length
        expect(areaUnderCurve(rows)).toBeCloseTo(mean, 12)
      }),
    )
  })

  it('depend on the order of chances only, where they measure order', () => {
    fc.assert(
      fc.property(rowsOfBoth, (rows) => {
        const squeezed = rows.map((r) => ({ ...r, chance: r.chance ** 3 / 2 }))
        const [a, b] = [scoreRows(rows), scoreRows(squeezed)]
        expect(b.auc).toBe(a.auc)
        expect(b.withinYearAuc).toBe(a.withinYearAuc)
        expect(b.averagePrecision).toBe(a.averagePrecision)
      }),
    )
  })

  it('do not depend on the order in which rows come', () => {
    fc.assert(
      fc.property(rowsOfBoth, (rows) => {
        const [a, b] = [scoreRows(rows), scoreRows(rows.toReversed())]
        expect(b.averagePrecision).toBe(a.averagePrecision)
        expect(b.auc).toBe(a.auc)
        expect(b.brier).toBeCloseTo(a.brier, 14)
      }),
    )
  })
})

describe('the positives expected among the first', () => {
  it('are all and only those caught, where no two figures are equal', () => {
    fc.assert(
      fc.property(rowsOfBoth, fc.integer({ min: 1, max: 20 }), (rows, places) => {
        const distinct = rows.map((r, i) => ({ ...r, year: 2000, chance: i }))
        const first = distinct.slice(-places)
        const caught = first.filter(({ outcome }) => outcome === 1).length
        expect(expectedCaught(distinct, places)).toBeCloseTo(caught, 12)
      }),
    )
  })

  it('are the share of the places, where all figures are equal', () => {
    const rows = [row(0, 1), row(0, 0), row(0, 0), row(0, 1)]
    expect(expectedCaught(rows, 2)).toBe(1)
    expect(expectedCaught(rows, 10)).toBe(2)
  })

  it('are what drawing lots among equals gives on average', () => {
    const rows = [row(2, 0), row(1, 1), row(1, 0), row(1, 0), row(0, 1)]
    expect(expectedCaught(rows, 2)).toBeCloseTo(1 / 3, 15)
    expect(expectedCaught(rows, 3)).toBeCloseTo(2 / 3, 15)
  })
})
