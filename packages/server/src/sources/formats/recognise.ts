import { Problem } from '@tocsin/domain/problem.ts'
import { formats } from './all-formats.ts'
import { knownSources } from './known.ts'
import type { RowFormat } from './row-format.ts'

const namedAtMost = 12

/** The kind of file that has these columns; a file of none is refused with a sentence naming them. */
export function recognise(columns: readonly string[]): RowFormat {
  const found = formats.find((format) => missingIn(format, columns).length === 0)
  if (found) return found
  const nearest = formats
    .map((format) => ({ format, share: shareOf(format, columns) }))
    .reduce((best, next) => (next.share > best.share ? next : best))
  if (nearest.share <= 0.5) {
    throw new Problem('source.not-recognised', { columns: listed(columns) })
  }
  throw wrongColumns(nearest.format, columns)
}

/** As `recognise`, for records of which the first may say something about the file itself. */
export function recogniseAmong(records: readonly (readonly string[])[]): {
  readonly format: RowFormat
  readonly columns: readonly string[]
} {
  const alike = new Map(records.map((columns) => [columns.join(), columns]))
  for (const columns of alike.values()) {
    const format = formats.find((kind) => missingIn(kind, columns).length === 0)
    if (format) return { format, columns }
  }
  const longest = [...alike.values()].reduce((a, b) => (b.length > a.length ? b : a), [])
  return { format: recognise(longest), columns: longest }
}

/** The columns a file lacks to be of this kind. */
function missingIn(
  { required, pattern }: RowFormat,
  columns: readonly string[],
): readonly string[] {
  const has = new Set(columns)
  const missing = required.filter((column) => !has.has(column))
  if (!pattern || columns.some((column) => pattern.name.test(column))) return missing
  return [...missing, pattern.like]
}

function shareOf(format: RowFormat, columns: readonly string[]): number {
  const wanted = format.required.length + (format.pattern ? 1 : 0)
  return 1 - missingIn(format, columns).length / wanted
}

function wrongColumns(format: RowFormat, columns: readonly string[]): Problem {
  const strange = columns.filter(
    (column) => !format.required.includes(column) && !format.known?.test(column) && column !== '',
  )
  return new Problem('source.wrong-columns', {
    source: knownSources[format.source].title,
    missing: listed(missingIn(format, columns)),
    unknown: listed(strange),
  })
}

const listed = (columns: readonly string[]): string =>
  [
    ...columns.slice(0, namedAtMost).map((column) => column.slice(0, 40)),
    ...(columns.length > namedAtMost ? ['…'] : []),
  ].join(', ') || '–'
