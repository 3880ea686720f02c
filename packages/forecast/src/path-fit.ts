import { descend } from './coordinate-descent.ts'
import { type Design, layOut } from './design.ts'
import type { ElasticNetOptions, Path } from './elastic-net.ts'
import { lambdaSequence, largestLambda, nameFirst } from './lambda.ts'
import type { Matrix } from './matrix.ts'
import { fillQuadratic, reweight, totalCurvature, writeGradients } from './reweighting.ts'
import type { RowGroups } from './row-groups.ts'

/** Which rows to fit, and how much each counts. */
export type Selection = {
  readonly groups: RowGroups
  readonly weights: Float64Array
  readonly lambdas?: Float64Array | undefined
}

const probabilityFloor = 1e-9
const logOddsLimit = Math.log(1 / probabilityFloor - 1)
const leastCurvature = probabilityFloor * (1 - probabilityFloor) * (1 + probabilityFloor)
const fewestLambdas = 5
const leastRise = 1e-5
const mostExplained = 0.999

/** What moves along a path. Coefficients are standardised, the intercept is the last. */
type State = {
  readonly design: Design
  readonly options: ElasticNetOptions
  /** Change, as curvature times its square, below which a sweep counts as settled. */
  readonly threshold: number
  readonly coefficients: Float64Array
  /** The coefficients before the last reweighting. */
  readonly before: Float64Array
  readonly gradients: Float64Array
  readonly isStrong: Uint8Array
  /** Columns that ever moved, in the order they first did. */
  readonly entered: number[]
  passes: number
}

/** Mean deviance / 2 at the present probabilities, which are held away from 0 and 1. */
function lossOf({ kernel, at, rows }: Design): number {
  const { doubles } = kernel
  const [outcome, weight, probability] = [at.outcome / 8, at.weight / 8, at.probability / 8]
  let sum = 0
  let product = 1
  let productWeight = doubles[weight] as number
  for (let i = 0; i < rows; i++) {
    const w = doubles[weight + i] as number
    // One logarithm for many rows of equal weight: the product of a few dozen chances stays exact.
    if (w !== productWeight || product < 1e-200) {
      sum -= productWeight * Math.log(product)
      product = 1
      productWeight = w
    }
    const q = doubles[probability + i] as number
    const chance = doubles[outcome + i] === 1 ? q : 1 - q
    product *= Math.min(Math.max(chance, probabilityFloor), 1 - probabilityFloor)
  }
  return sum - productWeight * Math.log(product)
}

function columnsWhere(state: State, strong: number): number[] {
  const { isStrong, design } = state
  const found: number[] = []
  for (let column = 0; column < design.columns; column++) {
    if (design.isUsable[column] === 1 && isStrong[column] === strong) found.push(column)
  }
  return found
}

/** Whether the last reweighting moved any coefficient by more than the threshold is worth. */
function hasMoved(state: State, strong: readonly number[], total: number): boolean {
  const { coefficients, before, threshold, design } = state
  const { width, gram } = design.quadratic
  const worth = (column: number, curvature: number) =>
    curvature * ((coefficients[column] as number) - (before[column] as number)) ** 2
  if (worth(design.columns, total) >= threshold) return true
  return strong.some(
    (column) => worth(column, gram[column * width + column] as number) >= threshold,
  )
}

/** Adds the columns whose gradient shows that the penalty does not hold them at zero. */
function admitViolators(state: State, lambda: number): boolean {
  const weak = columnsWhere(state, 0)
  writeGradients(state.design, weak, state.gradients)
  const bound = state.options.alpha * lambda
  const violators = weak.filter((column) => Math.abs(state.gradients[column] as number) > bound)
  for (const column of violators) state.isStrong[column] = 1
  return violators.length > 0
}

