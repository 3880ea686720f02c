/** A table of numbers, column after column: the value of row i in column j is `values[j * rows + i]`. */
export type Matrix = {
  readonly rows: number
  readonly columns: number
  readonly values: Float64Array
}

/** One column, shared with the matrix rather than copied. */
export function columnOf(x: Matrix, column: number): Float64Array {
  return x.values.subarray(column * x.rows, (column + 1) * x.rows)
}

/**
 * Log-odds per row: intercept + sum of coefficient times value, coefficients on the matrix's scale.
 * Written into `sums` where it is given.
 */
export function logOdds(
  x: Matrix,
  intercept: number,
  coefficients: Float64Array,
  sums: Float64Array = new Float64Array(x.rows),
): Float64Array {
  if (coefficients.length !== x.columns || sums.length !== x.rows) {
    throw new RangeError(`${coefficients.length} coefficients do not fit ${x.columns} columns`)
  }
  sums.fill(0)
  for (let j = 0; j < x.columns; j++) {
    const coefficient = coefficients[j] as number
    const first = j * x.rows
    if (coefficient === 0) continue
    for (let i = 0; i < sums.length; i++) {
      sums[i] = (sums[i] as number) + coefficient * (x.values[first + i] as number)
    }
  }
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + intercept
  return sums
}

/** Probability of the outcome per row. */
export function predict(x: Matrix, intercept: number, coefficients: Float64Array): Float64Array {
  return logOdds(x, intercept, coefficients).map((value) => 1 / (1 + Math.exp(-value)))
}
