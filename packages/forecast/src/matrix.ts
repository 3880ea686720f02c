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

/** Log-odds per row: intercept + sum of coefficient times value, coefficients on the matrix's scale. */
export function logOdds(x: Matrix, intercept: number, coefficients: Float64Array): Float64Array {
  if (coefficients.length !== x.columns) {
    throw new RangeError(`${coefficients.length} coefficients do not fit ${x.columns} columns`)
  }
  const sums = new Float64Array(x.rows)
  coefficients.forEach((coefficient, j) => {
    if (coefficient === 0) return
    const column = columnOf(x, j)
    for (let i = 0; i < sums.length; i++) {
      sums[i] = (sums[i] as number) + coefficient * (column[i] as number)
    }
  })
  return sums.map((sum) => sum + intercept)
}

/** Probability of the outcome per row. */
export function predict(x: Matrix, intercept: number, coefficients: Float64Array): Float64Array {
  return logOdds(x, intercept, coefficients).map((value) => 1 / (1 + Math.exp(-value)))
}
