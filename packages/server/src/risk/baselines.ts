import type { EwpTable } from '@tocsin/forecast/ewp-table.ts'
import { ranksFromHighest } from '@tocsin/forecast/ranks.ts'
import { type Scored, type Scores, scoreRows } from '@tocsin/forecast/scores.ts'

/** A figure per State (COW code) and year that a naive ranking can use. */
export type YearlyFigures = ReadonlyMap<string, number>
export const yearKey = (code: string, year: number): string => `${code} ${year}`

export type Baseline = {
  readonly name: 'terror-scale' | 'civilian-deaths' | 'battle-deaths' | 'past-onsets' | 'base-rate'
  readonly auc: number
  readonly withinYearAuc: number
  readonly averagePrecision: number
  readonly caught: Scores['caught']
}

/** One row of definition B: a country and data year, and what the model said about it. */
export type DirectRow = Scored & { readonly row: number }

/**
 * Ranks the same rows by one figure instead of the model. Rows of equal figures are ordered by the
 * model; where `ties` is `shared` the order counts for the first 30 only and not for the areas.
 */
export function scoreBaseline(
  name: Baseline['name'],
  rows: readonly DirectRow[],
  ties: 'by-model' | 'shared',
  figureOf: (row: DirectRow) => number,
): Baseline {
  const figures = rows.map(figureOf)
  // Far below any difference between figures: it orders equal ones and changes nothing else.
  const ordered = rows.map((row, i) => (figures[i] as number) + row.chance * 1e-9)
  const ranks = ranksWithinYear(rows, ordered)
  const { caught } = scoreRows(rows.map((row, i) => ({ ...row, rank: ranks[i] as number })))
  const chances = ties === 'by-model' ? ordered : figures
  const scores = scoreRows(rows.map((row, i) => ({ ...row, chance: chances[i] as number })))
  const { auc, withinYearAuc, averagePrecision } = scores
  return { name, auc, withinYearAuc, averagePrecision, caught }
}

function ranksWithinYear(rows: readonly DirectRow[], values: readonly number[]): number[] {
  const ranks = new Array<number>(rows.length)
  const places = rows.map((_, index) => index)
  for (const indexes of Map.groupBy(places, (index) => rows[index]?.year).values()) {
    const own = Float64Array.from(indexes, (index) => values[index] as number)
    ranksFromHighest(own).forEach((rank, at) => {
      ranks[indexes[at] as number] = rank
    })
  }
  return ranks
}

/** Mean of the figure over the three years up to and including the data year; unknown years are left out. */
export function threeYearMean(table: EwpTable, figures: YearlyFigures, missing: number) {
  return ({ row, year }: DirectRow): number => {
    const code = table.codes[row] ?? ''
    const known = [year, year - 1, year - 2]
      .map((at) => figures.get(yearKey(code, at)))
      .filter((figure) => figure !== undefined)
    if (known.length === 0) return missing
    return known.reduce((sum, figure) => sum + figure, 0) / known.length
  }
}

/** How many onsets the country had seen up to and including the data year. */
export function pastOnsets(table: EwpTable) {
  const onsets = [...table.years].flatMap((year, row) =>
    table.outcomes.mk_onset[row] === 1 ? [{ code: table.codes[row] ?? '', year }] : [],
  )
  return ({ row, year }: DirectRow): number =>
    onsets.filter((onset) => onset.code === table.codes[row] && onset.year <= year).length
}
