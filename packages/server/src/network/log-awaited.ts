import { system } from '@tocsin/domain/actor.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { openCheckpoint } from '@tocsin/records/log/checkpoint.ts'
import { inclusionRanges, isIncluded } from '@tocsin/records/log/proofs.ts'
import { digestsIn, TILE_WIDTH } from '@tocsin/records/log/tiles.ts'
import { hashLeaf } from '@tocsin/records/log/tree.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { recordFinding } from './log-findings.ts'
import { fetchHashes, fetchTile } from './log-remote.ts'
import { findWatched, type Watched } from './log-witness.ts'

/** So many bundles of entries are read in one look: a log that claims to be huge holds up nothing. */
const MOST_BUNDLES = 64

/**
 * Looks in the new entries of a log for records that its organisation has sent us. One that is not
 * there in time is named, and named again when it comes late.
 */
export async function lookForAwaited(app: App, origin: string): Promise<void> {
  const log = await app.db.as(system, (tx) => findWatched(tx, origin))
  if (!log || log.note === null) return
  const waiting = await app.db.as(system, (tx) => readWaiting(tx, origin))
  const from = await app.db.as(system, (tx) => readSize(tx, origin))
  const read = waiting.length === 0 ? log.size : await readBundles(app, log, from, new Set(waiting))
  await app.db.as(system, async (tx) => {
    const set = { read_size: read }
    await tx.updateTable('known_log').set(set).where('origin', '=', origin).execute()
    await nameMissing(app, tx, log)
  })
}

async function readWaiting(tx: Tx, origin: string): Promise<Sha256[]> {
  const rows = await tx
    .selectFrom('awaited_entry')
    .select('digest')
    .where('origin', '=', origin)
    .where('index', 'is', null)
    .execute()
  return rows.map(({ digest }) => digest)
}

async function readSize(tx: Tx, origin: string): Promise<number> {
  const row = await tx
    .selectFrom('known_log')
    .select('read_size')
    .where('origin', '=', origin)
    .executeTakeFirstOrThrow()
  return row.read_size
}

/** Answers up to where the entries have been looked through. */
async function readBundles(
  app: App,
  log: Watched,
  from: number,
  waiting: ReadonlySet<string>,
): Promise<number> {
  const first = Math.floor(from / TILE_WIDTH)
  for (let n = first; n < first + MOST_BUNDLES && n * TILE_WIDTH < log.size; n += 1) {
    const bundle = await fetchTile(app, log, { level: 'entries', n })
    const digests = bundle && digestsIn(bundle)
    if (!digests) return n * TILE_WIDTH
    for (const [at, digest] of digests.entries()) {
      const name = Buffer.from(digest).toString('hex') as Sha256
      if (waiting.has(name)) await prove(app, log, n * TILE_WIDTH + at, name)
    }
  }
  return Math.min(log.size, (first + MOST_BUNDLES) * TILE_WIDTH)
}

/** An entry counts once it is proven to be in the tree that was signed. */
async function prove(app: App, log: Watched, index: number, digest: Sha256): Promise<void> {
  const { origin, size, root } = log
  const ranges = inclusionRanges(index, { from: 0, to: size })
  const proof = await fetchHashes(app, log, ranges)
  const leaf = hashLeaf(Buffer.from(digest, 'hex'))
  if (!proof || !isIncluded({ index, size, leaf, proof, root })) return
  await app.db.as(system, async (tx) => {
    const proven = await tx
      .updateTable('awaited_entry')
      .set({ index })
      .where('origin', '=', origin)
      .where('digest', '=', digest)
      .returning('due_at')
      .executeTakeFirst()
    if (!proven || proven.due_at >= app.clock()) return
    const evidence = { digest, dueAt: proven.due_at, checkpoint: log.note }
    await recordFinding(app, tx, { origin, kind: 'late', index, evidence })
  })
}

/** The signed record and a signed tree of later that does not hold it prove the omission together. */
async function nameMissing(app: App, tx: Tx, { origin, key, note }: Watched): Promise<void> {
  const overdue = await tx
    .selectFrom('awaited_entry')
    .select(['digest', 'due_at'])
    .where('origin', '=', origin)
    .where('index', 'is', null)
    .where('due_at', '<', app.clock())
    .execute()
  if (!openCheckpoint(note ?? '', key)) return
  for (const { digest, due_at } of overdue) {
    const evidence = { digest, dueAt: due_at, checkpoint: note }
    await recordFinding(app, tx, { origin, kind: 'missing', evidence })
  }
}
