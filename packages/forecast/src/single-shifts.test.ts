import { describe, expect, it } from 'vitest'
import { predictorsTable, publishedRows, withoutPublishedFiles } from '../test/published-files.ts'
import { crossValidate } from './cross-validation.ts'
import { editionTasks, forecastWith, publishedSeed, trainingSet } from './ewp.ts'
import { rowsOf } from './ewp-table.ts'
import { singleShifts } from './single-shifts.ts'

describe.skipIf(withoutPublishedFiles)('the published single-variable shifts', () => {
  it('are found again, all 762 of them, in the publication’s own way', () => {
    const table = predictorsTable()
    const [task] = editionTasks(table)
    if (!task) expect.fail('an edition has a main model')
    const { x, y } = trainingSet(table, task)
    const forecast = forecastWith(table, task, crossValidate(x, y, { seed: publishedSeed }))
    const targets = rowsOf(table, forecast.rows)
    const states = Array.from(forecast.rows, (_, row) =>
      Float64Array.from(
        table.predictors,
        (_name, j) => targets.values[j * targets.rows + row] ?? 0,
      ),
    )
    const names = Array.from(forecast.rows, (row) => table.names[row] ?? '')
    const own = new Map(
      singleShifts(states, forecast).map(({ row, column, shift }) => [
        `${names[row]} ${table.predictors[column]}`,
        shift,
      ]),
    )
    const published = publishedRows('bigshiftvariables_2025-10-28.csv')
    expect(published).toHaveLength(840)
    // Two more kinds of row combine several columns: regions, and the kinds of party ban.
    const single = published.filter((row) => !row['variable']?.startsWith('new_mean_shift_'))
    expect(single).toHaveLength(762)
    const apart = single.filter((row) => {
      const shift = own.get(`${row['country_name']} ${row['variable']}`) ?? Number.NaN
      return !(Math.abs(shift - Number(row['shift'])) <= 1e-9)
    })
    expect(apart).toEqual([])
  })
})

describe('single shifts', () => {
  it('are nothing for a condition that already stands in the middle', () => {
    const model = { intercept: -3, coefficients: Float64Array.of(0.5, -1) }
    const states = [
      [1, 1],
      [2, 1],
      [3, 1],
      [2, 0],
      [4, 1],
      [0, 1],
    ].map((row) => Float64Array.from(row))
    const shifts = singleShifts(states, model)
    const of = (row: number, column: number) =>
      shifts.find((shift) => shift.row === row && shift.column === column)?.shift
    expect(of(1, 0)).toBe(0)
    expect(of(0, 1)).toBe(0)
    expect(of(2, 0)).toBeLessThan(0)
    expect(of(3, 1)).toBeLessThan(0)
  })
})
