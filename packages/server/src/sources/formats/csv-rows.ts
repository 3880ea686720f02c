import { Problem } from '@tocsin/domain/problem.ts'
import type { RowReason } from '@tocsin/domain/source.ts'
import Papa from 'papaparse'
import { longestLine, newlines } from './text.ts'

/** A row of a file as it stands there; `fault` where it is not well formed. */
export type RawRow = {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault?: RowReason
}

type Parsed = {
  readonly data: readonly (readonly string[])[]
  readonly errors: readonly { readonly code: string; readonly row?: number }[]
  readonly meta: { readonly cursor: number }
}

/**
 * The rows of a CSV text, stretch by stretch, the header among them. Line numbers count the line
 * breaks inside quotes too. A text that ends inside a quote or within a row was cut off.
 */
export async function* csvRows(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<readonly RawRow[]> {
  const parser = new Papa.Parser({ delimiter, newline: '\n' })
  let rest = ''
  let line = 1
  let width = 0
  for await (const piece of text) {
    rest += piece
    const parsed: Parsed = parser.parse(rest, 0, true)
    const rows = numbered(parsed, line)
    line += newlines(rest.slice(0, parsed.meta.cursor))
    rest = rest.slice(parsed.meta.cursor)
    if (rest.length > longestLine) throw new Problem('source.line-too-long', { line })
    width ||= rows[0]?.cells.length ?? 0
    if (rows.length > 0) yield rows
  }
  const parsed: Parsed = parser.parse(rest, 0, false)
  const rows = numbered(parsed, line)
  const last = rows.at(-1)
  const cut = parsed.errors.some(({ code }) => code === 'MissingQuotes')
  if (cut || (last && last.cells.length < width)) {
    throw new Problem('source.cut-off', { line: last?.line ?? line })
  }
  if (rows.length > 0) yield rows
}

function numbered({ data, errors }: Parsed, start: number): readonly RawRow[] {
  const broken = new Set(errors.map(({ row }) => row))
  const rows: RawRow[] = []
  let line = start
  for (const [index, cells] of data.entries()) {
    const empty = cells.length === 1 && cells[0]?.trim() === ''
    if (!empty) rows.push({ line, cells, ...(broken.has(index) ? { fault: 'quotes' } : {}) })
    line += 1
    for (const cell of cells) if (cell.includes('\n')) line += newlines(cell)
  }
  return rows
}
