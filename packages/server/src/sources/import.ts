import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Day, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ImportId, ImportReport, VintageId } from '@tocsin/domain/source.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import type { Reading } from './formats/format.ts'
import { knownSource } from './formats/known.ts'
import { readImportFile } from './formats/read-file.ts'
import { followImport, type Progress, startImport } from './progress.ts'
import { addMonths, insertBatch, RowsHash } from './rows.ts'

type Wanted = {
  readonly id: ImportId
  readonly file: string
  /** The day as of which the figures hold. */
  readonly asOf: Day
  /** Whether bad rows are left out and the others kept; else one bad row means that nothing is. */
  readonly leaveOutBad: boolean
}

/**
 * Imports a file as it streams in, in one transaction: all of it, or nothing. The report says how it
 * ended; only what nobody foresaw is thrown.
 */
export async function importFile(
  app: App,
  actor: Actor,
  wanted: Wanted,
  stream: AsyncIterable<Uint8Array>,
): Promise<ImportReport> {
  const { id, file } = wanted
  const ended = await startImport(app, actor, id, file)
  if (ended) return ended
  const progress = followImport(app, id, file)
  try {
    const taken = new Taken(stream)
    const reading = await readImportFile(taken)
    if (!reading.keepBytes) taken.forget()
    progress.note({ format: reading.format })
    const vintage = await app.db.as(actor, (tx) =>
      keep({ app, actor, tx, wanted, reading, progress, taken }),
    )
    return progress.end({ state: 'kept', vintage })
  } catch (error) {
    if (error instanceof NothingKept) {
      return progress.end({ state: error.state, vintage: error.vintage })
    }
    const problem = error instanceof Problem ? error : new Problem('unexpected')
    const { code, details } = problem
    const report = await progress.end({ state: 'failed', problem: { code, details } })
    if (code === 'unexpected') throw error
    return report
  }
}

/** Rolls back: rows were not understood, or the same content is held already. */
class NothingKept extends Error {
  readonly state: 'refused' | 'unchanged'
  readonly vintage: VintageId | null
  constructor(state: 'refused' | 'unchanged', vintage: VintageId | null) {
    super(state)
    this.state = state
    this.vintage = vintage
  }
}

type Keeping = {
  readonly app: App
  readonly actor: Actor
  readonly tx: Tx
  readonly wanted: Wanted
  readonly reading: Reading
  readonly progress: Progress
  readonly taken: Taken
}

async function keep({ app, actor, tx, ...given }: Keeping): Promise<VintageId> {
  const { wanted, reading, progress, taken } = given
  const id = newId<VintageId>()
  const rows = new RowsHash()
  for await (const batch of reading.batches) {
    progress.add(batch)
    // One bad row and nothing will be kept: the rest is read only to report all that is wrong.
    if (progress.badRows > 0 && !wanted.leaveOutBad) continue
    rows.add(batch)
    await insertBatch(tx, id, batch)
  }
  if (progress.badRows > 0 && !wanted.leaveOutBad) throw new NothingKept('refused', null)
  const { source, format, version, keepBytes } = reading
  // Some files hold no figures by themselves: computations must read them exactly as they are.
  const count = rows.count || (keepBytes ? progress.rowsRead - progress.badRows : 0)
  if (count === 0) throw new Problem('source.no-rows')
  const fileHash = taken.digest()
  const rowsHash = rows.count > 0 ? rows.digest() : fileHash
  const same = await tx
    .selectFrom('vintage')
    .select('id')
    .where('source', '=', source)
    .where('rows_hash', '=', rowsHash)
    .executeTakeFirst()
  if (same) throw new NothingKept('unchanged', same.id)
  const at = app.clock()
  await tx
    .insertInto('vintage')
    .values({
      id,
      source,
      format,
      version,
      as_of: wanted.asOf,
      file: wanted.file,
      file_hash: fileHash,
      rows_hash: rowsHash,
      rows: count,
      left_out: progress.leftOut,
      first_period: rows.firstPeriod,
      last_period: rows.lastPeriod,
      redistributable: knownSource(source).redistributable,
      imported_at: at,
    })
    .execute()
  if (format === 'ucdp-ged') await addMonths(tx, id)
  if (keepBytes) {
    const content = gzipSync(taken.bytes())
    await tx.insertInto('vintage_file').values({ vintage: id, content }).execute()
  }
  const details = { source, version, file: wanted.file, rows: count, rowsHash }
  await recordAudit(tx, { at, actor, act: 'sources.imported', subject: id, details })
  return id
}

// Predictors of sixty years are 3 MB; what must be read exactly must also fit into memory.
const mostKept = 64 * 1024 ** 2

/** A file as it is stored, while it is read: its fingerprint, and its bytes until they are forgotten. */
class Taken {
  readonly #hash = createHash('sha256')
  readonly #stream: AsyncIterable<Uint8Array>
  #pieces: Uint8Array[] | undefined = []
  #size = 0

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#stream = stream
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const piece of this.#stream) {
      this.#hash.update(piece)
      this.#size += piece.length
      if (this.#pieces && this.#size > mostKept) throw new Problem('request.too-large')
      this.#pieces?.push(piece)
      yield piece
    }
  }

  /** For files whose rows are kept: their bytes need not stay in memory. */
  forget(): void {
    this.#pieces = undefined
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#pieces ?? [])
  }

  digest(): Sha256 {
    return this.#hash.digest('hex') as Sha256
  }
}
