import type { CrossValidation } from './cross-validation.ts'
import { type EwpTable, type OutcomeColumn, outcomeColumns, rowsOf } from './ewp-table.ts'
import { type Matrix, predict } from './matrix.ts'
import { ranksFromHighest } from './ranks.ts'

/** One model of the published analysis: what it learns, from which years, and for which data year it speaks. */
export type ModelTask = {
  readonly name: 'main' | 'prior' | 'one-year' | 'out-of-sample'
  readonly outcome: OutcomeColumn
  readonly trainThrough: number
  readonly forecastYear: number
}

/** The chances a model gives the countries of its data year; rows are places in the table. */
export type ModelForecast = {
  readonly task: ModelTask
  readonly rows: Int32Array
  readonly risks: Float64Array
  readonly ranks: Int32Array
  readonly intercept: number
  readonly coefficients: Float64Array
}

/** The seed the published analysis draws every model's folds from. */
export const publishedSeed = 90035

/** A label speaks of two years, so the last two data years have none. */
const horizon = 2
const firstOutOfSampleYear = 1991

function lastYear(table: EwpTable): number {
  return table.years.reduce((last, year) => Math.max(last, year), Number.NEGATIVE_INFINITY)
}

/** The three models of an edition: this year's, last year's, and this year's for one year ahead. */
export function editionTasks(table: EwpTable): ModelTask[] {
  const forecastYear = lastYear(table)
  const trainThrough = forecastYear - horizon
  return [
    { name: 'main', outcome: 'mk_onset_1or2', trainThrough, forecastYear },
    {
      name: 'prior',
      outcome: 'mk_onset_1or2',
      trainThrough: trainThrough - 1,
      forecastYear: forecastYear - 1,
    },
    { name: 'one-year', outcome: 'mk_onset_1', trainThrough, forecastYear },
  ]
}

/** A model for every year from 1991 on as if it were the last, each tried on the data two years later. */
export function outOfSampleTasks(table: EwpTable): ModelTask[] {
  const count = lastYear(table) - horizon - firstOutOfSampleYear
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({
    name: 'out-of-sample',
    outcome: 'mk_onset_1or2',
    trainThrough: firstOutOfSampleYear + index,
    forecastYear: firstOutOfSampleYear + index + horizon,
  }))
}

function hasPredictors({ x, names, codes }: EwpTable, row: number): boolean {
  for (let j = 0; j < x.columns; j++) {
    if (Number.isNaN(x.values[j * x.rows + row])) return false
  }
  return names[row] !== '' && codes[row] !== ''
}

function rowsWhere(table: EwpTable, wanted: (row: number) => boolean): Int32Array {
  const found: number[] = []
  for (let row = 0; row < table.rows; row++) if (wanted(row)) found.push(row)
  return Int32Array.from(found)
}

/** The complete rows a model learns from, in the file's order, and their outcomes. */
export function trainingSet(
  table: EwpTable,
  task: Pick<ModelTask, 'outcome' | 'trainThrough'>,
): { rows: Int32Array; x: Matrix; y: Float64Array } {
  const known = (row: number) =>
    outcomeColumns.every((column) => !Number.isNaN(table.outcomes[column][row]))
  const rows = rowsWhere(
    table,
    (row) =>
      (table.years[row] as number) <= task.trainThrough && known(row) && hasPredictors(table, row),
  )
  const outcome = table.outcomes[task.outcome]
  return {
    rows,
    x: rowsOf(table, rows),
    y: Float64Array.from(rows, (row) => outcome[row] as number),
  }
}

/** What the cross-validated model says about the countries of the task's data year. */
export function forecastWith(
  table: EwpTable,
  task: ModelTask,
  { path, indexMin }: CrossValidation,
): ModelForecast {
  const rows = rowsWhere(
    table,
    (row) => table.years[row] === task.forecastYear && hasPredictors(table, row),
  )
  const intercept = path.intercepts[indexMin] as number
  const coefficients = path.coefficients[indexMin] as Float64Array
  const risks = predict(rowsOf(table, rows), intercept, coefficients)
  return { task, rows, risks, ranks: ranksFromHighest(risks), intercept, coefficients }
}

/** What the forecasts of the two years before said about one country and year. */
export type OutOfSampleRecord = {
  /** Place in the table of the country-year that is forecast. */
  readonly row: number
  readonly year: number
  readonly name: string
  readonly code: string
  readonly onset: number
  readonly riskPrevious: number | null
  readonly rankPrevious: number | null
  readonly riskTwoYearsPrior: number | null
  readonly rankTwoYearsPrior: number | null
  /** The higher of the two risks and the better of the two ranks. */
  readonly highestRisk: number | null
  readonly bestRank: number | null
}

type Said = { readonly risk: number; readonly rank: number }

/**
 * One record for each country and year that any out-of-sample forecast could speak of, in the file's
 * order, as the published out-of-sample file has them.
 */
export function outOfSampleRecords(
  table: EwpTable,
  forecasts: readonly ModelForecast[],
): OutOfSampleRecord[] {
  const said = new Map<string, Said>()
  const key = (code: string | undefined, year: number) => `${code} ${year}`
  for (const { task, rows, risks, ranks } of forecasts) {
    rows.forEach((row, i) => {
      const entry = { risk: risks[i] as number, rank: ranks[i] as number }
      said.set(key(table.codes[row], task.forecastYear), entry)
    })
  }
  const firstYear = Math.min(...forecasts.map(({ task }) => task.forecastYear)) + 1
  return [...rowsWhere(table, (row) => (table.years[row] as number) >= firstYear)].map((row) => {
    const year = table.years[row] as number
    const previous = said.get(key(table.codes[row], year - 1))
    const earlier = said.get(key(table.codes[row], year - 2))
    const both = [previous, earlier].filter((one) => one !== undefined)
    return {
      row,
      year,
      name: table.names[row] ?? '',
      code: table.codes[row] ?? '',
      onset: table.outcomes.mk_onset[row] as number,
      riskPrevious: previous?.risk ?? null,
      rankPrevious: previous?.rank ?? null,
      riskTwoYearsPrior: earlier?.risk ?? null,
      rankTwoYearsPrior: earlier?.rank ?? null,
      highestRisk: both.length > 0 ? Math.max(...both.map(({ risk }) => risk)) : null,
      bestRank: both.length > 0 ? Math.min(...both.map(({ rank }) => rank)) : null,
    }
  })
}
