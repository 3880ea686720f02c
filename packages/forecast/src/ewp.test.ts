import { beforeAll, describe, expect, it } from 'vitest'
import { predictorsTable, publishedRows, withoutPublishedFiles } from '../test/published-files.ts'
import { type CrossValidation, crossValidate } from './cross-validation.ts'
import { dropOuts } from './drop-out.ts'
import {
  editionTasks,
  forecastWith,
  type ModelForecast,
  publishedSeed,
  trainingSet,
} from './ewp.ts'
import type { EwpTable } from './ewp-table.ts'
import { roundTo, significant } from './rounding.ts'

type Fitted = { rows: number; onsets: number; fit: CrossValidation; forecast: ModelForecast }

describe.skipIf(withoutPublishedFiles)('the published 2025 assessment, computed again', () => {
  let table: EwpTable
  let main: Fitted
  let prior: Fitted
  let oneYear: Fitted

  beforeAll(() => {
    table = predictorsTable()
    const fitted = editionTasks(table).map((task) => {
      const { x, y } = trainingSet(table, task)
      const fit = crossValidate(x, y, { seed: publishedSeed })
      const onsets = y.reduce((sum, value) => sum + value, 0)
      return { rows: x.rows, onsets, fit, forecast: forecastWith(table, task, fit) }
    })
    ;[main, prior, oneYear] = fitted as [Fitted, Fitted, Fitted]
  })

  it('learns from the same rows', () => {
    expect([main, prior, oneYear].map(({ rows }) => rows)).toEqual([8970, 8802, 8970])
    expect([main.onsets, oneYear.onsets]).toEqual([211, 112])
  })

  it('takes the same number of sweeps along paths of the same length', () => {
    const fits = [main, prior, oneYear].map(({ fit }) => fit)
    expect(fits.map(({ path }) => path.passes)).toEqual([722, 704, 677])
    expect(fits.map(({ path }) => path.lambdas.length)).toEqual([67, 66, 66])
  })

  it('chooses the same penalties', () => {
    const fits = [main, prior, oneYear].map(({ fit }) => fit)
    expect(fits.map(({ indexMin }) => indexMin + 1)).toEqual([29, 30, 24])
    const expected = [0.0025864289483181618, 0.0023577006573994993, 0.0021189312562847193]
    fits.forEach(({ lambdaMin }, i) => {
      expect(Math.abs(lambdaMin / (expected[i] ?? 0) - 1)).toBeLessThan(1e-12)
    })
    const { fit } = main
    expect(fit.index1se + 1).toBe(15)
    expect(fit.lambda1se).toBeCloseTo(0.0095138679247655285, 14)
    expect(fit.cvm[fit.indexMin]).toBeCloseTo(0.193590032874365, 13)
    expect(fit.cvsd[fit.indexMin]).toBeCloseTo(0.006402298656, 12)
    expect(fit.path.lambdas[0]).toBeCloseTo(0.034995619326306765, 14)
    expect(fit.path.nullDeviance).toBeCloseTo(1999.406, 3)
    expect(fit.path.devianceRatios[fit.indexMin]).toBeCloseTo(0.1518377, 7)
  })

  it('finds the 40 published coefficients and odds ratios', () => {
    const { intercept, coefficients } = main.forecast
    const own = [
      { variable: '(Intercept)', value: intercept },
      ...table.predictors.map((variable, j) => ({ variable, value: coefficients[j] ?? 0 })),
    ]
    const published = publishedRows('coefficients_3Sep2025.csv')
    expect(published).toHaveLength(40)
    expect(own.map(({ variable }) => variable)).toEqual(published.map((row) => row['variable']))
    expect(own.map(({ value }) => roundTo(value, 4))).toEqual(
      published.map((row) => Number(row['coef.full'])),
    )
    expect(own.map(({ value }) => roundTo(Math.exp(value), 4))).toEqual(
      published.map((row) => Number(row['or.full'])),
    )
  })

  it.each([
    ['main', 'risk.2025and2026.from2024', 'rank.2025and2026.from2025', 5e-6],
    ['one-year', 'risk.2025only.from2024', 'riskrank.2025only.from2024', 5e-6],
    ['prior', 'risk.2024and2025.from2023', 'rank.2024and2025.from2023', 5e-5],
  ])('gives the 168 published forecasts and ranks of the %s model', (name, risk, rank, near) => {
    const { forecast } = [main, prior, oneYear].find(
      (fitted) => fitted.forecast.task.name === name,
    ) as Fitted
    const places = new Map([...forecast.rows].map((row, i) => [table.names[row] ?? '', i]))
    const published = publishedRows('final_forecasts_data_3Sep2025.csv')
    expect(published).toHaveLength(168)
    const own = published.map((row) => {
      const place = places.get(row['ewp_name'] ?? '') ?? -1
      return { risk: forecast.risks[place] ?? Number.NaN, rank: forecast.ranks[place] }
    })
    expect(own.map((one) => significant(one.risk, 4))).toEqual(
      published.map((row) => Number(row[risk])),
    )
    expect(own.map((one) => one.rank)).toEqual(published.map((row) => Number(row[rank])))
    const apart = own.map((one, i) => Math.abs(one.risk - Number(published[i]?.[risk])))
    expect(Math.max(...apart)).toBeLessThanOrEqual(near)
  })

  it('drops the variables in the published order', () => {
    const published = publishedRows('reg_model_dropouts_3Sep2025.csv')
    const own = dropOuts(main.fit.path)
    expect(own.map(({ column }) => table.predictors[column])).toEqual(
      published.map((row) => row['Variable']),
    )
    own.forEach(({ logLambda }, i) => {
      const time = published[i]?.['Reg_DropOutTime'] ?? ''
      if (time === '') expect(logLambda).toBeNull()
      else expect(logLambda).toBeCloseTo(Number(time), 12)
    })
  })
})
