import type { RowReason } from '@tocsin/domain/source.ts'
import type { FormatName, ImportedEvent, ImportedObservation } from './format.ts'
import type { SourceName } from './known.ts'

/** The cell of a row under a column's name; empty where the row has none. */
export type Cells = (column: string) => string

/** What one row says. A row on a State that ended, or on a group of countries, is left out. */
export type RowFigures = {
  readonly observations?: readonly ImportedObservation[]
  readonly event?: ImportedEvent
  readonly leftOut?: true
}

/** Reads the rows of one file in their order; `finish` gives what only the whole file tells. */
export type RowReader = {
  readonly read: (cells: Cells) => RowFigures
  readonly finish?: () => readonly ImportedObservation[]
}

/** How one kind of file is recognised and read. */
export type RowFormat = {
  readonly name: FormatName
  readonly source: SourceName
  /** The columns a file must have to be of this kind. */
  readonly required: readonly string[]
  /** One column more that it must have, where its name holds a year; `like` is one such name. */
  readonly pattern?: { readonly name: RegExp; readonly like: string }
  /** Other columns such files have, so that a refusal names only those that are strange. */
  readonly known?: RegExp
  readonly keepBytes?: true
  readonly encoding?: 'windows-1252'
  readonly version?: (first: Cells) => string
  readonly start: (columns: readonly string[]) => RowReader
}

/** One row cannot be used; the file goes on. */
export class RowFault extends Error {
  override readonly name = 'RowFault'
  readonly reason: RowReason
  readonly details: Readonly<Record<string, string>>

  constructor(reason: RowReason, details: Readonly<Record<string, string>> = {}) {
    super(reason)
    this.reason = reason
    this.details = details
  }
}

/** A reader for files of which every row stands for itself. */
export const eachRow = (read: RowReader['read']) => (): RowReader => ({ read })
