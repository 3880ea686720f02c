import type { Matrix } from './matrix.ts'
import { fitGroups } from './path-fit.ts'
import { groupRows, keepRows } from './row-groups.ts'

export type ElasticNetOptions = {
  /** Share of the absolute penalty: 1 is the lasso, 0 ridge. */
  readonly alpha: number
  readonly lambdaCount: number
  /** Smallest penalty of the sequence as a share of the largest. */
  readonly lambdaRatio: number
  /** Sweeps stop when no change is worth more than this share of the null deviance per row. */
  readonly threshold: number
  /** `peer` stops where the published analysis stops; `converged` goes on to the optimum. */
  readonly mode: 'peer' | 'converged'
}

/** The models along a sequence of penalties, on the scale of the given table. */
export type Path = {
  readonly lambdas: Float64Array
  readonly intercepts: Float64Array
  /** Per penalty, one coefficient a column. */
  readonly coefficients: readonly Float64Array[]
  /** Share of the null deviance explained, per penalty. */
  readonly devianceRatios: Float64Array
  readonly nullDeviance: number
  /** Sweeps over the coefficients in all. */
  readonly passes: number
}

/** At 1e-20 the conditions of the optimum hold to 1e-11; at R's strictest usual 1e-14 only to 5e-9. */
const thresholds = { peer: 1e-7, converged: 1e-20 } as const

/** The published analysis' settings where nothing else is asked for. */
export function completeOptions(options: Partial<ElasticNetOptions> = {}): ElasticNetOptions {
  const mode = options.mode ?? 'peer'
  const complete = {
    alpha: 0.5,
    lambdaCount: 100,
    lambdaRatio: 1e-4,
    threshold: thresholds[mode],
    ...options,
    mode,
  }
  const { alpha, lambdaCount, lambdaRatio, threshold } = complete
  if (!(alpha >= 0 && alpha <= 1)) throw new RangeError(`alpha lies in 0 .. 1, not ${alpha}`)
  if (!Number.isInteger(lambdaCount) || lambdaCount < 3) {
    throw new RangeError(`a path has three penalties or more, not ${lambdaCount}`)
  }
  if (!(lambdaRatio > 0 && lambdaRatio < 1)) {
    throw new RangeError(`the ratio of penalties lies between 0 and 1, not ${lambdaRatio}`)
  }
  if (!(threshold > 0)) throw new RangeError(`the threshold is above 0, not ${threshold}`)
  return complete
}

/** Refuses a table and outcomes that no model can be fitted to, saying where they are wrong. */
export function requireFittable(x: Matrix, y: Float64Array): void {
  if (x.values.length !== x.rows * x.columns || y.length !== x.rows) {
    throw new RangeError(
      `${x.rows} rows by ${x.columns} columns do not fit ${x.values.length} values and ${y.length} outcomes`,
    )
  }
  for (let at = 0; at < x.values.length; at++) {
    if (!Number.isFinite(x.values[at])) {
      const column = Math.floor(at / x.rows)
      throw new RangeError(`row ${at % x.rows}, column ${column} holds no finite number`)
    }
  }
  const row = y.findIndex((value) => value !== 0 && value !== 1)
  if (row !== -1) throw new RangeError(`row ${row} has the outcome ${y[row]}, not 0 or 1`)
}

/**
 * Logistic regression with the elastic-net penalty along a sequence of penalties (Friedman, Hastie
 * and Tibshirani 2010; strong rules: Tibshirani et al. 2012). `y` holds 0 and 1; given `lambdas` descend;
 * `weights` (one a row, not negative) default to 1. Throws a RangeError for input it cannot fit.
 */
export function fitPath(
  x: Matrix,
  y: Float64Array,
  options: Partial<ElasticNetOptions> = {},
  lambdas?: Float64Array,
  weights?: Float64Array,
): Path {
  requireFittable(x, y)
  const rowWeights = weights ?? new Float64Array(x.rows).fill(1)
  if (rowWeights.length !== x.rows || !rowWeights.every((weight) => weight >= 0)) {
    throw new RangeError('weights are one a row and not negative')
  }
  const groups = keepRows(groupRows(x), (row) => (rowWeights[row] as number) > 0)
  return fitGroups(x, y, { groups, weights: rowWeights, lambdas }, completeOptions(options))
}