/** Fits one penalty from where the last one ended; false when all probabilities are 0 or 1. */
function fitLambda(state: State, lambda: number, previous: number): boolean {
  const { design, options } = state
  const bound = options.alpha * (2 * lambda - previous)
  for (const column of columnsWhere(state, 0)) {
    if (Math.abs(state.gradients[column] as number) > bound) state.isStrong[column] = 1
  }
  for (;;) {
    const listed = columnsWhere(state, 1)
    state.before.set(state.coefficients)
    fillQuadratic(design, listed)
    const { coefficients, entered } = state
    const { quadratic } = design
    const [l1, l2] = [options.alpha * lambda, (1 - options.alpha) * lambda]
    state.passes += descend({ quadratic, listed, coefficients, entered, l1, l2 }, state.threshold)
    reweight(design, coefficients, logOddsLimit)
    const total = totalCurvature(design)
    if (total <= leastCurvature) return false
    if (!hasMoved(state, listed, total) && !admitViolators(state, lambda)) return true
  }
}

/** The present model on the scale of the table. */
function original({ design, coefficients }: State): { intercept: number; slopes: Float64Array } {
  let intercept = coefficients[design.columns] as number
  const slopes = Float64Array.from(design.scales, (scale, column) => {
    const slope = scale > 0 ? (coefficients[column] as number) / scale : 0
    intercept -= slope * (design.means[column] as number)
    return slope
  })
  return { intercept, slopes }
}

function startState(design: Design, options: ElasticNetOptions, nullLoss: number): State {
  const state = {
    design,
    options,
    threshold: options.threshold * nullLoss,
    coefficients: new Float64Array(design.columns + 1),
    before: new Float64Array(design.columns + 1),
    gradients: new Float64Array(design.columns),
    isStrong: new Uint8Array(design.columns),
    entered: [],
    passes: 0,
  }
  return state
}

/** Total weight of the selected rows and the share of it with the outcome. */
function countOutcomes(
  y: Float64Array,
  groups: RowGroups,
  weights: Float64Array,
): { total: number; share: number } {
  let total = 0
  let ones = 0
  for (let i = 0; i < groups.order.length; i++) {
    const row = groups.order[i] as number
    const weight = weights[row] as number
    total += weight
    if (y[row] === 1) ones += weight
  }
  if (!(ones > 0 && ones < total)) throw new RangeError('the rows to fit hold one outcome only')
  return { total, share: ones / total }
}

/** Fits the path over the selected rows; throws a RangeError when they hold one outcome only. */
export function fitGroups(
  x: Matrix,
  y: Float64Array,
  { groups, weights, lambdas }: Selection,
  options: ElasticNetOptions,
): Path {
  const { total, share } = countOutcomes(y, groups, weights)
  const shares = new Float64Array(weights.length)
  for (let i = 0; i < shares.length; i++) shares[i] = (weights[i] as number) / total
  const design = layOut(x, y, groups, shares)
  const nullLogOdds = Math.log(share / (1 - share))
  const nullLoss = -(share * nullLogOdds + Math.log(1 - share))
  const state = startState(design, options, nullLoss)
  state.coefficients[design.columns] = nullLogOdds
  reweight(design, state.coefficients, logOddsLimit)
  writeGradients(design, columnsWhere(state, 0), state.gradients)
  const largest = largestLambda(state.gradients, options.alpha)
  const sequence = lambdas ?? lambdaSequence(largest, options.lambdaCount, options.lambdaRatio)

  const intercepts: number[] = []
  const coefficients: Float64Array[] = []
  const ratios: number[] = []
  for (const [index, lambda] of sequence.entries()) {
    const previous = sequence[index - 1] ?? 0
    if (!fitLambda(state, lambda, previous === Number.POSITIVE_INFINITY ? largest : previous)) break
    const { intercept, slopes } = original(state)
    intercepts.push(intercept)
    coefficients.push(slopes)
    ratios.push((nullLoss - lossOf(design)) / nullLoss)
    if (lambdas === undefined && endsPath(ratios)) break
  }
  return {
    lambdas: nameFirst(sequence.slice(0, coefficients.length)),
    intercepts: Float64Array.from(intercepts),
    coefficients,
    devianceRatios: Float64Array.from(ratios),
    nullDeviance: 2 * total * nullLoss,
    passes: state.passes,
  }
}

/** A path ends when a smaller penalty explains hardly more, or nearly everything is explained. */
function endsPath(ratios: readonly number[]): boolean {
  if (ratios.length < fewestLambdas) return false
  const [before, last] = ratios.slice(-2) as [number, number]
  return last - before < leastRise || last > mostExplained
}
