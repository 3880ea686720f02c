import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Papa from 'papaparse'

export type Row = Readonly<Record<string, string>>

/** Reads one CSV file of the data folder; `.gz` is opened. Any malformed row stops the script. */
export function readRows(folder: string, path: string): readonly Row[] {
  const bytes = readFileSync(join(folder, path))
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const { data, errors } = Papa.parse<Row>(text, { header: true, skipEmptyLines: true })
  if (errors[0]) throw new Error(`${path}: ${errors[0].message} at row ${errors[0].row}`)
  return data
}

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')

/** A number of the file, or undefined where it is empty or not available. */
export function numberIn(row: Row, column: string): number | undefined {
  const text = row[column]
  if (text === undefined || text === '' || text === 'NA') return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) throw new Error(`${column}: ${text} is not a number`)
  return value
}

/** Rounded to so many significant digits: facts are shown with three, and must stay small. */
export function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits))
}
