import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { openCheckpoint } from '@tocsin/records/log/checkpoint.ts'
import { verifierKeyOf } from '@tocsin/records/log/note.ts'
import { digestsIn, hashesIn, TILE_WIDTH, widthIn } from '@tocsin/records/log/tiles.ts'
import {
  grow,
  hashLeaf,
  isSameHash,
  noGrowth,
  type Range,
  rootOf,
  rootOfPeaks,
} from '@tocsin/records/log/tree.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { type Fault, faultsIn, type Kept } from './log-comparison.ts'
import { recordFinding } from './log-findings.ts'
import { logSeed, paddingOf } from './log-keys.ts'
import { readTile } from './log-tiles.ts'

/** What must stand in an organisation's log, from the records themselves. */
export type ListLogged = (
  tx: Tx,
  organisation: OrganisationId,
  range: Range,
) => Promise<readonly { readonly index: number; readonly digest: Sha256 }[]>

/** Twice in the five minutes within which an alteration is to be named. */
const CHECKED_EVERY_MS = 120_000
/** So many are named one by one. */
const MOST_FAULTS = 20

/** What was put in line here and got its place. */
export const listOwnEntries: ListLogged = async (tx, organisation, { from, to }) => {
  const rows = await tx
    .selectFrom('log_entry')
    .select(['index', 'digest'])
    .where('organisation', '=', organisation)
    .where('index', '>=', from)
    .$if(Number.isFinite(to), (query) => query.where('index', '<', to))
    .orderBy('index')
    .limit(MOST_FAULTS * TILE_WIDTH)
    .execute()
  return rows.map(({ index, digest }) => ({ index: index ?? 0, digest }))
}

/**
 * Recomputes each log of this node from the records and holds it against what was signed. Whoever
 * alters the tables without the node's key is found out, and the entry is named.
 */
export async function checkLogs(app: App, list: ListLogged): Promise<void> {
  const before = addMilliseconds(app.clock(), -CHECKED_EVERY_MS)
  const due = await app.db.as(system, (tx) =>
    tx
      .selectFrom('transparency_log')
      .select(['organisation', 'origin'])
      .where((on) => on.or([on('checked_at', 'is', null), on('checked_at', '<=', before)]))
      .execute(),
  )
  for (const log of due) await checkLog(app, log, list)
}

/** The same at once, for the log of one organisation. */
export async function checkLogOf(
  app: App,
  organisation: OrganisationId,
  list: ListLogged,
): Promise<void> {
  const log = await app.db.as(system, (tx) =>
    tx
      .selectFrom('transparency_log')
      .select(['organisation', 'origin'])
      .where('organisation', '=', organisation)
      .executeTakeFirst(),
  )
  if (log) await checkLog(app, log, list)
}

type Log = { readonly organisation: OrganisationId; readonly origin: string }

async function checkLog(app: App, log: Log, list: ListLogged): Promise<void> {
  const { organisation, origin } = log
  await app.db.as(system, async (tx) => {
    const signed = await lastSigned(app, tx, log)
    const size = signed?.size ?? 0
    const faults = signed
      ? await compareAll(app, tx, { ...log, size, root: signed.root, list })
      : [{ kind: 'deleted' as const, index: 0, evidence: { what: 'no signed checkpoint' } }]
    for (const { kind, index, evidence } of faults.slice(0, MOST_FAULTS)) {
      await recordFinding(app, tx, { origin, kind, index, evidence })
    }
    await tx
      .updateTable('transparency_log')
      .set({ checked_at: app.clock(), checked_size: size, holds: faults.length === 0 })
      .where('organisation', '=', organisation)
      .execute()
  })
}

/** The largest checkpoint that the log's key has signed: rows that it has not signed count for nothing. */
export async function lastSigned(app: App, tx: Tx, { organisation, origin }: Log) {
  const key = verifierKeyOf(origin, 'note', await logSeed(app, origin))
  const rows = await tx
    .selectFrom('log_checkpoint')
    .select('note')
    .where('organisation', '=', organisation)
    .orderBy('size', 'desc')
    .limit(MOST_FAULTS)
    .execute()
  for (const { note } of rows) {
    const opened = openCheckpoint(note, key)
    if (opened) return opened
  }
  return undefined
}

type Signed = Log & { readonly size: number; readonly root: Uint8Array; readonly list: ListLogged }

