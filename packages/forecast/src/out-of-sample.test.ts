import { beforeAll, describe, expect, it } from 'vitest'
import { predictorsTable, publishedRows, withoutPublishedFiles } from '../test/published-files.ts'
import { crossValidate } from './cross-validation.ts'
import {
  forecastWith,
  type OutOfSampleRecord,
  outOfSampleRecords,
  outOfSampleTasks,
  publishedSeed,
  trainingSet,
} from './ewp.ts'
import type { ParsedRows } from './ewp-table.ts'

const orNull = (text: string | undefined) => (text === 'NA' ? null : Number(text))

describe.skipIf(withoutPublishedFiles)(
  'the published out-of-sample forecasts, computed again',
  () => {
    let own: OutOfSampleRecord[]
    let published: ParsedRows

    beforeAll(() => {
      const table = predictorsTable()
      const forecasts = outOfSampleTasks(table).map((task) => {
        const { x, y } = trainingSet(table, task)
        return forecastWith(table, task, crossValidate(x, y, { seed: publishedSeed }))
      })
      own = outOfSampleRecords(table, forecasts)
      published = publishedRows('FOOSforecasts_3Sep2025.csv')
    }, 300_000)

    it('speaks of the same 5,047 countries and years', () => {
      expect(own).toHaveLength(5047)
      expect(own.map(({ name, code, year, onset }) => [name, code, year, onset])).toEqual(
        published.map((row) => [
          row['ewp_name'],
          row['ccode'],
          Number(row['year']),
          Number(row['mk_onset']),
        ]),
      )
    })

    it.each([
      ['risk_prev', 'riskPrevious'],
      ['risk_two_years_prior', 'riskTwoYearsPrior'],
      ['maxrisk2', 'highestRisk'],
    ] as const)('gives every %s within 1e-12 and is silent where it is silent', (column, key) => {
      let compared = 0
      published.forEach((row, i) => {
        const expected = orNull(row[column])
        const value = own[i]?.[key] ?? null
        if (expected === null || value === null) expect(value).toBe(expected)
        else {
          compared += 1
          expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12)
        }
      })
      expect(compared).toBe(published.filter((row) => row[column] !== 'NA').length)
      if (key === 'highestRisk') expect(compared).toBe(5032)
    })

    it.each([
      ['rank_prev', 'rankPrevious'],
      ['rank_two_years_prior', 'rankTwoYearsPrior'],
      ['minrank2', 'bestRank'],
    ] as const)('gives every %s exactly', (column, key) => {
      expect(own.map((record) => record[key])).toEqual(published.map((row) => orNull(row[column])))
    })

    it('has 27 of 39 onsets among the first thirty', () => {
      const onsets = own.filter(({ onset, bestRank }) => onset === 1 && bestRank !== null)
      expect(onsets).toHaveLength(39)
      expect(onsets.filter(({ bestRank }) => (bestRank ?? 0) <= 30)).toHaveLength(27)
    })
  },
)
