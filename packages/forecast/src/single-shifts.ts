import { predict } from './matrix.ts'
import { significant } from './rounding.ts'

/** What a State's published chance would be if one condition stood at the middle of all States. */
export type SingleShift = {
  readonly row: number
  readonly column: number
  /** Counterfactual less actual: negative where the condition raises the chance. */
  readonly shift: number
}

type Model = { readonly intercept: number; readonly coefficients: Float64Array }

const fewValues = 3
const publishedDigits = 4

/**
 * The published analysis' single-variable shifts, in its own way: the conditions rounded to four
 * digits, one of them set to the mean of all States (to the commonest value where there are at most
 * three), less the chance from the unrounded conditions; both chances at four digits. They do not add
 * up, and exist here to reproduce the publication (`docs/methods/risk.md`): contributions explain.
 * `values` holds one array of conditions per State.
 */
export function singleShifts(values: readonly Float64Array[], model: Model): SingleShift[] {
  const rounded = values.map((row) => row.map((value) => significant(value, publishedDigits)))
  const [first] = rounded
  if (!first) return []
  const middles = first.map((_, column) => middleOf(rounded.map((row) => row[column] as number)))
  return rounded.flatMap((row, place) => {
    const actual = publishedChance(values[place] as Float64Array, model)
    return Array.from(row, (_, column) => {
      const shifted = row.with(column, middles[column] as number)
      return { row: place, column, shift: publishedChance(shifted, model) - actual }
    })
  })
}

function publishedChance(row: Float64Array, { intercept, coefficients }: Model): number {
  const [chance] = predict({ rows: 1, columns: row.length, values: row }, intercept, coefficients)
  return significant(chance as number, publishedDigits)
}

/** The mean, or the commonest value (the first seen of equally common ones) where there are few. */
function middleOf(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  if (counts.size > fewValues) return values.reduce((sum, value) => sum + value, 0) / values.length
  const [commonest] = [...counts].sort(([, a], [, b]) => b - a)
  return commonest?.[0] ?? Number.NaN
}
