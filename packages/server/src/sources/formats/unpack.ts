import { PassThrough, pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Problem } from '@tocsin/domain/problem.ts'
import { inPieces, resumed } from './pieces.ts'
import { unzipped } from './zip.ts'

/** Pieces small enough that a bomb of the worst ratio unpacks to a few megabytes at a time. */
const packedPiece = 16_384
const piece = 65_536
// Text packs 5 to 40 times; only what was made to fill a disk packs 200 times.
const mostTimes = 200
const alwaysAllowed = 64 * 1024 ** 2
const mostBytes = 4 * 1024 ** 3

/** Counts the bytes of a file as it is stored while they are read. */
export class Counted {
  bytes = 0
  readonly #source: AsyncIterable<Uint8Array>

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#source) {
      this.bytes += chunk.length
      yield chunk
    }
  }
}

/** The text of a file in pieces of one size: as it is, or unpacked from gzip or zip within limits. */
export async function* unpacked(stored: Counted): AsyncGenerator<Uint8Array> {
  const packed = inPieces(stored, packedPiece)
  const first = await packed.next()
  if (first.done) throw new Problem('source.empty')
  const whole = resumed([first.value], packed)
  yield* inPieces(opened(first.value, whole, stored), piece)
}

function opened(
  first: Uint8Array,
  whole: AsyncIterable<Uint8Array>,
  stored: Counted,
): AsyncIterable<Uint8Array> {
  const tooLarge = (bytes: number): boolean =>
    bytes > mostBytes || bytes > alwaysAllowed + stored.bytes * mostTimes
  if (first[0] === 0x1f && first[1] === 0x8b) return limited(gunzipped(whole), tooLarge)
  if (first[0] === 0x50 && first[1] === 0x4b) return unzipped(whole, tooLarge)
  return whole
}

async function* limited(
  text: AsyncIterable<Uint8Array>,
  tooLarge: (bytes: number) => boolean,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of text) {
    bytes += chunk.length
    if (tooLarge(bytes)) throw new Problem('source.unpacks-too-large')
    yield chunk
  }
}

async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false })
  const text = pipeline(source, createGunzip(), new PassThrough(), () => undefined)
  try {
    yield* text as AsyncIterable<Uint8Array>
  } catch (error) {
    if (!isZlib(error)) throw error
    throw new Problem('source.damaged', {}, { cause: error })
  }
}

const isZlib = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
