import { type BootstrapTask, resample, spreadsOf } from '@tocsin/forecast/bootstrap.ts'
import { columnMeans } from '@tocsin/forecast/contributions.ts'
import { trainingSet } from '@tocsin/forecast/ewp.ts'
import { type EwpTable, rowsOf } from '@tocsin/forecast/ewp-table.ts'
import type { FittedModel } from './models.ts'

/** A fitted model as an edition keeps it: enough to explain every chance it gave. */
export type ModelFigures = {
  readonly intercept: number
  readonly coefficients: readonly number[]
  /** Means of the drivers over the country-years the model learnt from. */
  readonly means: readonly number[]
  readonly lambda: number
  readonly trainedThrough: number
  readonly trainingRows: number
  readonly onsets: number
}

/** What an edition keeps of one State (COW code). */
export type StateFigures = {
  readonly code: string
  readonly name: string
  readonly chance: number
  readonly rank: number
  readonly interval80: readonly [number, number]
  readonly rankInterval90: readonly [number, number]
  readonly chanceTop30: number
  /** The drivers' values in the data year, in the order of the edition's drivers. */
  readonly values: readonly number[]
}

export function modelFigures(
  table: EwpTable,
  { task, validation, forecast }: FittedModel,
): ModelFigures {
  const { x, y } = trainingSet(table, task)
  return {
    intercept: forecast.intercept,
    coefficients: [...forecast.coefficients],
    means: [...columnMeans(x)],
    lambda: validation.lambdaMin,
    trainedThrough: task.trainThrough,
    trainingRows: x.rows,
    onsets: y.reduce((sum, value) => sum + value, 0),
  }
}

/** The chances of a model's data year with their spread over `resamples` draws of whole countries. */
export function stateFigures(
  table: EwpTable,
  model: FittedModel,
  resamples: number,
): StateFigures[] {
  const { rows, risks, ranks } = model.forecast
  const targets = rowsOf(table, rows)
  const task = bootstrapTask(table, model)
  const spreads = spreadsOf(Array.from({ length: resamples }, (_, n) => resample(task, n)))
  return [...rows].map((row, at) => {
    const spread = spreads[at]
    if (!spread) throw new RangeError('an edition needs at least one resample')
    return {
      code: table.codes[row] ?? '',
      name: table.names[row] ?? '',
      chance: risks[at] as number,
      rank: ranks[at] as number,
      interval80: [spread.low, spread.high],
      rankInterval90: [spread.rankLow, spread.rankHigh],
      chanceTop30: spread.chanceTop30,
      values: table.predictors.map((_, j) => targets.values[j * targets.rows + at] as number),
    }
  })
}

/** Any number will do; this one is kept, so that an edition can be recomputed bit for bit. */
export const bootstrapSeed = 4850

function bootstrapTask(
  table: EwpTable,
  { task, validation, forecast }: FittedModel,
): BootstrapTask {
  const { rows, x, y } = trainingSet(table, task)
  const codes = [...new Set(Array.from(rows, (row) => table.codes[row] ?? ''))]
  const places = new Map(codes.map((code, place) => [code, place]))
  return {
    x,
    y,
    clusters: Int32Array.from(rows, (row) => places.get(table.codes[row] ?? '') ?? 0),
    clusterCount: codes.length,
    lambdas: validation.path.lambdas.slice(0, validation.indexMin + 1),
    options: {},
    targets: rowsOf(table, forecast.rows),
    seed: bootstrapSeed,
  }
}
