import { Problem } from '@tocsin/domain/problem.ts'
import type { CrossValidation } from '@tocsin/forecast/cross-validation.ts'
import { dropOuts } from '@tocsin/forecast/drop-out.ts'
import {
  editionTasks,
  forecastWith,
  type ModelForecast,
  type ModelTask,
  outOfSampleRecords,
  outOfSampleTasks,
  publishedSeed,
  trainingSet,
} from '@tocsin/forecast/ewp.ts'
import {
  type EwpTable,
  type ParsedRows,
  readEwpTable,
  TableFault,
} from '@tocsin/forecast/ewp-table.ts'
import { roundTo, significant } from '@tocsin/forecast/rounding.ts'
import { findPublishedFiles } from './published-files.ts'
import { keepScores } from './scorekeeping.ts'
import { type FitPool, startFitPool } from './workers/pool.ts'

/** One comparison with the published files, or a figure there is nothing published to compare with. */
export type Check = { readonly what: string; readonly found: string; readonly agrees: boolean }

type Fitted = {
  readonly task: ModelTask
  readonly fit: CrossValidation
  readonly forecast: ModelForecast
}

/**
 * Computes a whole published assessment again from its predictors file, and holds it against whatever
 * published files lie in the same folder. Throws a Problem that says what cannot be read.
 */
export async function reproduce(
  folder: string,
  threads: number,
  progress: (done: number, all: number) => void = () => undefined,
): Promise<readonly Check[]> {
  const files = findPublishedFiles(folder)
  const table = readTable(files.predictors)
  const tasks = [...editionTasks(table), ...outOfSampleTasks(table)]
  const pool = startFitPool(threads)
  try {
    const fitted: Fitted[] = []
    for (const task of tasks) {
      fitted.push(await fit(pool, table, task))
      progress(fitted.length, tasks.length)
    }
    const [main, prior, oneYear, ...past] = fitted
    if (!main || !prior || !oneYear)
      throw new Problem('risk.no-predictors', { folder, columns: '' })
    return [
      ...modelChecks([main, prior, oneYear]),
      ...(files.coefficients ? coefficientChecks(table, main, files.coefficients) : []),
      ...(files.forecasts ? forecastChecks(table, [main, prior, oneYear], files.forecasts) : []),
      ...(files.dropOuts ? [dropOutCheck(table, main, files.dropOuts)] : []),
      ...outOfSampleChecks(table, past, files.outOfSample),
    ]
  } finally {
    await pool.close()
  }
}

/** The table of a predictors file; a fault in it as a Problem with its line and column. */
export function readTable(rows: ParsedRows): EwpTable {
  try {
    return readEwpTable(rows)
  } catch (error) {
    if (!(error instanceof TableFault)) throw error
    const { line, column, reason } = error
    throw new Problem('risk.bad-row', { file: column, line, reason }, { cause: error })
  }
}

async function fit(pool: FitPool, table: EwpTable, task: ModelTask): Promise<Fitted> {
  const { x, y } = trainingSet(table, task)
  const validation = await pool.crossValidate(x, y, { seed: publishedSeed })
  return { task, fit: validation, forecast: forecastWith(table, task, validation) }
}

function modelChecks(models: readonly Fitted[]): Check[] {
  return models.map(({ task, fit: { path, indexMin, lambdaMin } }) => ({
    what: `model ${task.name}, ${task.outcome}, trained to ${task.trainThrough}`,
    found: `lambda.min ${lambdaMin} (${indexMin + 1} of ${path.lambdas.length}), ${path.passes} passes`,
    agrees: true,
  }))
}

const compare = (what: string, agreeing: number, all: number): Check => ({
  what,
  found: `${agreeing}/${all} equal`,
  agrees: agreeing === all && all > 0,
})

