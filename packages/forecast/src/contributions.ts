import type { Matrix } from './matrix.ts'

/** What one column adds to a row's log-odds, against the column's mean in the sample. */
export type ColumnContribution = {
  readonly column: number
  readonly value: number
  readonly mean: number
  readonly logOdds: number
}

/** Mean of each column. */
export function columnMeans(x: Matrix): Float64Array {
  return Float64Array.from({ length: x.columns }, (_, column) => {
    let sum = 0
    for (let row = 0; row < x.rows; row++) sum += x.values[column * x.rows + row] as number
    return sum / x.rows
  })
}

/** Log-odds of a row that stands at the mean in every column. */
export function meanLogOdds(
  intercept: number,
  coefficients: Float64Array,
  means: Float64Array,
): number {
  return coefficients.reduce((sum, b, column) => sum + b * (means[column] as number), intercept)
}

/**
 * Splits a row's log-odds exactly: `meanLogOdds` plus the sum of the contributions is the row's score.
 * Associations, not causes.
 */
export function contributionsOf(
  values: Float64Array,
  coefficients: Float64Array,
  means: Float64Array,
): ColumnContribution[] {
  return [...values].map((value, column) => {
    const mean = means[column] as number
    return { column, value, mean, logOdds: (coefficients[column] as number) * (value - mean) }
  })
}

type Model = { readonly intercept: number; readonly coefficients: Float64Array }

/** The log-odds that changed between two estimates, split by what changed. */
export type ScoreChange = {
  /** New conditions at the new coefficients, in all and by column. */
  readonly data: number
  readonly dataByColumn: Float64Array
  /** New coefficients (the intercept among them) at the old conditions. */
  readonly model: number
  readonly modelByColumn: Float64Array
  readonly intercept: number
}

/**
 * Splits the change of a score from (old values, old model) to (new values, new model):
 * new.b * new.x - old.b * old.x = new.b * (new.x - old.x) + (new.b - old.b) * old.x, column by column.
 */
export function changeOf(
  before: { readonly values: Float64Array; readonly model: Model },
  after: { readonly values: Float64Array; readonly model: Model },
): ScoreChange {
  const dataByColumn = after.values.map(
    (value, column) =>
      (after.model.coefficients[column] as number) * (value - (before.values[column] as number)),
  )
  const modelByColumn = before.values.map((value, column) => {
    const [b, a] = [before.model.coefficients[column], after.model.coefficients[column]]
    return ((a as number) - (b as number)) * value
  })
  const intercept = after.model.intercept - before.model.intercept
  const total = (parts: Float64Array) => parts.reduce((sum, part) => sum + part, 0)
  return {
    data: total(dataByColumn),
    dataByColumn,
    model: total(modelByColumn) + intercept,
    modelByColumn,
    intercept,
  }
}
