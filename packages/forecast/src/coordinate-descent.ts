import type { Quadratic } from './design.ts'

/** One penalised quadratic problem; coefficients are standardised, the intercept is the last. */
export type Descent = {
  readonly quadratic: Quadratic
  /** The columns that may move. */
  readonly listed: readonly number[]
  readonly coefficients: Float64Array
  /** Columns that ever moved, in the order they first did. */
  readonly entered: number[]
  readonly l1: number
  readonly l2: number
}

/** Far beyond any path seen (a converged one takes 63,000 sweeps in all), yet over within seconds. */
const mostPasses = 1_000_000

/** Where soft-thresholding puts one coefficient with the others held (Friedman et al. 2010, eq. 10). */
function target(descent: Descent, column: number): number {
  const { quadratic, coefficients, l1, l2 } = descent
  const curvature = quadratic.gram[column * quadratic.width + column] as number
  const held = coefficients[column] as number
  const pull = (quadratic.gradient[column] as number) + curvature * held
  const excess = Math.abs(pull) - l1
  return excess > 0 ? (Math.sign(pull) * excess) / (curvature + l2) : 0
}

/** Keeps the gradient in step with a coefficient that moved. */
function follow({ quadratic, listed }: Descent, column: number, delta: number): void {
  const { width, gram, gradient } = quadratic
  const row = column * width
  const intercept = width - 1
  for (let i = 0; i < listed.length; i++) {
    const other = listed[i] as number
    gradient[other] = (gradient[other] as number) - delta * (gram[row + other] as number)
  }
  gradient[intercept] = (gradient[intercept] as number) - delta * (gram[row + intercept] as number)
}

/** One sweep over the columns and then the intercept; the largest curvature times squared change. */
function sweep(descent: Descent, columns: readonly number[]): number {
  const { quadratic, coefficients, entered } = descent
  const { width, gram, gradient } = quadratic
  let largest = 0
  // Columns that enter in this sweep come last in a sweep over those that ever moved: not now.
  const count = columns.length
  for (let i = 0; i < count; i++) {
    const column = columns[i] as number
    const before = coefficients[column] as number
    const after = target(descent, column)
    if (after === before) continue
    const delta = after - before
    coefficients[column] = after
    follow(descent, column, delta)
    if (before === 0 && !entered.includes(column)) entered.push(column)
    largest = Math.max(largest, (gram[column * width + column] as number) * delta * delta)
  }
  const intercept = width - 1
  const curvature = gram[intercept * width + intercept] as number
  const delta = (gradient[intercept] as number) / curvature
  if (delta === 0) return largest
  coefficients[intercept] = (coefficients[intercept] as number) + delta
  follow(descent, intercept, delta)
  return Math.max(largest, curvature * delta * delta)
}

/**
 * Cyclic coordinate descent: a sweep over all listed columns, then sweeps over those that ever moved
 * until they settle, and again, until a whole sweep changes nothing above the threshold. Returns the
 * number of sweeps. The order of sweeps is part of a result that stops before the optimum. Throws a
 * RangeError when the sweeps do not settle.
 */
export function descend(descent: Descent, threshold: number): number {
  let passes = 0
  while (passes < mostPasses) {
    passes += 1
    if (sweep(descent, descent.listed) < threshold) return passes
    do {
      passes += 1
    } while (sweep(descent, descent.entered) >= threshold && passes < mostPasses)
  }
  throw new RangeError(`the coefficients do not settle within ${mostPasses} sweeps`)
}
