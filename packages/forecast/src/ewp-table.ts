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

function parseNumber(text: string | undefined, line: number, column: string): number {
  const trimmed = text?.trim() ?? ''
  if (isMissing(trimmed)) return Number.NaN
  const value = Number(trimmed)
  if (!Number.isFinite(value)) throw new TableFault(line, column, 'not-a-number')
  return value
}

function isOutcome(value: number): boolean {
  return Number.isNaN(value) || value === 0 || value === 1
}

function requireColumns(header: readonly string[]): void {
  for (const column of [nameColumn, codeColumn, yearColumn, ...outcomeColumns]) {
    if (!header.includes(column)) throw new TableFault(1, column, 'missing-column')
  }
}

/**
 * Takes the rows of a predictors file of any edition one by one, so that a streaming parser's rows
 * need not be held. `add` throws a TableFault.
 */
export class EwpTableReader {
  readonly #predictors: readonly string[]
  readonly #values: readonly number[][]
  readonly #outcomes = outcomeColumns.map((): number[] => [])
  readonly #names: string[] = []
  readonly #codes: string[] = []
  readonly #years: number[] = []

  constructor(header: readonly string[]) {
    requireColumns(header)
    this.#predictors = predictorsOf(header)
    this.#values = this.#predictors.map(() => [])
  }

  add(row: ParsedRows[number]): void {
    const line = this.#years.length + 2
    const year = parseNumber(row[yearColumn], line, yearColumn)
    if (!Number.isInteger(year)) throw new TableFault(line, yearColumn, 'no-year')
    this.#predictors.forEach((column, j) => {
      this.#values[j]?.push(parseNumber(row[column], line, column))
    })
    outcomeColumns.forEach((column, j) => {
      const value = parseNumber(row[column], line, column)
      if (!isOutcome(value)) throw new TableFault(line, column, 'not-0-or-1')
      this.#outcomes[j]?.push(value)
    })
    this.#names.push(textOf(row[nameColumn]))
    this.#codes.push(textOf(row[codeColumn]))
    this.#years.push(year)
  }

  finish(): EwpTable {
    const rows = this.#years.length
    if (rows === 0) throw new TableFault(1, '', 'no-rows')
    const values = new Float64Array(rows * this.#predictors.length)
    this.#values.forEach((column, j) => {
      values.set(column, j * rows)
    })
    const outcome = (column: OutcomeColumn) =>
      Float64Array.from(this.#outcomes[outcomeColumns.indexOf(column)] ?? [])
    return {
      rows,
      names: this.#names,
      codes: this.#codes,
      years: Int32Array.from(this.#years),
      predictors: this.#predictors,
      x: { rows, columns: this.#predictors.length, values },
      outcomes: {
        mk_onset_1or2: outcome('mk_onset_1or2'),
        mk_onset: outcome('mk_onset'),
        mk_onset_1: outcome('mk_onset_1'),
        mk_onset_2: outcome('mk_onset_2'),
      },
    }
  }
}

function textOf(text: string | undefined): string {
  return text === undefined || isMissing(text) ? '' : text
}

/** Reads the parsed rows of a predictors file of any edition. Throws a TableFault. */
export function readEwpTable(parsed: ParsedRows): EwpTable {
  const [first] = parsed
  if (first === undefined) throw new TableFault(1, '', 'no-rows')
  const reader = new EwpTableReader(Object.keys(first))
  for (const row of parsed) reader.add(row)
  return reader.finish()
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
