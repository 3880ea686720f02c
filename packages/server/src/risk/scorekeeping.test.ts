import { beforeAll, describe, expect, test } from 'vitest'
import { sharedData, withoutSharedData } from '../../test/shared-data.ts'
import { baselinesFrom } from './baseline-figures.ts'
import type { Baseline } from './baselines.ts'
import { findFiles, predictorsIn } from './published-files.ts'
import { readTable } from './reproduce.ts'
import { publishedForecasts } from './reproduce-scores.ts'
import { keepScores, rowsOfB } from './scorekeeping.ts'

// The bar is 5e-5 where five digits are known, and half of the last digit elsewhere.
const bar = 5e-5

describe.skipIf(withoutSharedData)('the record of the published out-of-sample forecasts', () => {
  let scores: ReturnType<typeof keepScores>
  let baselines: readonly Baseline[]

  beforeAll(() => {
    const files = findFiles([
      `${sharedData}ewp-2025`,
      `${sharedData}pts/PTS-2024.csv`,
      `${sharedData}starter-pack/embed-ok/ucdp_country_year_1989-2024.csv`,
    ])
    const table = readTable(predictorsIn(files, 'ewp-2025'))
    const forecasts = publishedForecasts(table, files.get('out-of-sample')?.rows ?? [])
    scores = keepScores(table, forecasts)
    baselines = baselinesFrom(files)(table, rowsOfB(table, forecasts))
  })

  test('is by definition A what the publisher’s script says', () => {
    const { pooled, calibration, misses, years } = scores.A
    expect(pooled).toMatchObject({ rows: 5032, positives: 39 })
    expect(pooled.caught).toEqual({ top10: 12, top20: 21, top30: 27 })
    expect(Math.abs(pooled.auc - 0.82522)).toBeLessThanOrEqual(bar)
    expect(Math.abs(pooled.averagePrecision - 0.03057)).toBeLessThanOrEqual(bar)
    expect(pooled.withinYearAuc).toBeCloseTo(0.8433, 4)
    expect(pooled.brier).toBeCloseTo(0.00861, 5)
    expect(pooled.brierOfBaseRate).toBeCloseTo(0.00769, 5)
    expect(pooled.logLoss).toBeCloseTo(0.0505, 4)
    expect(pooled.logLossOfBaseRate).toBeCloseTo(0.0454, 4)
    expect(pooled.expectedOverObserved).toBeCloseTo(3.5, 2)
    expect(pooled.recall30ByYear).toBeCloseTo(0.7361111, 7)
    expect(calibration.intercept).toBeCloseTo(-1.1, 2)
    expect(calibration.slope).toBeCloseTo(1.07, 2)
    expect(years).toHaveLength(24)
    const missed = misses.map(({ code, year }) => `${code} ${year}`).sort()
    // Serbia, Russia, Ivory Coast, Burkina Faso, CAR, Congo-B, Libya, Iraq, Syria, Nepal twice, Thailand.
    expect(missed).toEqual(
      ['345 1998', '365 1994', '437 2010', '439 2019', '482 2013', '484 1997'].concat([
        '620 2011',
        '645 2003',
        '652 2011',
        '790 1995',
        '790 1996',
        '800 2004',
      ]),
    )
    expect(misses.find(({ code }) => code === '439')?.rank).toBe(31)
  })

  test('is weaker by definition R, in real time', () => {
    const { pooled } = scores.R
    expect(pooled).toMatchObject({ rows: 4864, positives: 37 })
    expect(pooled.caught.top30).toBe(24)
    expect(pooled.auc).toBeCloseTo(0.8195, 4)
    expect(pooled.averagePrecision).toBeCloseTo(0.031, 4)
  })

  test('says by definition B that the chances were too high', () => {
    const { pooled, calibration, years } = scores.B
    expect(pooled).toMatchObject({ rows: 4864, positives: 72 })
    expect(pooled.caught).toEqual({ top10: 20, top20: 37, top30: 50 })
    expect(Math.abs(pooled.auc - 0.8317)).toBeLessThanOrEqual(bar)
    expect(Math.abs(pooled.averagePrecision - 0.06014)).toBeLessThanOrEqual(bar)
    expect(Math.abs(pooled.brier - 0.01449)).toBeLessThanOrEqual(bar)
    expect(Math.abs(pooled.logLoss - 0.06932)).toBeLessThanOrEqual(bar)
    expect(pooled.expectedOverObserved).toBeCloseTo(1.679, 3)
    expect(pooled.brierOfBaseRate).toBeCloseTo(0.01458, 5)
    expect(pooled.logLossOfBaseRate).toBeCloseTo(0.0771, 4)
    expect(pooled.withinYearAuc).toBeCloseTo(0.86, 4)
    expect(pooled.recall30ByYear).toBeCloseTo(0.732, 3)
    expect(years).toHaveLength(28)
    expect(calibration.intercept).toBeCloseTo(-0.1, 2)
    expect(calibration.slope).toBeCloseTo(1.15, 2)
    const means = [0.003, 0.005, 0.006, 0.008, 0.012, 0.016, 0.022, 0.031, 0.047, 0.098]
    const seen = [0, 0, 0, 0.004, 0, 0.012, 0.004, 0.025, 0.053, 0.049]
    expect(calibration.bins.map(({ meanChance }) => Number(meanChance.toFixed(3)))).toEqual(means)
    expect(calibration.bins.map(({ observed }) => Number(observed.toFixed(3)))).toEqual(seen)
  })

  test('leaves out the two last data years, whose outcomes nobody knows yet', () => {
    const years = scores.B.years.map(({ year }) => year)
    expect(Math.max(...years)).toBeLessThanOrEqual(2022)
  })

  test('stands beside one single figure that ranks as well', () => {
    const terror = baselines.find(({ name }) => name === 'terror-scale')
    expect(terror?.auc).toBeCloseTo(0.861, 3)
    expect(terror?.withinYearAuc).toBeCloseTo(0.863, 3)
    expect(terror?.averagePrecision).toBeCloseTo(0.061, 3)
    expect(terror?.caught.top30).toBe(56)
  })

  test('gives a ranking that knows nothing the share that chance gives it', () => {
    const none = baselines.find(({ name }) => name === 'base-rate')
    expect(none).toMatchObject({ auc: 0.5, withinYearAuc: 0.5 })
    expect(none?.caught.top30).toBeGreaterThan(12)
    expect(none?.caught.top30).toBeLessThan(15)
    const civilians = baselines.find(({ name }) => name === 'civilian-deaths')
    expect(civilians?.caught.top30).toBeCloseTo(50, 0)
  })
})
