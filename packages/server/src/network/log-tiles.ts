import type { OrganisationId } from '@tocsin/domain/brand.ts'
import {
  bundleOf,
  bytesOf,
  hashesIn,
  hashInTile,
  TILE_WIDTH,
  type Tile,
  type TileLevel,
  tileOf,
} from '@tocsin/records/log/tiles.ts'
import {
  type Hash,
  hashLeaf,
  hashOfRange,
  type Range,
  rootOf,
  type Subtree,
  subtreesOf,
} from '@tocsin/records/log/tree.ts'
import type { Tx } from '../database/database.ts'

const ENTRIES = -1
const stored = (level: TileLevel): number => (level === 'entries' ? ENTRIES : level)

/** So much of a tile as was asked for; undefined where the log does not reach so far. */
export async function readTile(
  tx: Tx,
  organisation: OrganisationId,
  { level, n, width }: Tile,
): Promise<Uint8Array | undefined> {
  const row = await tx
    .selectFrom('log_tile')
    .select('bytes')
    .where('organisation', '=', organisation)
    .where('level', '=', stored(level))
    .where('n', '=', n)
    .executeTakeFirst()
  const length = bytesOf({ level, width })
  return row && row.bytes.length >= length ? row.bytes.subarray(0, length) : undefined
}

/** Puts entries behind those that are there: into the bundles, and their hashes into the tiles. */
export async function extendTiles(
  tx: Tx,
  organisation: OrganisationId,
  size: number,
  digests: readonly Uint8Array[],
): Promise<void> {
  const write = (level: TileLevel, from: number, parts: readonly Uint8Array[]) =>
    append(tx, organisation, { level, from, parts })
  await write(
    'entries',
    size,
    digests.map((digest) => bundleOf([digest])),
  )
  let full = await write(0, size, digests.map(hashLeaf))
  for (let level = 1; full.roots.length > 0; level += 1) {
    full = await write(level, full.from, full.roots)
  }
}

type Appended = { readonly from: number; readonly roots: readonly Hash[] }
type Part = {
  readonly level: TileLevel
  /** Where in the level the first goes. */
  readonly from: number
  readonly parts: readonly Uint8Array[]
}

/** Answers the roots of the tiles that became full by it: they go into the level above. */
async function append(
  tx: Tx,
  organisation: OrganisationId,
  { level, from, parts }: Part,
): Promise<Appended> {
  const roots: Hash[] = []
  const first = Math.floor(from / TILE_WIDTH)
  let done = 0
  for (let n = first; done < parts.length; n += 1) {
    const at = from + done - n * TILE_WIDTH
    const some = parts.slice(done, done + TILE_WIDTH - at)
    const before = at === 0 ? undefined : await readTile(tx, organisation, { level, n, width: at })
    if (at > 0 && !before) throw new Error(`the log has no tile ${level}/${n} of width ${at}`)
    const bytes = Buffer.concat([...(before ? [before] : []), ...some])
    await tx
      .insertInto('log_tile')
      .values({ organisation, level: stored(level), n, bytes })
      .onConflict((conflict) =>
        conflict.columns(['organisation', 'level', 'n']).doUpdateSet({ bytes }),
      )
      .execute()
    if (level !== 'entries' && at + some.length === TILE_WIDTH) roots.push(rootOf(hashesIn(bytes)))
    done += some.length
  }
  return { from: first, roots }
}

/** The roots of ranges of an organisation's log, each from the tiles that it takes. */
export async function hashesOf(
  tx: Tx,
  organisation: OrganisationId,
  ranges: readonly Range[],
): Promise<Hash[]> {
  const parts = ranges.flatMap(subtreesOf)
  const hashOf = await readSubtrees(parts, (tile) => readTile(tx, organisation, tile))
  return ranges.map((range) => hashOfRange(range, hashOf))
}

type ReadTile = (tile: Tile) => Promise<Uint8Array | undefined>

/** The hashes of complete parts, with each tile read once. Throws where a tile is missing. */
export async function readSubtrees(
  parts: readonly Subtree[],
  read: ReadTile,
): Promise<(part: Subtree) => Hash> {
  const widths = new Map<string, Tile>()
  for (const part of parts) {
    const { level, n, from, count } = tileOf(part)
    const key = `${level}/${n}`
    const width = Math.max(from + count, widths.get(key)?.width ?? 0)
    widths.set(key, { level, n, width })
  }
  const tiles = new Map<string, Uint8Array>()
  for (const [key, tile] of widths) {
    const bytes = await read(tile)
    if (!bytes) throw new Error(`the log has no tile ${key} of width ${tile.width}`)
    tiles.set(key, bytes)
  }
  return (part) => {
    const { level, n } = tileOf(part)
    return hashInTile(tiles.get(`${level}/${n}`) ?? new Uint8Array(), part)
  }
}
