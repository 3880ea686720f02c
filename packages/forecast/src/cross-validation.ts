import {
  completeOptions,
  type ElasticNetOptions,
  type Path,
  requireFittable,
} from './elastic-net.ts'
import { interpolate } from './lambda.ts'
import { logOdds, type Matrix } from './matrix.ts'
import { assignFolds } from './mersenne-twister.ts'
import { fitGroups } from './path-fit.ts'
import { groupRows, keepRows, type RowGroups } from './row-groups.ts'

export type CrossValidationOptions = Partial<ElasticNetOptions> & {
  readonly folds?: number
  /** Seed of R's random stream, from which the folds are drawn. */
  readonly seed: number
}

/** Everything the fits of one cross-validation share; plain data that a worker can be sent. */
export type CrossValidationPlan = {
  readonly x: Matrix
  readonly y: Float64Array
  readonly options: ElasticNetOptions
  readonly foldCount: number
  /** Fold 1 .. foldCount of each row. */
  readonly folds: Uint8Array
  readonly groups: RowGroups
}

/** One fit: fold 0 is the model of all rows, fold k the model of the rows outside fold k. */
export type FoldTask = { readonly fold: number }
export type FoldResult = { readonly fold: number; readonly path: Path }

export type CrossValidation = {
  readonly path: Path
  readonly folds: Uint8Array
  /** Mean and standard error of the binomial deviance per row, by penalty. */
  readonly cvm: Float64Array
  readonly cvsd: Float64Array
  /** The penalty with the least mean deviance, as its place in the path (from 0). */
  readonly indexMin: number
  /** The largest penalty within one standard error of the least. */
  readonly index1se: number
  readonly lambdaMin: number
  readonly lambda1se: number
}

const chanceFloor = 1e-5

/** Draws the folds and orders the rows once for all fits. Throws a RangeError for unfit input. */
export function planCrossValidation(
  x: Matrix,
  y: Float64Array,
  { folds = 10, seed, ...options }: CrossValidationOptions,
): CrossValidationPlan {
  requireFittable(x, y)
  return {
    x,
    y,
    options: completeOptions(options),
    foldCount: folds,
    folds: assignFolds(x.rows, folds, seed),
    groups: groupRows(x),
  }
}

/** The fits of a plan, in any order and on any machine. */
export function foldTasks(plan: CrossValidationPlan): FoldTask[] {
  return Array.from({ length: plan.foldCount + 1 }, (_, fold) => ({ fold }))
}

/** Fits one task of a plan; the outcome does not depend on what else was fitted. */
export function fitFold(plan: CrossValidationPlan, { fold }: FoldTask): FoldResult {
  const weights = new Float64Array(plan.x.rows).fill(1)
  const groups = fold === 0 ? plan.groups : keepRows(plan.groups, (row) => plan.folds[row] !== fold)
  return { fold, path: fitGroups(plan.x, plan.y, { groups, weights }, plan.options) }
}

/** The rows of one fold as a table of their own. */
function heldOut(
  { x, y, folds }: CrossValidationPlan,
  fold: number,
): { x: Matrix; y: Float64Array } {
  const rows: number[] = []
  folds.forEach((assigned, row) => {
    if (assigned === fold) rows.push(row)
  })
  const values = new Float64Array(rows.length * x.columns)
  for (let j = 0; j < x.columns; j++) {
    for (let i = 0; i < rows.length; i++) {
      values[j * rows.length + i] = x.values[j * x.rows + (rows[i] as number)] as number
    }
  }
  return {
    x: { rows: rows.length, columns: x.columns, values },
    y: Float64Array.from(rows, (row) => y[row] as number),
  }
}

/** Mean binomial deviance of a model on held-out rows, chances held within 1e-5 .. 1 - 1e-5. */
function deviance(logOddsOfRows: Float64Array, y: Float64Array): number {
  let logarithms = 0
  let product = 1
  for (let i = 0; i < y.length; i++) {
    const value = logOddsOfRows[i] as number
    const chance = 1 / (1 + Math.exp(y[i] === 1 ? -value : value))
    product *= Math.min(Math.max(chance, chanceFloor), 1 - chanceFloor)
    // One logarithm for many rows: a product of a few dozen chances is as exact as their sum.
    if (product < 1e-200) {
      logarithms += Math.log(product)
      product = 1
    }
  }
  return (-2 * (logarithms + Math.log(product))) / y.length
}

/** Deviance of one fold's rows at each penalty of the main path, by interpolating the fold's path. */
function foldDeviances(
  plan: CrossValidationPlan,
  { fold, path }: FoldResult,
  lambdas: Float64Array,
): { rows: number; means: Float64Array } {
  const { x, y } = heldOut(plan, fold)
  const sums = new Float64Array(x.rows)
  const slopes = new Float64Array(x.columns)
  const means = interpolate(path.lambdas, lambdas).map(({ left, right, share }) => {
    const [from, to] = [path.coefficients[left], path.coefficients[right]]
    for (let j = 0; j < slopes.length; j++) {
      slopes[j] = (from?.[j] ?? 0) * share + (to?.[j] ?? 0) * (1 - share)
    }
    const [low, high] = [path.intercepts[left] ?? 0, path.intercepts[right] ?? 0]
    return deviance(logOdds(x, low * share + high * (1 - share), slopes, sums), y)
  })
  return { rows: y.length, means: Float64Array.from(means) }
}

/**
 * Joins the fits of a plan into its cross-validation. Results may come in any order; a missing or
 * repeated one throws a RangeError.
 */
export function assemble(
  plan: CrossValidationPlan,
  results: readonly FoldResult[],
): CrossValidation {
  const sorted = results.toSorted((a, b) => a.fold - b.fold)
  const [main, ...others] = sorted
  if (
    main === undefined ||
    others.length !== plan.foldCount ||
    sorted.some(({ fold }, index) => fold !== index)
  ) {
    throw new RangeError('the results are not one for each fit of the plan')
  }
  const { lambdas } = main.path
  const folds = others.map((result) => foldDeviances(plan, result, lambdas))
  const average = (of: (fold: (typeof folds)[number]) => number) =>
    folds.reduce((sum, fold) => sum + fold.rows * of(fold), 0) / plan.x.rows
  const cvm = lambdas.map((_, i) => average(({ means }) => means[i] as number))
  const cvsd = cvm.map((mean, i) => {
    const spread = average(({ means }) => ((means[i] as number) - mean) ** 2)
    return Math.sqrt(spread / (plan.foldCount - 1))
  })
  const indexMin = cvm.indexOf(Math.min(...cvm))
  const bound = (cvm[indexMin] as number) + (cvsd[indexMin] as number)
  const index1se = cvm.findIndex((mean) => mean <= bound)
  return {
    path: main.path,
    folds: plan.folds,
    cvm,
    cvsd,
    indexMin,
    index1se,
    lambdaMin: lambdas[indexMin] as number,
    lambda1se: lambdas[index1se] as number,
  }
}

/** Chooses the penalty by cross-validation on random folds, all fits in this thread. */
export function crossValidate(
  x: Matrix,
  y: Float64Array,
  options: CrossValidationOptions,
): CrossValidation {
  const plan = planCrossValidation(x, y, options)
  return assemble(
    plan,
    foldTasks(plan).map((task) => fitFold(plan, task)),
  )
}
