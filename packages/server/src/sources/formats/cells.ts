import type { CountryCode } from '@tocsin/domain/brand.ts'
import type { ImportedObservation } from './format.ts'
import { type Cells, RowFault } from './row-format.ts'

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
// What a bad row shows of its cell: enough to find it, little enough for a list.
const shown = 60

/** The text of a cell; empty where the file says that nothing is known. */
export function textIn(cells: Cells, column: string): string {
  const text = cells(column).trim()
  return text === 'NA' ? '' : text
}

/** The number in a cell, or undefined where nothing is known. */
export function numberIn(cells: Cells, column: string): number | undefined {
  const text = textIn(cells, column)
  if (text === '') return undefined
  const value = decimal.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value)) {
    throw new RowFault('not-a-number', { column, value: text.slice(0, shown) })
  }
  return value
}

/** A number that may not be negative, such as a count of deaths. */
export function countIn(cells: Cells, column: string): number | undefined {
  const value = numberIn(cells, column)
  if (value !== undefined && value < 0) {
    throw new RowFault('negative', { column, value: String(value) })
  }
  return value
}

/** As `read` gives it; the row is refused where nothing is known. */
export function needed<Value>(
  read: (cells: Cells, column: string) => Value | undefined,
  cells: Cells,
  column: string,
): Value {
  const value = read(cells, column)
  if (value === undefined || value === '') throw new RowFault('missing', { column })
  return value
}

/** A calendar year, as files write it: `1994`, or `1994.0` from a spreadsheet. */
export function yearIn(cells: Cells, column: string): number {
  const text = needed(textIn, cells, column)
  const year = /^\d{4}(\.0+)?$/.test(text) ? Number(text) : 0
  if (year < 1000) throw new RowFault('not-a-year', { column, value: text.slice(0, shown) })
  return year
}

type Columns = { readonly value: string; readonly low?: string; readonly high?: string }

/** One figure of a row with its bounds, as a list: empty where the file has no figure. */
export function figure(
  cells: Cells,
  on: { readonly country: CountryCode; readonly period: string; readonly series: string },
  columns: Columns,
  read: typeof numberIn = numberIn,
): readonly ImportedObservation[] {
  const value = read(cells, columns.value)
  if (value === undefined) return []
  const low = columns.low === undefined ? undefined : read(cells, columns.low)
  const high = columns.high === undefined ? undefined : read(cells, columns.high)
  if (low === undefined || high === undefined) return [{ ...on, value, low: null, high: null }]
  return [{ ...on, value, low, high }]
}

/** A calendar day, as `1992-02-29`, `1992-02-29T00:00:00` or `1992-02-29 00:00:00.000`. */
export function dayIn(cells: Cells, column: string): string {
  const text = needed(textIn, cells, column)
  const day = /^(\d{4}-\d{2}-\d{2})([T ][\d:.]*Z?)?$/.exec(text)?.[1]
  if (day === undefined || !isDay(day)) {
    throw new RowFault('not-a-date', { column, value: text.slice(0, shown) })
  }
  return day
}

const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** A month, `YYYY-MM`, of two numbers. */
export function monthOf(year: number, month: number): string {
  if (!Number.isInteger(month) || month < 1 || month > 12) {
    throw new RowFault('not-a-date', { column: 'month', value: String(month) })
  }
  return `${year}-${String(month).padStart(2, '0')}`
}