function coefficientChecks(table: EwpTable, { forecast }: Fitted, published: ParsedRows): Check[] {
  const own = new Map([
    ['(Intercept)', forecast.intercept],
    ...table.predictors.map((name, j) => [name, forecast.coefficients[j] ?? Number.NaN] as const),
  ])
  const count = (column: string, of: (value: number) => number) =>
    published.filter(
      (row) => of(own.get(row['variable'] ?? '') ?? Number.NaN) === Number(row[column]),
    ).length
  return [
    compare(
      'coefficients at 4 decimals',
      count('coef.full', (b) => roundTo(b, 4)),
      published.length,
    ),
    compare(
      'odds ratios at 4 decimals',
      count('or.full', (b) => roundTo(Math.exp(b), 4)),
      published.length,
    ),
  ]
}

/** The columns of the published forecasts that a model's are held against, by the years in their names. */
function columnsOf({ task }: Fitted, header: readonly string[]) {
  const from = task.forecastYear
  const [first, second] = [from + 1, from + 2]
  const years = task.name === 'one-year' ? `${first}only` : `${first}and${second}`
  const risk = header.find((column) => column === `risk.${years}.from${from}`)
  const rank = header.find((column) => new RegExp(`rank\\.${years}\\.`).test(column))
  return { risk, rank }
}

function forecastChecks(
  table: EwpTable,
  models: readonly Fitted[],
  published: ParsedRows,
): Check[] {
  return models.flatMap((model) => {
    const { risk, rank } = columnsOf(model, Object.keys(published[0] ?? {}))
    if (!risk || !rank) return []
    const { rows, risks, ranks } = model.forecast
    const places = new Map([...rows].map((row, place) => [table.names[row], place]))
    const placeOf = (row: ParsedRows[number]) => places.get(row['ewp_name'] ?? '') ?? -1
    const same = (test: (row: ParsedRows[number]) => boolean) => published.filter(test).length
    return [
      compare(
        `forecasts ${model.task.name} at 4 significant digits`,
        same((row) => significant(risks[placeOf(row)] ?? Number.NaN, 4) === Number(row[risk])),
        published.length,
      ),
      compare(
        `ranks ${model.task.name}`,
        same((row) => ranks[placeOf(row)] === Number(row[rank])),
        published.length,
      ),
    ]
  })
}

function dropOutCheck(table: EwpTable, { fit: { path } }: Fitted, published: ParsedRows): Check {
  const own = dropOuts(path).map(({ column }) => table.predictors[column])
  const agreeing = published.filter((row, place) => row['Variable'] === own[place]).length
  return compare('drop-out order', agreeing, published.length)
}

const near = 1e-12

function outOfSampleChecks(
  table: EwpTable,
  past: readonly Fitted[],
  published: ParsedRows | undefined,
): Check[] {
  const forecasts = past.map(({ forecast }) => forecast)
  const { A } = keepScores(table, forecasts)
  const { auc, averagePrecision, brier, logLoss, caught, positives, recall30ByYear } = A.pooled
  const scores = {
    AUC: auc,
    'average precision': averagePrecision,
    Brier: brier,
    'log loss': logLoss,
    'recall in the top 30': caught.top30 / positives,
    'recall in the top 30, mean of years': recall30ByYear,
  }
  const lines = Object.entries(scores).map(([name, value]) => ({
    what: `out of sample, ${name}`,
    found: String(value),
    agrees: true,
  }))
  if (!published) return lines
  const own = outOfSampleRecords(table, forecasts)
  const scored = published.filter((row) => row['maxrisk2'] !== 'NA')
  const agreeing = published.filter((row, place) => {
    const value = own[place]?.highestRisk
    if (row['maxrisk2'] === 'NA' || value === null || value === undefined) return false
    const sameRank = own[place]?.bestRank === Number(row['minrank2'])
    return sameRank && Math.abs(value - Number(row['maxrisk2'])) <= near
  }).length
  return [
    compare('out-of-sample forecasts within 1e-12, with ranks', agreeing, scored.length),
    ...lines,
  ]
}
