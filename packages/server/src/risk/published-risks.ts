import { Problem } from '@tocsin/domain/problem.ts'
import type { PublishedFigures } from './freeze.ts'
import type { ReadFile } from './published-files.ts'

/** What a publisher said in one year. */
export type PublishedYear = {
  readonly year: number
  readonly states: PublishedFigures['states']
}

/** The chances a file of published rankings holds, by the year of their edition. */
export function readPublishedRisks({ kind, name, rows }: ReadFile): readonly PublishedYear[] {
  if (kind !== 'published-risks') throw new Problem('risk.unused-file', { file: name, kind })
  const read = rows.map((row, index) => {
    const line = index + 2
    const fault = (reason: string, column: string) =>
      new Problem('risk.bad-row', { file: name, line, reason, column })
    const [year, chance, rank] = ['edition', 'risk', 'rank'].map((column) => {
      const value = Number(row[column] || Number.NaN)
      if (!Number.isFinite(value)) throw fault('not_a_number', column)
      return value
    }) as [number, number, number]
    if (chance <= 0 || chance >= 1) throw fault('not_a_chance', 'risk')
    if (!Number.isInteger(year) || !Number.isInteger(rank)) throw fault('not_a_number', 'edition')
    return { year, code: row['cow_num'] ?? '', name: row['ewp_name'] ?? '', chance, rank }
  })
  return [...Map.groupBy(read, ({ year }) => year)]
    .toSorted(([a], [b]) => a - b)
    .map(([year, states]) => ({ year, states: states.map(({ year: _, ...state }) => state) }))
}
