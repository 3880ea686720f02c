import { append, type Design, type Operands, residualPlace } from './design.ts'

/** The item at this place, or the last one: work comes in threes, and the rest is filled up. */
function at({ addresses, count }: Operands, index: number): number {
  return addresses[Math.min(index, count - 1)] as number
}

/** Copies the results of one tile to their places. */
function writeTile(design: Design, row: number, column: number): void {
  const { results, quadratic, left, right } = design
  const { width, gram, gradient } = quadratic
  const rows = Math.min(3, left.count - row)
  const columns = Math.min(3, right.count - column)
  for (let i = 0; i < rows; i++) {
    const place = left.places[row + i] as number
    for (let j = 0; j < columns; j++) {
      const other = right.places[column + j] as number
      const value = results[3 * i + j] as number
      if (place === residualPlace) gradient[other] = value
      else {
        gram[place * width + other] = value
        gram[other * width + place] = value
      }
    }
  }
}

/**
 * Sums of products of every left with every right vector. The lefts begin with the scaled rights in
 * the same order, so tiles wholly below the diagonal of that part repeat others and are left out.
 */
function multiplyAll(design: Design, count: number): void {
  const { kernel, left, right } = design
  const out = design.at.results
  for (let row = 0; row < left.count; row += 3) {
    const a0 = at(left, row)
    const a1 = at(left, row + 1)
    const a2 = at(left, row + 2)
    const firstColumn = row + 2 < right.count ? row : 0
    for (let column = firstColumn; column < right.count; column += 3) {
      kernel.tile(
        a0,
        a1,
        a2,
        at(right, column),
        at(right, column + 1),
        at(right, column + 2),
        count,
        out,
      )
      writeTile(design, row, column)
    }
  }
}

/** Sums the first `count` row vectors within each group of rows. */
function sumByGroup(design: Design, from: Operands, to: Operands): void {
  const { kernel, groups } = design
  for (let i = 0; i < from.count; i += 3) {
    kernel.groupSums(
      at(from, i),
      at(from, i + 1),
      at(from, i + 2),
      design.at.starts,
      groups,
      at(to, i),
      at(to, i + 1),
      at(to, i + 2),
    )
  }
}

/** Lists the coarse or the fine ones of these columns, and scales them by the curvature. */
function scaleColumns(design: Design, listed: readonly number[], coarse: number): void {
  const { kernel, left, right, columnAt, scaledAt, isCoarse } = design
  const by = coarse === 1 ? design.at.groupCurvature : design.at.curvature
  const count = coarse === 1 ? design.groupSteps : design.rowSteps
  left.count = 0
  right.count = 0
  for (const column of listed) {
    if (isCoarse[column] !== coarse) continue
    const address = columnAt[column] as number
    const scaled = scaledAt[column] as number
    kernel.scale(by, address, count, scaled)
    append(right, address, column)
    append(left, scaled, column)
  }
}

/** What the fine columns among the listed add; lists their group sums for the coarse ones. */
function multiplyFine(design: Design, listed: readonly number[]): void {
  const { left, summed, summedAt } = design
  scaleColumns(design, listed, 0)
  summed.count = 0
  for (let i = 0; i < left.count; i++) {
    const column = left.places[i] as number
    append(summed, summedAt[column] as number, column)
  }
  sumByGroup(design, left, summed)
  append(left, design.at.residual, residualPlace)
  multiplyAll(design, design.rowSteps)
}

/** What the coarse columns among the listed and the intercept add, also with the fine ones. */
function multiplyCoarse(design: Design, listed: readonly number[]): void {
  const { left, right, summed, columns, columnAt } = design
  scaleColumns(design, listed, 1)
  append(right, columnAt[columns] as number, columns)
  append(left, design.at.groupCurvature, columns)
  for (let i = 0; i < summed.count; i++) {
    append(left, summed.addresses[i] as number, summed.places[i] as number)
  }
  append(left, design.at.groupResidual, residualPlace)
  multiplyAll(design, design.groupSteps)
}

/** Fills the design's quadratic for the listed columns and the intercept, at the present coefficients. */
export function fillQuadratic(design: Design, listed: readonly number[]): void {
  multiplyFine(design, listed)
  multiplyCoarse(design, listed)
}

/** Gradient of the mean log-likelihood for the listed columns, written by column number. */
export function writeGradients(
  design: Design,
  listed: readonly number[],
  gradients: Float64Array,
): void {
  const { residual, groupResidual } = design.at
  writeStrips(design, listed, gradients, { coarse: 0, residual, count: design.rowSteps })
  const groupwise = { coarse: 1, residual: groupResidual, count: design.groupSteps }
  writeStrips(design, listed, gradients, groupwise)
}

function writeStrips(
  design: Design,
  listed: readonly number[],
  gradients: Float64Array,
  { coarse, residual, count }: { coarse: number; residual: number; count: number },
): void {
  const { left, results } = design
  left.count = 0
  for (const column of listed) {
    if (design.isCoarse[column] === coarse) append(left, design.columnAt[column] as number, column)
  }
  const out = design.at.results
  for (let i = 0; i < left.count; i += 3) {
    design.kernel.strip(at(left, i), at(left, i + 1), at(left, i + 2), residual, count, out)
    const filled = Math.min(3, left.count - i)
    for (let j = 0; j < filled; j++) gradients[left.places[i + j] as number] = results[j] as number
  }
}

/** Adds the columns' share to log-odds that are held by row (fine columns) or by group (coarse). */
function addColumns(
  design: Design,
  coefficients: Float64Array,
  coarse: number,
  target: number,
  count: number,
): void {
  const { kernel, left } = design
  left.count = 0
  for (let column = 0; column < design.columns; column++) {
    if (coefficients[column] === 0 || design.isCoarse[column] !== coarse) continue
    append(left, design.columnAt[column] as number, column)
  }
  const factor = (i: number) =>
    i < left.count ? (coefficients[left.places[i] as number] as number) : 0
  for (let i = 0; i < left.count; i += 3) {
    kernel.combine(
      factor(i),
      factor(i + 1),
      factor(i + 2),
      at(left, i),
      at(left, i + 1),
      at(left, i + 2),
      count,
      target,
    )
  }
}

/**
 * Recomputes log-odds, probability, curvature and residual for these standardised coefficients
 * (the intercept is the last); `limit` is the log-odds beyond which a probability counts as 0 or 1.
 */
export function reweight(design: Design, coefficients: Float64Array, limit: number): void {
  const { kernel, groups, at: places } = design
  const first = places.groupLogOdds / 8
  kernel.doubles.fill(coefficients[design.columns] as number, first, first + groups)
  addColumns(design, coefficients, 1, places.groupLogOdds, design.groupSteps)
  kernel.spread(places.groupLogOdds, places.starts, groups, places.logOdds)
  addColumns(design, coefficients, 0, places.logOdds, design.rowSteps)
  kernel.logistic(
    places.logOdds,
    places.outcome,
    places.weight,
    design.rowSteps,
    limit,
    places.probability,
    places.curvature,
    places.residual,
  )
  kernel.groupSums(
    places.curvature,
    places.residual,
    places.residual,
    places.starts,
    groups,
    places.groupCurvature,
    places.groupResidual,
    places.groupResidual,
  )
}

/** Sum of the curvatures over all rows. */
export function totalCurvature(design: Design): number {
  const first = design.at.groupCurvature / 8
  let sum = 0
  for (let g = 0; g < design.groups; g++) sum += design.kernel.doubles[first + g] as number
  return sum
}
