import { Problem } from '@tocsin/domain/problem.ts'
import type { CrossValidation } from '@tocsin/forecast/cross-validation.ts'
import {
  editionTasks,
  forecastWith,
  type ModelTask,
  outOfSampleTasks,
  publishedSeed,
  trainingSet,
} from '@tocsin/forecast/ewp.ts'
import { type EwpTable, readEwpTable, TableFault } from '@tocsin/forecast/ewp-table.ts'
import type { FittedModel } from './models.ts'
import { type FileKind, findFiles, predictorsIn, type ReadFile } from './published-files.ts'
import {
  type Check,
  coefficientChecks,
  dropOutChecks,
  forecastChecks,
  modelChecks,
  shiftCheck,
} from './reproduce-models.ts'
import { outOfSampleChecks } from './reproduce-scores.ts'
import { type FitPool, startFitPool } from './workers/pool.ts'

/**
 * Computes a whole published assessment again from its predictors file, and holds it against whatever
 * published files lie in the same folder. Throws a Problem that says what cannot be read.
 */
export async function reproduce(
  folder: string,
  threads: number,
  progress: (done: number, all: number) => void = () => undefined,
): Promise<readonly Check[]> {
  const files = findFiles([folder])
  const table = readTable(predictorsIn(files, folder))
  const editions = editionTasks(table)
  const tasks = [...editions, ...outOfSampleTasks(table)]
  const pool = startFitPool(threads)
  try {
    const fitted: FittedModel[] = []
    for (const task of tasks) {
      fitted.push(await fit(pool, table, task))
      progress(fitted.length, tasks.length)
    }
    const models = fitted.slice(0, editions.length)
    const past = fitted.slice(editions.length).map(({ forecast }) => forecast)
    const published = (kind: FileKind) => files.get(kind)?.rows ?? []
    return [
      ...modelChecks(models),
      ...coefficientChecks(table, models, published('coefficients')),
      ...forecastChecks(table, models, published('forecasts')),
      ...dropOutChecks(table, models, published('drop-outs')),
      ...shiftCheck(table, models, published('single-shifts')),
      ...outOfSampleChecks(table, past, published('out-of-sample')),
    ]
  } finally {
    await pool.close()
  }
}

/** The table of a predictors file; a fault in it as a Problem with its line and column. */
export function readTable({ name, rows }: ReadFile): EwpTable {
  try {
    return readEwpTable(rows)
  } catch (error) {
    if (!(error instanceof TableFault)) throw error
    const { line, column } = error
    const reason = error.reason.replaceAll('-', '_')
    throw new Problem('risk.bad-row', { file: name, line, column, reason }, { cause: error })
  }
}

async function fit(pool: FitPool, table: EwpTable, task: ModelTask): Promise<FittedModel> {
  const { x, y } = trainingSet(table, task)
  const validation: CrossValidation = await pool.crossValidate(x, y, { seed: publishedSeed })
  return { task, validation, forecast: forecastWith(table, task, validation) }
}
