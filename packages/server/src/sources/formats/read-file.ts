import { Problem } from '@tocsin/domain/problem.ts'
import Papa from 'papaparse'
import { batchesOf, type FileRow } from './batches.ts'
import { csvRows, type RawRow } from './csv-rows.ts'
import type { Reading } from './format.ts'
import { type JsonRecord, jsonRecords } from './json-rows.ts'
import { resumed } from './pieces.ts'
import { recognise, recogniseAmong } from './recognise.ts'
import type { Cells, RowFormat } from './row-format.ts'
import { asText, longestLine } from './text.ts'
import { Counted, unpacked } from './unpack.ts'

/**
 * Recognises a data file by what stands in it, never by its name, and reads it stretch by stretch.
 * Throws a `Problem` when the whole file cannot be used; a single bad row is part of a batch.
 */
export async function readImportFile(bytes: AsyncIterable<Uint8Array>): Promise<Reading> {
  const stored = new Counted(bytes)
  const pieces = unpacked(stored)
  const { taken, head } = await upToHeader(pieces)
  const whole = resumed(taken, pieces)
  const { format, rows } = isJson(head) ? await fromJson(whole) : fromCsv(head, whole)
  const first = await rows.next()
  const firstRows = first.done ? [] : first.value
  const firstRow = firstRows.find(({ cells }) => cells !== undefined)?.cells
  return {
    format: format.name,
    source: format.source,
    version: (firstRow && format.version?.(firstRow)) ?? '',
    keepBytes: format.keepBytes ?? false,
    batches: batchesOf(format, resumed([firstRows], rows), stored),
  }
}

type Recognised = {
  readonly format: RowFormat & { readonly columns: readonly string[] }
  readonly rows: AsyncGenerator<readonly FileRow[]>
}

/** As many pieces as hold the first row, and that much of the text. */
async function upToHeader(
  pieces: AsyncIterator<Uint8Array>,
): Promise<{ readonly taken: readonly Uint8Array[]; readonly head: string }> {
  const taken: Uint8Array[] = []
  let head = ''
  while (!isJson(head) && !hasWholeRow(head)) {
    const next = await pieces.next()
    if (next.done) break
    // Every alphabet that is read shares its first half, in which the names of columns are written.
    const text = Buffer.from(next.value).toString('latin1')
    if (taken.length === 0) refuseWideText(text)
    taken.push(next.value)
    head = (head + text).replace(/^\u00EF\u00BB\u00BF/, '').trimStart()
    if (head.length > longestLine) throw new Problem('source.line-too-long', { line: 1 })
  }
  if (head.trim() === '') throw new Problem('source.empty')
  return { taken, head }
}

const isJson = (head: string): boolean => /^[[{]/.test(head)

// A break within quotes does not end a row.
function hasWholeRow(head: string): boolean {
  let quoted = false
  for (const [mark] of head.matchAll(/["\n]/g)) {
    if (mark === '"') quoted = !quoted
    else if (!quoted) return true
  }
  return false
}

// UTF-16 shows by its mark, or by the zero in every second byte.
function refuseWideText(text: string): void {
  const marked = text.startsWith('\u00FF\u00FE') || text.startsWith('\u00FE\u00FF')
  if (marked || text.includes('\0')) throw new Problem('source.not-utf8', { line: 1 })
}

function fromCsv(head: string, bytes: AsyncIterable<Uint8Array>): Recognised {
  const candidates = [',', ';', '\t'].map((delimiter) => {
    const { data } = Papa.parse<string[]>(head, { delimiter, preview: 1 })
    return { delimiter, columns: (data[0] ?? []).map((name) => name.trim()) }
  })
  const { delimiter, columns } = candidates.reduce((best, next) =>
    next.columns.length > best.columns.length ? next : best,
  )
  const format = recognise(columns)
  const rows = csvRows(asText(bytes, format.encoding ?? 'utf-8'), delimiter)
  return { format: { ...format, columns }, rows: withoutHeader(rows, columns) }
}

async function* withoutHeader(
  stretches: AsyncIterable<readonly RawRow[]>,
  columns: readonly string[],
): AsyncGenerator<readonly FileRow[]> {
  const at = new Map(columns.map((column, index) => [column, index]))
  let header = true
  for await (const stretch of stretches) {
    const rows = header ? stretch.slice(1) : stretch
    const tags = header && rows[0] !== undefined && isTagRow(rows[0].cells)
    yield (tags ? rows.slice(1) : rows).map((row) => named(row, columns.length, at))
    header = false
  }
}

/** Whether a row is the second header of the humanitarian exchange language (HXL). */
const isTagRow = (cells: readonly string[]): boolean =>
  cells.some((cell) => cell.startsWith('#')) &&
  cells.every((cell) => cell === '' || cell.startsWith('#'))

function named(row: RawRow, width: number, at: ReadonlyMap<string, number>): FileRow {
  const { line, cells } = row
  if (row.fault) return { line, fault: row.fault, details: {} }
  if (cells.length !== width) {
    const details = { found: String(cells.length), expected: String(width) }
    return { line, fault: 'cells', details }
  }
  return { line, cells: (column) => cells[at.get(column) ?? -1] ?? '' }
}

async function fromJson(bytes: AsyncIterable<Uint8Array>): Promise<Recognised> {
  const stretches = jsonRecords(asText(bytes, 'utf-8'))
  const first = await stretches.next()
  if (first.done) throw new Problem('source.not-recognised', { columns: '–' })
  const { format, columns } = recogniseAmong(first.value.map(({ fields }) => [...fields.keys()]))
  const rows = (async function* () {
    for await (const stretch of resumed([first.value], stretches)) {
      yield stretch.filter((record) => belongs(record, format)).map(fieldsOf)
    }
  })()
  return { format: { ...format, columns }, rows }
}

// Answers hold records about themselves too: on their pages, on the models behind them.
const belongs = ({ fields, fault }: JsonRecord, { required }: RowFormat): boolean =>
  fault !== undefined || required.some((column) => fields.has(column))

function fieldsOf({ line, fields, fault }: JsonRecord): FileRow {
  if (fault) return { line, fault, details: {} }
  const cells: Cells = (column) => fields.get(column) ?? ''
  return { line, cells }
}
