import type { Path } from './elastic-net.ts'

/** At which penalty a column leaves the model for good; null for a column that never enters. */
export type DropOut = { readonly column: number; readonly logLambda: number | null }

/**
 * Columns in the order in which a growing penalty drives them out, never-entering ones last; columns
 * that leave together stay in the order of the table. The logarithm is of the largest penalty at
 * which the column still counts.
 */
export function dropOuts({ lambdas, coefficients }: Path): DropOut[] {
  const columns = coefficients[0]?.length ?? 0
  const found = Array.from({ length: columns }, (_, column) => {
    const first = coefficients.findIndex((slopes) => slopes[column] !== 0)
    return { column, logLambda: first === -1 ? null : Math.log(lambdas[first] as number) }
  })
  const never = Number.POSITIVE_INFINITY
  return found.toSorted(
    (a, b) => (a.logLambda ?? never) - (b.logLambda ?? never) || a.column - b.column,
  )
}
