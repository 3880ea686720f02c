import type { Matrix } from './matrix.ts'

/** A parsed file: per row, the text under each column's name. */
export type ParsedRows = readonly Readonly<Record<string, string>>[]

/** What an outcome column says: an onset in one of the next two years, in this year, in the next, in the one after. */
export const outcomeColumns = ['mk_onset_1or2', 'mk_onset', 'mk_onset_1', 'mk_onset_2'] as const
export type OutcomeColumn = (typeof outcomeColumns)[number]

/** A predictors file of the Early Warning Project in memory; a missing value is NaN or empty text. */
export type EwpTable = {
  readonly rows: number
  readonly names: readonly string[]
  readonly codes: readonly string[]
  readonly years: Int32Array
  readonly predictors: readonly string[]
  /** Rows by predictors, in the order of `predictors`. */
  readonly x: Matrix
  readonly outcomes: Readonly<Record<OutcomeColumn, Float64Array>>
}

/** A file that is not what it should be: the line (the header is line 1), the column, and why. */
export class TableFault extends Error {
  override readonly name = 'TableFault'
  readonly line: number
  readonly column: string
  readonly reason: 'missing-column' | 'not-a-number' | 'no-year' | 'not-0-or-1' | 'no-rows'

  constructor(line: number, column: string, reason: TableFault['reason']) {
    super(`line ${line}, column ${column}: ${reason}`)
    this.line = line
    this.column = column
    this.reason = reason
  }
}

const nameColumn = 'ewp_name'
const codeColumn = 'ccode'
const yearColumn = 'year'
const yearSquaredColumn = 'year_sq'

/**
 * The predictors a file's header names: every column that is neither a name, a code nor an outcome,
 * in the file's order. The published models list the year after its square, and the order of columns
 * is part of a result that stops before the optimum.
 */
export function predictorsOf(header: readonly string[]): string[] {
  const others = new Set<string>([nameColumn, codeColumn, yearColumn, ...outcomeColumns])
  const predictors = header.filter((column) => !others.has(column))
  const square = predictors.indexOf(yearSquaredColumn)
  predictors.splice(square === -1 ? predictors.length : square + 1, 0, yearColumn)
  return predictors
}

function isMissing(text: string): boolean {
  return text === '' || text === 'NA'
}

function numberAt(rows: ParsedRows, row: number, column: string): number {
  const text = rows[row]?.[column]?.trim() ?? ''
  if (isMissing(text)) return Number.NaN
  const value = Number(text)
  if (!Number.isFinite(value)) throw new TableFault(row + 2, column, 'not-a-number')
  return value
}

function outcomeAt(rows: ParsedRows, row: number, column: string): number {
  const value = numberAt(rows, row, column)
  if (Number.isNaN(value) || value === 0 || value === 1) return value
  throw new TableFault(row + 2, column, 'not-0-or-1')
}

function yearAt(rows: ParsedRows, row: number): number {
  const value = numberAt(rows, row, yearColumn)
  if (!Number.isInteger(value)) throw new TableFault(row + 2, yearColumn, 'no-year')
  return value
}

/** Reads the parsed rows of a predictors file of any edition. Throws a TableFault. */
export function readEwpTable(parsed: ParsedRows): EwpTable {
  const header = Object.keys(parsed[0] ?? {})
  if (parsed.length === 0) throw new TableFault(1, '', 'no-rows')
  for (const column of [nameColumn, codeColumn, yearColumn, ...outcomeColumns]) {
    if (!header.includes(column)) throw new TableFault(1, column, 'missing-column')
  }
  const predictors = predictorsOf(header)
  const rows = parsed.length
  const values = new Float64Array(rows * predictors.length)
  predictors.forEach((column, j) => {
    for (let i = 0; i < rows; i++) values[j * rows + i] = numberAt(parsed, i, column)
  })
  const textOf = (column: string) =>
    parsed.map((row) => (isMissing(row[column] ?? '') ? '' : (row[column] ?? '')))
  const outcome = (column: OutcomeColumn) =>
    Float64Array.from(parsed, (_, row) => outcomeAt(parsed, row, column))
  return {
    rows,
    names: textOf(nameColumn),
    codes: textOf(codeColumn),
    years: Int32Array.from(parsed, (_, row) => yearAt(parsed, row)),
    predictors,
    x: { rows, columns: predictors.length, values },
    outcomes: {
      mk_onset_1or2: outcome('mk_onset_1or2'),
      mk_onset: outcome('mk_onset'),
      mk_onset_1: outcome('mk_onset_1'),
      mk_onset_2: outcome('mk_onset_2'),
    },
  }
}

/** The listed rows of a table as a matrix of their own. */
export function rowsOf({ x }: EwpTable, rows: Int32Array): Matrix {
  const values = new Float64Array(rows.length * x.columns)
  for (let j = 0; j < x.columns; j++) {
    for (let i = 0; i < rows.length; i++) {
      values[j * rows.length + i] = x.values[j * x.rows + (rows[i] as number)] as number
    }
  }
  return { rows: rows.length, columns: x.columns, values }
}
