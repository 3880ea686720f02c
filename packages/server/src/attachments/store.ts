import { createHash } from 'node:crypto'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { ByteRange } from '../http/range.ts'

/** How many bytes a row holds; every piece that is fetched begins where a row does. */
export const ROW_BYTES = 65_536
/** How many rows are read at once. */
const ROWS = 16

/** The rows of sealed bytes. */
export type Blob = {
  readonly id: string
  readonly size: number
}

/** Makes place for the bytes of a file that is on its way here. */
export async function beginUpload(app: App, organisation: OrganisationId): Promise<string> {
  const id = newId<string>()
  const row = { id, organisation, size: 0, touched_at: app.clock() }
  await app.db.as(system, (tx) => tx.insertInto('blob').values(row).execute())
  return id
}

type Kept = { readonly id: string; readonly from: number; readonly nextAt?: Instant }

/**
 * Keeps bytes that begin where a row does, at once; false where nobody wants them any more. With
 * `nextAt` whoever fetches keeps it for itself until then.
 */
export async function keepBytes(
  app: App,
  { id, from, nextAt }: Kept,
  bytes: Uint8Array,
): Promise<boolean> {
  const kept = from + bytes.length
  const rows = Array.from({ length: Math.ceil(bytes.length / ROW_BYTES) }, (_, at) => ({
    blob: id,
    n: from / ROW_BYTES + at,
    bytes: Buffer.from(bytes.subarray(at * ROW_BYTES, (at + 1) * ROW_BYTES)),
  }))
  return app.db.as(system, async (tx) => {
    const still = await tx
      .updateTable('blob')
      .set({ kept, touched_at: app.clock(), fault: null, ...(nextAt && { next_at: nextAt }) })
      .where('id', '=', id)
      .where('kept', '=', from)
      .returning('id')
      .executeTakeFirst()
    if (still) await tx.insertInto('blob_piece').values(rows).execute()
    return still !== undefined
  })
}

/** Keeps sealed bytes as they come, a few rows in memory; answers what they are once all are here. */
export async function keepStream(
  app: App,
  id: string,
  sealed: ReadableStream<Uint8Array>,
): Promise<{ readonly sha256: Sha256; readonly size: number }> {
  const hash = createHash('sha256')
  let size = 0
  let held = Buffer.alloc(0)
  const keep = async (bytes: Buffer) => {
    if (!(await keepBytes(app, { id, from: size }, bytes)))
      throw new Problem('attachment.not-found')
    size += bytes.length
  }
  for await (const part of sealed) {
    hash.update(part)
    held = Buffer.concat([held, part])
    const whole = held.length - (held.length % ROW_BYTES)
    if (whole < ROWS * ROW_BYTES) continue
    await keep(held.subarray(0, whole))
    held = held.subarray(whole)
  }
  if (held.length > 0) await keep(held)
  return { sha256: hash.digest('hex') as Sha256, size }
}

/** Sealed bytes one after the other, as far as the actor may read them by then. */
export async function* readBytes(
  app: App,
  actor: Actor,
  { id, size }: Blob,
  { from, to }: ByteRange = { from: 0, to: size - 1 },
): AsyncGenerator<Buffer> {
  const last = Math.floor(to / ROW_BYTES)
  for (let n = Math.floor(from / ROW_BYTES); n <= last; n += ROWS) {
    const until = Math.min(n + ROWS - 1, last)
    const rows = await app.db.as(actor, (tx) => readRows(tx, id, [n, until]))
    if (rows.length !== until - n + 1) throw new Problem('attachment.not-found')
    const start = n * ROW_BYTES
    yield Buffer.concat(rows.map(({ bytes }) => bytes)).subarray(
      Math.max(0, from - start),
      to - start + 1,
    )
  }
}

const readRows = (tx: Tx, id: string, [first, last]: readonly [number, number]) =>
  tx
    .selectFrom('blob_piece')
    .select('bytes')
    .where('blob', '=', id)
    .where('n', '>=', first)
    .where('n', '<=', last)
    .orderBy('n')
    .execute()

/** Removes rows of sealed bytes; their pieces go with them. */
export const dropBlob = (app: App, id: string) =>
  app.db.as(system, (tx) => tx.deleteFrom('blob').where('id', '=', id).execute())

const UNFINISHED_MS = 3_600_000

/** Removes what is left of files of which half came before the node died. */
export async function dropUnfinished(app: App): Promise<void> {
  const before = new Date(Date.parse(app.clock()) - UNFINISHED_MS).toISOString() as Instant
  await app.db.as(system, (tx) =>
    tx.deleteFrom('blob').where('sha256', 'is', null).where('touched_at', '<', before).execute(),
  )
}
