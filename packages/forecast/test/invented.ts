import fc from 'fast-check'
import type { Path } from '../src/elastic-net.ts'
import { columnOf, logOdds, type Matrix } from '../src/matrix.ts'
import { MersenneTwister } from '../src/mersenne-twister.ts'

export type Problem = { readonly x: Matrix; readonly y: Float64Array }

/**
 * A table in kind like the real one: measured columns, yes-or-no columns and an outcome that leans on
 * the first of each. Both outcomes occur.
 */
export function invented(seed: number, rows: number, measured: number, yesOrNo: number): Problem {
  const random = new MersenneTwister(seed)
  const columns = measured + yesOrNo
  const values = new Float64Array(rows * columns).map((_, at) => {
    const drawn = random.uniform()
    return at < measured * rows ? 10 * drawn - 3 : Math.round(drawn)
  })
  const y = new Float64Array(rows).map((_, row) => {
    const lean = ((values[row] ?? 0) - 2) / 2 + (values[measured * rows + row] ?? 0)
    return random.uniform() < 1 / (1 + Math.exp(-lean)) ? 1 : 0
  })
  y[0] = 0
  y[1] = 1
  return { x: { rows, columns, values }, y }
}

/** Such tables of many shapes, with and without columns that let rows be grouped. */
export const problems: fc.Arbitrary<Problem> = fc
  .record({
    seed: fc.nat(1_000_000),
    rows: fc.integer({ min: 30, max: 200 }),
    measured: fc.integer({ min: 1, max: 5 }),
    yesOrNo: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ seed, rows, measured, yesOrNo }) => invented(seed, rows, measured, yesOrNo))

type Scaled = { readonly column: Float64Array; readonly mean: number; readonly scale: number }

function standardised({ x }: Problem, weights: Float64Array, j: number): Scaled {
  const column = columnOf(x, j)
  const average = (of: (value: number) => number) =>
    column.reduce((sum, value, i) => sum + (weights[i] ?? 0) * of(value), 0)
  const mean = average((value) => value)
  const scale = Math.sqrt(average((value) => (value - mean) ** 2))
  return { column: column.map((value) => (scale > 0 ? (value - mean) / scale : 0)), mean, scale }
}

/**
 * The largest violation of the conditions of the optimum (Karush-Kuhn-Tucker) for one model of a
 * path: gradient of the mean log-likelihood against the penalty, standardised columns.
 */
export function violation(
  problem: Problem,
  path: Path,
  index: number,
  alpha: number,
  weights?: Float64Array,
): number {
  const { x, y } = problem
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? x.rows
  const shares = new Float64Array(x.rows).map((_, i) => (weights?.[i] ?? 1) / total)
  const lambda = path.lambdas[index] ?? 0
  const scaled = Array.from({ length: x.columns }, (_, j) => standardised(problem, shares, j))
  const slopes = path.coefficients[index] ?? new Float64Array()
  // Around the means the large values of a year squared do not drown the residual.
  const centred = scaled.reduce(
    (sum, { mean }, j) => sum + (slopes[j] ?? 0) * mean,
    path.intercepts[index] ?? 0,
  )
  const matrix = { ...x, values: Float64Array.from(scaled.flatMap(({ column }) => [...column])) }
  const odds = logOdds(
    matrix,
    centred,
    slopes.map((slope, j) => slope * (scaled[j]?.scale ?? 0)),
  )
  const residuals = odds.map(
    (value, i) => (shares[i] ?? 0) * ((y[i] ?? 0) - 1 / (1 + Math.exp(-value))),
  )
  const violations = scaled.map(({ column, scale }, j) => {
    const gradient = column.reduce((sum, value, i) => sum + value * (residuals[i] ?? 0), 0)
    const slope = (slopes[j] ?? 0) * scale
    if (slope === 0) return Math.max(0, Math.abs(gradient) - alpha * lambda)
    return Math.abs(gradient - (1 - alpha) * lambda * slope - alpha * lambda * Math.sign(slope))
  })
  return Math.max(Math.abs(residuals.reduce((sum, value) => sum + value, 0)), ...violations)
}
