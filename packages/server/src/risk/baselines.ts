import type { EwpTable } from '@tocsin/forecast/ewp-table.ts'
import { expectedCaught, type Scored, type Scores, scoreRows } from '@tocsin/forecast/scores.ts'

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
 * Ranks the same rows by one figure instead of the model. Where equal figures are ordered `by-model`,
 * the model has its part in the areas too; where they are `shared`, lots are drawn among them in
 * thought, so that the number caught need not be whole.
 */
export function scoreBaseline(
  name: Baseline['name'],
  rows: readonly DirectRow[],
  ties: 'by-model' | 'shared',
  figureOf: (row: DirectRow) => number,
): Baseline {
  // Far below any difference between figures: it orders equal ones and changes nothing else.
  const share = ties === 'by-model' ? 1e-9 : 0
  const ranked = rows.map((row) => ({ ...row, chance: figureOf(row) + row.chance * share }))
  const { auc, withinYearAuc, averagePrecision } = scoreRows(ranked)
  const [top10, top20, top30] = [10, 20, 30].map((places) => expectedCaught(ranked, places))
  const caught = { top10: top10 ?? 0, top20: top20 ?? 0, top30: top30 ?? 0 }
  return { name, auc, withinYearAuc, averagePrecision, caught }
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
