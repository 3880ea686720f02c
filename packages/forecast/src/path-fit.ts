import { descend } from './coordinate-descent.ts'
import { type Design, layOut } from './design.ts'
import type { ElasticNetOptions, Path } from './elastic-net.ts'
import { lambdaSequence, largestLambda, nameFirst } from './lambda.ts'
import type { Matrix } from './matrix.ts'
import { quadraticOf, reweight, totalCurvature, writeGradients } from './reweighting.ts'
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
  const found: number[] = []
  state.design.isUsable.forEach((usable, column) => {
    if (usable === 1 && state.isStrong[column] === strong) found.push(column)
  })
  return found
}

/** Minimises the quadratic model at the present coefficients over the strong columns. */
function solveQuadratic(state: State, strong: readonly number[], lambda: number): Float64Array {
  const { design, options, coefficients } = state
  const places = [...strong, design.columns]
  const quadratic = quadraticOf(design, strong)
  const descent = {
    quadratic,
    coefficients: Float64Array.from(places, (column) => coefficients[column] as number),
    entered: state.entered.map((column) => strong.indexOf(column)),
    l1: options.alpha * lambda,
    l2: (1 - options.alpha) * lambda,
  }
  const known = descent.entered.length
  state.passes += descend(descent, state.threshold)
  for (const place of descent.entered.slice(known)) state.entered.push(strong[place] as number)
  const curvatures = new Float64Array(design.columns + 1)
  places.forEach((column, place) => {
    coefficients[column] = descent.coefficients[place] as number
    curvatures[column] = quadratic.gram[place * quadratic.size + place] as number
  })
  return curvatures
}

/** Whether the last reweighting moved any coefficient by more than the threshold is worth. */
function hasMoved(state: State, before: Float64Array, curvatures: Float64Array): boolean {
  return state.coefficients.some((value, column) => {
    const change = value - (before[column] as number)
    return (curvatures[column] as number) * change * change >= state.threshold
  })
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
    const before = state.coefficients.slice()
    const curvatures = solveQuadratic(state, columnsWhere(state, 1), lambda)
    reweight(design, state.coefficients, logOddsLimit)
    const total = totalCurvature(design)
    if (total <= leastCurvature) return false
    curvatures[design.columns] = total
    if (!hasMoved(state, before, curvatures) && !admitViolators(state, lambda)) return true
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
    gradients: new Float64Array(design.columns),
    isStrong: new Uint8Array(design.columns),
    entered: [],
    passes: 0,
  }
  return state
}

/** Fits the path over the selected rows; throws a RangeError when they hold one outcome only. */
export function fitGroups(
  x: Matrix,
  y: Float64Array,
  { groups, weights, lambdas }: Selection,
  options: ElasticNetOptions,
): Path {
  const total = groups.order.reduce((sum, row) => sum + (weights[row] as number), 0)
  const shares = weights.map((weight) => weight / total)
  const share = groups.order.reduce(
    (sum, row) => sum + (shares[row] as number) * (y[row] as number),
    0,
  )
  if (!groups.order.some((row) => y[row] === 1) || !groups.order.some((row) => y[row] === 0)) {
    throw new RangeError('the rows to fit hold one outcome only')
  }
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