async function compareAll(app: App, tx: Tx, log: Signed): Promise<readonly Fault[]> {
  const { organisation, origin, size, list } = log
  const padding = await paddingOf(app, origin)
  const faults: Fault[] = []
  let roots: Uint8Array[] = []
  let growth = noGrowth
  for (let n = 0; n * TILE_WIDTH < size; n += 1) {
    const from = n * TILE_WIDTH
    const range = { from, to: Math.min(size, from + TILE_WIDTH) }
    const kept = await readKept(tx, organisation, n, range)
    const listed = await list(tx, organisation, range)
    faults.push(...faultsIn({ range, kept, listed, padding }))
    const leaves = kept.digests.map(hashLeaf)
    for (const leaf of leaves) growth = grow(growth, leaf)
    if (leaves.length === TILE_WIDTH) roots.push(rootOf(leaves))
    if (faults.length > MOST_FAULTS) return faults
  }
  // What is wrong below is wrong above it too, and would be named twice.
  for (let level = 1; roots.length > 0 && faults.length === 0; level += 1) {
    faults.push(...(await compareLevel(tx, organisation, level, roots)))
    roots = fullTiles(roots)
  }
  faults.push(...(await listBeyond(tx, log)))
  const isRoot = isSameHash(rootOfPeaks(growth.peaks), log.root)
  return isRoot || faults.length > 0 ? faults : [await firstUnsigned(app, tx, log)]
}

/** What the log itself keeps of a part: its entries, and the hashes that are served. */
async function readKept(
  tx: Tx,
  organisation: OrganisationId,
  n: number,
  { from, to }: Range,
): Promise<Kept> {
  const width = to - from
  const bundle = await readTile(tx, organisation, { level: 'entries', n, width })
  const tile = await readTile(tx, organisation, { level: 0, n, width })
  return {
    digests: (bundle && digestsIn(bundle)) ?? [],
    hashes: tile ? hashesIn(tile) : [],
  }
}

const fullTiles = (hashes: readonly Uint8Array[]): Uint8Array[] =>
  Array.from({ length: Math.floor(hashes.length / TILE_WIDTH) }, (_, n) =>
    rootOf(hashes.slice(n * TILE_WIDTH, (n + 1) * TILE_WIDTH)),
  )

/** The tiles above the leaves, each hash of which stands for many entries: the first of them is named. */
async function compareLevel(
  tx: Tx,
  organisation: OrganisationId,
  level: number,
  expected: readonly Uint8Array[],
): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  for (let n = 0; n * TILE_WIDTH < expected.length; n += 1) {
    const width = widthIn(expected.length, { level: 0, n })
    const tile = await readTile(tx, organisation, { level, n, width })
    const hashes = tile ? hashesIn(tile) : []
    const at = expected
      .slice(n * TILE_WIDTH, n * TILE_WIDTH + width)
      .findIndex((hash, each) => !hashes[each] || !isSameHash(hash, hashes[each]))
    if (at < 0) continue
    const index = (n * TILE_WIDTH + at) * TILE_WIDTH ** level
    faults.push({ kind: 'altered', index, evidence: { tile: `${level}/${n}`, hash: at } })
  }
  return faults
}

/** Entries that claim a place which the log has not given out. */
async function listBeyond(tx: Tx, { organisation, size, list }: Signed): Promise<readonly Fault[]> {
  const beyond = await list(tx, organisation, { from: size, to: Number.POSITIVE_INFINITY })
  if (beyond.length === 0) return []
  // The log may have grown since its last checkpoint was read.
  const now = await tx
    .selectFrom('log_checkpoint')
    .select((of) => of.fn.max('size').as('size'))
    .where('organisation', '=', organisation)
    .executeTakeFirst()
  return beyond
    .filter(({ index }) => index >= (now?.size ?? 0))
    .map(({ index, digest }) => ({ kind: 'inserted', index, evidence: { listed: digest } }))
}

/** Everything was altered alike: the first checkpoint that does not fit says between which entries. */
async function firstUnsigned(
  app: App,
  tx: Tx,
  { organisation, origin, size }: Signed,
): Promise<Fault> {
  const key = verifierKeyOf(origin, 'note', await logSeed(app, origin))
  const rows = await tx
    .selectFrom('log_checkpoint')
    .select(['size', 'note'])
    .where('organisation', '=', organisation)
    .where('size', '<=', size)
    .orderBy('size')
    .execute()
  let growth = noGrowth
  let tile: readonly Uint8Array[] = []
  let last = 0
  for (const { note } of rows) {
    const checkpoint = openCheckpoint(note, key)
    if (!checkpoint) continue
    while (growth.size < checkpoint.size) {
      const n = Math.floor(growth.size / TILE_WIDTH)
      const from = n * TILE_WIDTH
      if (growth.size === from) {
        const range = { from, to: Math.min(size, from + TILE_WIDTH) }
        tile = (await readKept(tx, organisation, n, range)).digests
      }
      growth = grow(growth, hashLeaf(tile[growth.size - from] ?? new Uint8Array()))
    }
    if (!isSameHash(rootOfPeaks(growth.peaks), checkpoint.root)) break
    last = checkpoint.size
  }
  return { kind: 'altered', index: last, evidence: { from: last, to: growth.size } }
}
