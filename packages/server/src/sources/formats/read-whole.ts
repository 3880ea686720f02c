import { readFileSync } from 'node:fs'
import { sharedData } from '../../../test/shared-data.ts'
import type { BadRow, ImportedEvent, ImportedObservation, Reading } from './format.ts'
import { readImportFile } from './read-file.ts'

/** For tests: everything a file says at once. */
export type Whole = Omit<Reading, 'batches'> & {
  readonly observations: readonly ImportedObservation[]
  readonly events: readonly ImportedEvent[]
  readonly bad: readonly BadRow[]
  readonly rowsRead: number
  readonly leftOut: number
  readonly bytesRead: number
  readonly largestBatch: number
}

/** For tests: reads bytes that come in the given pieces to their end. */
export async function readWhole(...pieces: readonly (string | Uint8Array)[]): Promise<Whole> {
  const { batches, ...reading } = await readImportFile(stream(pieces))
  const observations: ImportedObservation[] = []
  const events: ImportedEvent[] = []
  const bad: BadRow[] = []
  const sums = { rowsRead: 0, leftOut: 0, bytesRead: 0, largestBatch: 0 }
  for await (const batch of batches) {
    observations.push(...batch.observations)
    events.push(...batch.events)
    bad.push(...batch.bad)
    const entries = batch.observations.length + batch.events.length + batch.bad.length
    sums.rowsRead += batch.rowsRead
    sums.leftOut += batch.leftOut
    sums.bytesRead = batch.bytesRead
    sums.largestBatch = Math.max(sums.largestBatch, entries)
  }
  return { ...reading, observations, events, bad, ...sums }
}

/** For tests: reads a real file that lies beside the checkout. */
export const readShared = (path: string): Promise<Whole> =>
  readWhole(readFileSync(sharedData + path))

async function* stream(pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece
}
