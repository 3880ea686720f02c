import { consistencyRanges } from '@tocsin/records/log/proofs.ts'
import { bytesOf, type Tile, tilePath, widthIn } from '@tocsin/records/log/tiles.ts'
import { type Hash, hashOfRange, type Range, subtreesOf } from '@tocsin/records/log/tree.ts'
import type { App } from '../app.ts'
import { readSubtrees } from './log-tiles.ts'

/* The logs of others, read over HTTP. Whatever comes is believed only where it hashes to what was signed. */

const PATIENCE_MS = 10_000
/** A checkpoint with a hundred cosignatures; a list of them from a witness. */
const LARGEST_TEXT = 1_000_000

/** Gets a text, or posts one. Follows no redirect: nobody else speaks for a log. */
export async function ask(app: App, url: string, body?: string) {
  const { status, bytes } = await request(app, url, LARGEST_TEXT, body)
  return { status, text: new TextDecoder().decode(bytes) }
}

async function request(app: App, url: string, largest: number, body?: string) {
  const response = await app.fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(body !== undefined && {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    }),
  })
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > largest) throw new RangeError(`${url} sends more than ${largest} bytes`)
    chunks.push(chunk)
  }
  return { status: response.status, bytes: Buffer.concat(chunks) }
}

type Tree = { readonly address: string; readonly size: number }

/** A tile of the log as of its size; undefined where it is not served, or not in that length. */
export async function fetchTile(app: App, { address, size }: Tree, tile: Omit<Tile, 'width'>) {
  const whole = { ...tile, width: widthIn(size, tile) }
  const length = bytesOf(whole)
  const { status, bytes } = await request(app, `${address}/tile/${tilePath(whole)}`, length)
  return status === 200 && bytes.length === length ? bytes : undefined
}

/**
 * The roots of ranges of a tree as the log serves them: whoever asks must prove them against what was
 * signed. Undefined where the log does not serve the tree that it has signed.
 */
export async function fetchHashes(
  app: App,
  tree: Tree,
  ranges: readonly Range[],
): Promise<Hash[] | undefined> {
  try {
    const parts = ranges.flatMap(subtreesOf)
    const hashOf = await readSubtrees(parts, (tile) => fetchTile(app, tree, tile))
    return ranges.map((range) => hashOfRange(range, hashOf))
  } catch (error) {
    app.log.warn({ error, address: tree.address }, 'a log does not serve what it has signed')
    return undefined
  }
}

/** What a tree had as its root at a smaller size, with the proof of it. */
export async function fetchPrefix(app: App, tree: Tree, old: number) {
  const ranges = consistencyRanges(old, tree.size)
  const hashes = await fetchHashes(app, tree, [{ from: 0, to: old }, ...ranges])
  const [root, ...proof] = hashes ?? []
  return root && { root, proof }
}
