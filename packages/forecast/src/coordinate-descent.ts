import type { Quadratic } from './reweighting.ts'

/** One penalised quadratic problem; coefficients are standardised, the intercept is the last. */
export type Descent = {
  readonly quadratic: Quadratic
  readonly coefficients: Float64Array
  /** Places of the columns that ever moved, in the order they first did. */
  readonly entered: number[]
  readonly l1: number
  readonly l2: number
}

/** Moves one coefficient and keeps the gradient in step. */
function move({ quadratic, coefficients }: Descent, place: number, delta: number): void {
  const { size, gram, gradient } = quadratic
  coefficients[place] = (coefficients[place] as number) + delta
  const row = place * size
  for (let j = 0; j < size; j++) {
    gradient[j] = (gradient[j] as number) - delta * (gram[row + j] as number)
  }
}

/** Where soft-thresholding puts one coefficient with the others held (Friedman et al. 2010, eq. 10). */
function target({ quadratic, coefficients, l1, l2 }: Descent, place: number): number {
  const curvature = quadratic.gram[place * quadratic.size + place] as number
  const pull = (quadratic.gradient[place] as number) + curvature * (coefficients[place] as number)
  const excess = Math.abs(pull) - l1
  return excess > 0 ? (Math.sign(pull) * excess) / (curvature + l2) : 0
}

/** One sweep over the places and then the intercept; the largest curvature times squared change. */
function sweep(descent: Descent, places: ArrayLike<number>, count: number): number {
  const { quadratic, coefficients, entered } = descent
  const { size, gram, gradient } = quadratic
  let largest = 0
  for (let i = 0; i < count; i++) {
    const place = places[i] as number
    const before = coefficients[place] as number
    const after = target(descent, place)
    if (after === before) continue
    const delta = after - before
    move(descent, place, delta)
    coefficients[place] = after
    if (before === 0 && !entered.includes(place)) entered.push(place)
    largest = Math.max(largest, (gram[place * size + place] as number) * delta * delta)
  }
  const intercept = size - 1
  const curvature = gram[intercept * size + intercept] as number
  const delta = (gradient[intercept] as number) / curvature
  if (delta === 0) return largest
  move(descent, intercept, delta)
  return Math.max(largest, curvature * delta * delta)
}

/** Far beyond any path seen (a converged one takes 63,000 sweeps in all), yet over within seconds. */
const mostPasses = 1_000_000

/**
 * Cyclic coordinate descent: a sweep over all places, then sweeps over those that ever moved until
 * they settle, and again, until a whole sweep changes nothing above the threshold. Returns the number
 * of sweeps. The order of sweeps is part of a result that stops before the optimum. Throws a RangeError
 * when the sweeps do not settle.
 */
export function descend(descent: Descent, threshold: number): number {
  const all = Int32Array.from({ length: descent.quadratic.size - 1 }, (_, place) => place)
  let passes = 0
  while (passes < mostPasses) {
    passes += 1
    if (sweep(descent, all, all.length) < threshold) return passes
    do {
      passes += 1
    } while (
      sweep(descent, descent.entered, descent.entered.length) >= threshold &&
      passes < mostPasses
    )
  }
  throw new RangeError(`the coefficients do not settle within ${mostPasses} sweeps`)
}
