import type { RowReason } from '@tocsin/domain/source.ts'
import type { BadRow, Batch, ImportedEvent, ImportedObservation } from './format.ts'
import { type Cells, RowFault, type RowFigures, type RowFormat } from './row-format.ts'
import { Seen } from './seen.ts'

/** A row of a file: its cells under their names, or why it has none. */
export type FileRow =
  | { readonly line: number; readonly cells: Cells }
  | {
      readonly line: number
      readonly cells?: undefined
      readonly fault: RowReason
      readonly details: Readonly<Record<string, string>>
    }

const mostEntries = 4000

/** What the rows of a file say, in batches; what a row says twice is a bad row. */
export async function* batchesOf(
  format: RowFormat & { readonly columns: readonly string[] },
  stretches: AsyncIterable<readonly FileRow[]>,
  stored: { readonly bytes: number },
): AsyncGenerator<Batch> {
  const reader = format.start(format.columns)
  const seen = new Seen()
  let batch = new GrowingBatch()
  for await (const stretch of stretches) {
    for (const row of stretch) {
      batch.add(row, () => checked(row.cells ? reader.read(row.cells) : {}, seen))
      if (!batch.isFull) continue
      yield batch.done(stored.bytes)
      batch = new GrowingBatch()
    }
  }
  const last = reader.finish?.() ?? []
  yield batch.done(stored.bytes)
  for (let from = 0; from < last.length; from += mostEntries) {
    const rest = new GrowingBatch()
    for (const one of last.slice(from, from + mostEntries)) rest.observations.push(one)
    yield rest.done(stored.bytes)
  }
}

class GrowingBatch {
  readonly observations: ImportedObservation[] = []
  readonly #events: ImportedEvent[] = []
  readonly #bad: BadRow[] = []
  #rowsRead = 0
  #leftOut = 0

  /** Rows count too: those of a sum or a check are entries only at the end, or never. */
  get isFull(): boolean {
    const entries = this.observations.length + this.#events.length + this.#bad.length
    return Math.max(entries, this.#rowsRead) >= mostEntries
  }

  add(row: FileRow, read: () => RowFigures): void {
    this.#rowsRead += 1
    if (!row.cells) {
      this.#bad.push({ line: row.line, reason: row.fault, details: row.details })
      return
    }
    try {
      const { observations = [], event, leftOut } = read()
      for (const one of observations)
        this.observations.push(this.#inOrder(one, one.value, row.line))
      if (event) this.#events.push(this.#inOrder(event, event.best, row.line))
      if (leftOut) this.#leftOut += 1
    } catch (error) {
      if (!(error instanceof RowFault)) throw error
      this.#bad.push({ line: row.line, reason: error.reason, details: error.details })
    }
  }

  /**
   * Some published bounds do not hold the figure between them. The figure counts; its bounds are
   * widened until they do, and the row is told.
   */
  #inOrder<Figure extends { readonly low: number | null; readonly high: number | null }>(
    figure: Figure,
    value: number,
    line: number,
  ): Figure {
    const { low, high } = figure
    if (low === null || high === null || (low <= value && value <= high)) return figure
    const details = { low: String(low), value: String(value), high: String(high) }
    this.#bad.push({ line, reason: 'bounds', details })
    return { ...figure, low: Math.min(low, value, high), high: Math.max(low, value, high) }
  }

  done(bytesRead: number): Batch {
    return {
      observations: this.observations,
      events: this.#events,
      bad: this.#bad,
      rowsRead: this.#rowsRead,
      leftOut: this.#leftOut,
      bytesRead,
    }
  }
}

function checked(figures: RowFigures, seen: Seen): RowFigures {
  for (const { series, country, period } of figures.observations ?? []) {
    refuseAgain(seen, `${series} ${country}`, period.replace('-', ''), `${country} ${period}`)
  }
  if (figures.event) refuseAgain(seen, 'event', figures.event.id, figures.event.id)
  return figures
}

function refuseAgain(seen: Seen, group: string, number: string, key: string): void {
  if (seen.again(group, Number(number))) throw new RowFault('duplicate', { key })
}
