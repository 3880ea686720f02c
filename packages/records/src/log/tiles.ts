import { readCount } from './lines.ts'
import { type Hash, rootOf, type Subtree } from './tree.ts'

/*
 * C2SP tlog-tiles: the tree in files of 256 hashes, and its entries in bundles of 256. What is complete
 * never changes, so anybody may keep a copy.
 */

export const TILE_WIDTH = 256
const TILE_LEVELS = 8
const HASH_BYTES = 32
/** An entry is a digest of 32 bytes behind its length in two. */
const ENTRY_BYTES = 34
const HIGHEST_LEVEL = 63

export type TileLevel = number | 'entries'
/** So many hashes or entries, up to 256, of the tile at this place. */
export type Tile = { readonly level: TileLevel; readonly n: number; readonly width: number }

/** Where a tile is served, below `tile/`. */
export function tilePath({ level, n, width }: Tile): string {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, '0')
  const groups = digits.match(/\d{3}/g) ?? []
  const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`))
  return `${level}/${path.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** The tile that a path asks for; undefined where it is not written in the one way that counts. */
export function readTilePath(path: string): Tile | undefined {
  const parts = /^(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (!parts) return undefined
  const [, where = '', digits = '', part] = parts
  const level: TileLevel | undefined = where === 'entries' ? where : readCount(where)
  const width = part === undefined ? TILE_WIDTH : readCount(part)
  if (level === undefined || width === undefined) return undefined
  if (level !== 'entries' && level > HIGHEST_LEVEL) return undefined
  const tile = { level, n: Number(digits.replace(/\D/g, '')), width }
  return tilePath(tile) === path && width > 0 ? tile : undefined
}

/** How much there is of a tile in a tree of this size: 256 where it is complete, 0 where it is not. */
export function widthIn(size: number, { level, n }: Omit<Tile, 'width'>): number {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level))
  return Math.max(0, Math.min(TILE_WIDTH, hashes - n * TILE_WIDTH))
}

/** Which tile holds a complete part of the tree, and which of its hashes make it. */
export function tileOf({ level, index }: Subtree) {
  const tileLevel = Math.floor(level / TILE_LEVELS)
  const count = 2 ** (level % TILE_LEVELS)
  const first = index * count
  const n = Math.floor(first / TILE_WIDTH)
  return { level: tileLevel, n, from: first - n * TILE_WIDTH, count }
}

export function hashesIn(tile: Uint8Array): Hash[] {
  const count = Math.floor(tile.length / HASH_BYTES)
  return Array.from({ length: count }, (_, at) =>
    tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  )
}

/** The hash of a complete part, from the tile that `tileOf` names. */
export function hashInTile(tile: Uint8Array, subtree: Subtree): Hash {
  const { from, count } = tileOf(subtree)
  const hashes = hashesIn(tile).slice(from, from + count)
  if (hashes.length < count) throw new RangeError('the tile does not reach so far')
  return rootOf(hashes)
}

/** How many bytes so much of a tile takes. */
export const bytesOf = ({ level, width }: Omit<Tile, 'n'>): number =>
  width * (level === 'entries' ? ENTRY_BYTES : HASH_BYTES)

/** A bundle of entries: each digest behind its length. */
export function bundleOf(digests: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(digests.length * ENTRY_BYTES)
  for (const [at, digest] of digests.entries()) {
    bundle.set([0, HASH_BYTES], at * ENTRY_BYTES)
    bundle.set(digest, at * ENTRY_BYTES + 2)
  }
  return bundle
}

/** The digests in a bundle; undefined where an entry is no digest. */
export function digestsIn(bundle: Uint8Array): Uint8Array[] | undefined {
  const digests: Uint8Array[] = []
  for (let at = 0; at < bundle.length; at += ENTRY_BYTES) {
    const isDigest = bundle[at] === 0 && bundle[at + 1] === HASH_BYTES
    if (!isDigest || at + ENTRY_BYTES > bundle.length) return undefined
    digests.push(bundle.subarray(at + 2, at + ENTRY_BYTES))
  }
  return digests
}
