import type { Design } from './design.ts'

/**
 * The log-likelihood around the present coefficients: for the listed columns and, last, the
 * intercept, the gradient and the matrix of weighted sums of products (row-major, size * size).
 */
export type Quadratic = {
  readonly size: number
  readonly gram: Float64Array
  readonly gradient: Float64Array
}

/** A vector in kernel memory and its place in the quadratic; place -1 is the residual. */
type Operand = { readonly address: number; readonly place: number }

const residualPlace = -1

/** Calls back with addresses in threes; the last ones are repeated to fill up. */
function inThrees<T>(items: readonly T[], use: (a: T, b: T, c: T, first: number) => void): void {
  for (let i = 0; i < items.length; i += 3) {
    const a = items[i] as T
    const b = items[i + 1] ?? a
    use(a, b, items[i + 2] ?? b, i)
  }
}

function write(quadratic: Quadratic, left: Operand, right: Operand, value: number): void {
  const { size, gram, gradient } = quadratic
  if (left.place === residualPlace) {
    gradient[right.place] = value
    return
  }
  gram[left.place * size + right.place] = value
  gram[right.place * size + left.place] = value
}

/**
 * Sums of products of every left with every right vector. The lefts begin with the scaled rights in
 * the same order, so tiles wholly below the diagonal of that part repeat others and are left out.
 */
function multiplyAll(
  design: Design,
  left: readonly Operand[],
  right: readonly Operand[],
  count: number,
  into: Quadratic,
): void {
  const { kernel, at } = design
  const first = at.results / 8
  inThrees(left, (a0, a1, a2, row) => {
    inThrees(right, (b0, b1, b2, column) => {
      if (row > column && row + 2 < right.length) return
      const [x, y] = [
        [a0, a1, a2],
        [b0, b1, b2],
      ] as const
      kernel.tile(
        a0.address,
        a1.address,
        a2.address,
        b0.address,
        b1.address,
        b2.address,
        count,
        at.results,
      )
      for (let slot = 0; slot < 9; slot++) {
        const value = kernel.doubles[first + slot] as number
        write(into, x[Math.floor(slot / 3)] as Operand, y[slot % 3] as Operand, value)
      }
    })
  })
}

/** Sums the given row vectors within each group of rows. */
function sumByGroup(design: Design, sources: readonly { from: number; to: number }[]): void {
  const { kernel, at, groups } = design
  inThrees(sources, (a, b, c) => {
    kernel.groupSums(a.from, b.from, c.from, at.starts, groups, a.to, b.to, c.to)
  })
}

/** Gradient and weighted products of the listed columns at the present curvature and residual. */
export function quadraticOf(design: Design, listed: readonly number[]): Quadratic {
  const { kernel, at, columns, columnAt, scaledAt, summedAt } = design
  const size = listed.length + 1
  const into = { size, gram: new Float64Array(size * size), gradient: new Float64Array(size) }
  const operands = (addresses: Int32Array, coarse: boolean) =>
    listed.flatMap((column, place) =>
      (design.isCoarse[column] === 1) === coarse
        ? [{ address: addresses[column] as number, place }]
        : [],
    )
  const fine = operands(columnAt, false)
  const fineScaled = operands(scaledAt, false)
  const fineSummed = operands(summedAt, false)
  fine.forEach(({ address }, i) => {
    kernel.scale(at.curvature, address, design.rowSteps, (fineScaled[i] as Operand).address)
  })
  const residual = { address: at.residual, place: residualPlace }
  multiplyAll(design, [...fineScaled, residual], fine, design.rowSteps, into)
  sumByGroup(
    design,
    fineScaled.map(({ address }, i) => ({ from: address, to: (fineSummed[i] as Operand).address })),
  )
  const coarse = operands(columnAt, true)
  const coarseScaled = operands(scaledAt, true)
  coarse.forEach(({ address }, i) => {
    kernel.scale(
      at.groupCurvature,
      address,
      design.groupSteps,
      (coarseScaled[i] as Operand).address,
    )
  })
  const intercept = { address: columnAt[columns] as number, place: size - 1 }
  const left = [
    ...coarseScaled,
    { address: at.groupCurvature, place: size - 1 },
    ...fineSummed,
    { address: at.groupResidual, place: residualPlace },
  ]
  multiplyAll(design, left, [...coarse, intercept], design.groupSteps, into)
  return into
}

/** Gradient of the mean log-likelihood for the listed columns, written by column number. */
export function writeGradients(
  design: Design,
  listed: readonly number[],
  gradients: Float64Array,
): void {
  const { kernel, at } = design
  const strips = (coarse: number, residual: number, count: number) => {
    const some = listed.filter((column) => design.isCoarse[column] === coarse)
    inThrees(some, (a, b, c) => {
      const [a0, a1, a2] = [a, b, c].map((column) => design.columnAt[column] as number)
      kernel.strip(a0 as number, a1 as number, a2 as number, residual, count, at.results)
      ;[a, b, c].forEach((column, slot) => {
        gradients[column] = kernel.doubles[at.results / 8 + slot] as number
      })
    })
  }
  strips(0, at.residual, design.rowSteps)
  strips(1, at.groupResidual, design.groupSteps)
}

/** Adds the columns' share to log-odds that are held by row (fine columns) or by group (coarse). */
function addColumns(
  design: Design,
  coefficients: Float64Array,
  coarse: number,
  target: number,
  count: number,
): void {
  const { kernel, columnAt } = design
  const used: number[] = []
  for (let column = 0; column < design.columns; column++) {
    if (coefficients[column] !== 0 && design.isCoarse[column] === coarse) used.push(column)
  }
  const factor = (column: number, filler: boolean) =>
    filler ? 0 : (coefficients[column] as number)
  const address = (column: number) => columnAt[column] as number
  inThrees(used, (a, b, c) => {
    kernel.combine(
      factor(a, false),
      factor(b, b === a),
      factor(c, c === b),
      address(a),
      address(b),
      address(c),
      count,
      target,
    )
  })
}

/**
 * Recomputes log-odds, probability, curvature and residual for these standardised coefficients
 * (the intercept is the last); `limit` is the log-odds beyond which a probability counts as 0 or 1.
 */
export function reweight(design: Design, coefficients: Float64Array, limit: number): void {
  const { kernel, at, groups } = design
  const first = at.groupLogOdds / 8
  kernel.doubles.fill(coefficients[design.columns] as number, first, first + groups)
  addColumns(design, coefficients, 1, at.groupLogOdds, design.groupSteps)
  kernel.spread(at.groupLogOdds, at.starts, groups, at.logOdds)
  addColumns(design, coefficients, 0, at.logOdds, design.rowSteps)
  kernel.logistic(
    at.logOdds,
    at.outcome,
    at.weight,
    design.rowSteps,
    limit,
    at.probability,
    at.curvature,
    at.residual,
  )
  sumByGroup(design, [
    { from: at.curvature, to: at.groupCurvature },
    { from: at.residual, to: at.groupResidual },
  ])
}

/** Sum of the curvatures over all rows. */
export function totalCurvature(design: Design): number {
  const first = design.at.groupCurvature / 8
  let sum = 0
  for (let g = 0; g < design.groups; g++) sum += design.kernel.doubles[first + g] as number
  return sum
}
