import { figure, type numberIn, yearIn } from './cells.ts'
import { on, type Place } from './country-codes.ts'
import { type Cells, eachRow, type RowReader } from './row-format.ts'

type Column = string | { readonly value: string; readonly low: string; readonly high: string }

/** A reader for tables with one row a country and year and one series a column. */
export function countryIndices(table: {
  readonly year: string
  readonly place: (cells: Cells, year: number) => Place
  readonly series: Readonly<Record<string, Column>>
  readonly read?: typeof numberIn
}): () => RowReader {
  return eachRow((cells) => {
    const year = yearIn(cells, table.year)
    return on(table.place(cells, year), (country) => ({
      observations: Object.entries(table.series).flatMap(([series, column]) =>
        figure(
          cells,
          { country, period: String(year), series },
          typeof column === 'string' ? { value: column } : column,
          table.read,
        ),
      ),
    }))
  })
}
