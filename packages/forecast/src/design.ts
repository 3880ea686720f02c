import { type Kernel, sharedKernel } from './kernel.ts'
import { columnOf, type Matrix } from './matrix.ts'
import type { RowGroups } from './row-groups.ts'

/**
 * The log-likelihood around the present coefficients: gradient and weighted sums of products
 * (row-major, `width` a row), by column number with the intercept last. Only the entries of the
 * columns it was filled for mean anything.
 */
export type Quadratic = {
  readonly width: number
  readonly gram: Float64Array
  readonly gradient: Float64Array
}

/**
 * A list of vectors in kernel memory and of the columns they stand for. Kept and filled again: this
 * happens 150 times a path, and garbage would cost more than sums.
 */
export type Operands = {
  readonly addresses: Int32Array
  readonly places: Int32Array
  count: number
}

/** The place of the residual, which is no column. */
export const residualPlace = -1

export function append(operands: Operands, address: number, place: number): void {
  operands.addresses[operands.count] = address
  operands.places[operands.count] = place
  operands.count += 1
}

/** Room for every column, the intercept and the residual. */
function operandsFor(columns: number): Operands {
  return { addresses: new Int32Array(columns + 2), places: new Int32Array(columns + 2), count: 0 }
}

/**
 * A standardised table in kernel memory. A fine column has one value a row, a coarse column one value
 * a group of rows. Column number `columns` is the intercept: a coarse column of ones.
 */
export type Design = {
  readonly kernel: Kernel
  readonly rows: number
  readonly groups: number
  readonly columns: number
  /** Counts rounded up to whole kernel steps; the values beyond the count are zero. */
  readonly rowSteps: number
  readonly groupSteps: number
  readonly isCoarse: Uint8Array
  /** 0 for columns that are constant over these rows: the model leaves them out. */
  readonly isUsable: Uint8Array
  readonly means: Float64Array
  readonly scales: Float64Array
  /** Byte address of each standardised column, and of the scratch copy of the same length. */
  readonly columnAt: Int32Array
  readonly scaledAt: Int32Array
  /** Byte address of each fine column's sums by group. */
  readonly summedAt: Int32Array
  readonly at: Addresses
  /** What the kernel wrote last at `at.results`. */
  readonly results: Float64Array
  readonly quadratic: Quadratic
  readonly left: Operands
  readonly right: Operands
  readonly summed: Operands
}

type Addresses = {
  readonly starts: number
  readonly outcome: number
  readonly weight: number
  readonly logOdds: number
  readonly probability: number
  readonly curvature: number
  readonly residual: number
  readonly groupLogOdds: number
  readonly groupCurvature: number
  readonly groupResidual: number
  readonly results: number
}

const resultDoubles = 16
const wholeSteps = (count: number) => Math.ceil(count / 4) * 4

/** Hands out parts of the kernel's memory, 16 bytes aligned. */
function allotter(): { take: (doubles: number) => number; used: () => number } {
  let next = 0
  return {
    take: (doubles) => {
      const address = next
      next += wholeSteps(doubles) * 8
      return address
    },
    used: () => next,
  }
}

function addresses(take: (doubles: number) => number, rows: number, groups: number): Addresses {
  return {
    starts: take(groups + 1),
    outcome: take(rows),
    weight: take(rows),
    logOdds: take(rows),
    probability: take(rows),
    curvature: take(rows),
    residual: take(rows),
    groupLogOdds: take(groups),
    groupCurvature: take(groups),
    groupResidual: take(groups),
    results: take(resultDoubles),
  }
}

/** The values at the listed rows, in that order, at the beginning of `room`. */
function pick(
  source: Float64Array,
  rows: Int32Array,
  room = new Float64Array(rows.length),
): Float64Array {
  const picked = room.subarray(0, rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = source[rows[i] as number] as number
  return picked
}

/** First position of each group, and the number of positions at the end. */
function groupStarts(group: Int32Array): Int32Array {
  const starts: number[] = []
  for (let i = 0; i < group.length; i++) {
    if (i === 0 || group[i] !== group[i - 1]) starts.push(i)
  }
  return Int32Array.from([...starts, group.length])
}

/** Sums of row values within each group. */
function groupTotals(values: Float64Array, starts: Int32Array): Float64Array {
  const totals = new Float64Array(starts.length - 1)
  for (let g = 0; g < totals.length; g++) {
    const end = starts[g + 1] as number
    for (let i = starts[g] as number; i < end; i++) {
      totals[g] = (totals[g] as number) + (values[i] as number)
    }
  }
  return totals
}

/** Weighted mean and population standard deviation; exactly 0 where all values are the same. */
function moments(values: Float64Array, weights: Float64Array): { mean: number; scale: number } {
  const first = values[0] as number
  let varies = false
  let mean = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    varies ||= value !== first
    mean += value * (weights[i] as number)
  }
  if (!varies) return { mean: first, scale: 0 }
  let variance = 0
  for (let i = 0; i < values.length; i++) {
    const distance = (values[i] as number) - mean
    variance += (weights[i] as number) * distance * distance
  }
  return { mean, scale: Math.sqrt(variance) }
}

/** Writes one standardised column; a constant one stays zero and unusable. */
function standardise(
  design: Design,
  column: number,
  values: Float64Array,
  weights: Float64Array,
): void {
  const { mean, scale } = moments(values, weights)
  design.means[column] = mean
  design.scales[column] = scale
  design.isUsable[column] = scale > 0 ? 1 : 0
  if (scale === 0) return
  const { doubles } = design.kernel
  const first = (design.columnAt[column] as number) / 8
  for (let i = 0; i < values.length; i++)
    doubles[first + i] = ((values[i] as number) - mean) / scale
}

/**
 * Lays out the rows of `groups` for the kernel and standardises every column over them. Weights are
 * given per row of the table and sum to 1 over the rows laid out. The kernel memory is shared: the
 * design serves until the next one is laid out.
 */
export function layOut(
  x: Matrix,
  y: Float64Array,
  groups: RowGroups,
  weights: Float64Array,
): Design {
  const rows = groups.order.length
  const starts = groupStarts(groups.group)
  const groupCount = starts.length - 1
  const isCoarse = new Uint8Array(x.columns + 1)
  for (const column of groups.coarse) isCoarse[column] = 1
  isCoarse[x.columns] = 1
  const { take, used } = allotter()
  const place = () => Int32Array.from(isCoarse, (coarse) => take(coarse === 1 ? groupCount : rows))
  const places = {
    columnAt: place(),
    scaledAt: place(),
    summedAt: Int32Array.from(isCoarse, (coarse) => take(coarse === 1 ? 0 : groupCount)),
    at: addresses(take, rows, groupCount),
  }
  const kernel = sharedKernel(used())
  const design: Design = {
    ...places,
    kernel,
    results: kernel.doubles.subarray(places.at.results / 8, places.at.results / 8 + resultDoubles),
    rows,
    groups: groupCount,
    columns: x.columns,
    rowSteps: wholeSteps(rows),
    groupSteps: wholeSteps(groupCount),
    isCoarse,
    isUsable: new Uint8Array(x.columns),
    means: new Float64Array(x.columns),
    scales: new Float64Array(x.columns),
    quadratic: {
      width: x.columns + 1,
      gram: new Float64Array((x.columns + 1) ** 2),
      gradient: new Float64Array(x.columns + 1),
    },
    left: operandsFor(x.columns),
    right: operandsFor(x.columns),
    summed: operandsFor(x.columns),
  }
  const rowWeights = pick(weights, groups.order)
  const groupWeights = groupTotals(rowWeights, starts)
  const firstRows = starts.subarray(0, groupCount).map((start) => groups.order[start] as number)
  kernel.doubles.fill(0, 0, used() / 8)
  kernel.integers.set(starts, design.at.starts >> 2)
  kernel.doubles.set(rowWeights, design.at.weight / 8)
  kernel.doubles.set(pick(y, groups.order), design.at.outcome / 8)
  const room = new Float64Array(rows)
  for (let column = 0; column < x.columns; column++) {
    const coarse = isCoarse[column] === 1
    const values = pick(columnOf(x, column), coarse ? firstRows : groups.order, room)
    standardise(design, column, values, coarse ? groupWeights : rowWeights)
  }
  const ones = (design.columnAt[x.columns] as number) / 8
  kernel.doubles.fill(1, ones, ones + groupCount)
  return design
}
