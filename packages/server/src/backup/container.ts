import { createHash, timingSafeEqual } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Problem } from '@tocsin/domain/problem.ts'

/*
 * One backup is one file: a line that names the format, a gzip stream of frames, and the SHA-256 of
 * all bytes before it. A frame is one letter, four bytes of length, and that many bytes.
 */

/** The first bytes of the file: what it is, and the version of the format. */
export const firstLine = 'tocsin-backup 1\n'
const firstLineOfAny = /^tocsin-backup \d+\n/
const SEAL_BYTES = 32
const HEAD_BYTES = 5
/** Bounds what a reader holds in memory, whatever a file claims. */
export const MAXIMUM_FRAME_BYTES = 1024 * 1024

/** H: header, S: a section starts, D: its bytes, E: it ends, Z: nothing follows. */
export type FrameKind = 'H' | 'S' | 'D' | 'E' | 'Z'
export type Frame = { readonly kind: FrameKind; readonly payload: Buffer }

const isKind = (letter: string): letter is FrameKind => 'HSDEZ'.includes(letter)

/** The bytes of one thing said in JSON. */
export function encodeStatement(kind: FrameKind, value: unknown): Buffer {
  return encodeFrame(kind, Buffer.from(JSON.stringify(value)))
}

/** The bytes of a section's content, in as many frames as it takes. */
export function* encodeContent(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += MAXIMUM_FRAME_BYTES) {
    yield encodeFrame('D', bytes.subarray(from, from + MAXIMUM_FRAME_BYTES))
  }
}

function encodeFrame(kind: FrameKind, payload: Buffer): Buffer {
  if (payload.length > MAXIMUM_FRAME_BYTES) throw new RangeError('a frame is too long')
  const head = Buffer.alloc(HEAD_BYTES)
  head.write(kind, 'latin1')
  head.writeUInt32BE(payload.length, 1)
  return Buffer.concat([head, payload])
}

/** Takes the stream apart again; throws a RangeError where it is not made of frames. */
export async function* decodeFrames(stream: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    while (rest.length >= HEAD_BYTES) {
      const length = rest.readUInt32BE(1)
      if (length > MAXIMUM_FRAME_BYTES) throw new RangeError('a frame is too long')
      if (rest.length < HEAD_BYTES + length) break
      const kind = rest.toString('latin1', 0, 1)
      if (!isKind(kind)) throw new RangeError('a frame of no known kind')
      yield { kind, payload: rest.subarray(HEAD_BYTES, HEAD_BYTES + length) }
      rest = rest.subarray(HEAD_BYTES + length)
    }
  }
  if (rest.length > 0) throw new RangeError('the last frame is cut')
}

/** A backup whose every byte is as it was written. */
export type SealedFile = {
  readonly sha256: string
  readonly bytes: number
  readonly frames: () => AsyncIterable<Frame>
}

/** Reads the whole file against its seal; refuses what is no backup, cut or altered. */
export async function openSealed(file: string): Promise<SealedFile> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new Problem('backup.no-file', { file }, { cause: error })
  })
  try {
    const { size } = await handle.stat()
    await refuseForeign(handle, file)
    const end = size - SEAL_BYTES
    if (end <= firstLine.length) throw new Problem('backup.damaged', { file })
    const { sha256, whole } = await readSeal(handle, end)
    if (!whole) throw new Problem('backup.damaged', { file })
    return { sha256, bytes: size, frames: () => readFrames(file, end) }
  } finally {
    await handle.close()
  }
}

async function refuseForeign(handle: FileHandle, file: string): Promise<void> {
  const start = Buffer.alloc(firstLine.length)
  // A folder opens as well as a file; only reading from it fails.
  const read = await handle.read(start, 0, start.length, 0).catch((error) => {
    throw new Problem('backup.not-a-backup', { file }, { cause: error })
  })
  const text = start.toString('latin1', 0, read.bytesRead)
  if (text === firstLine) return
  throw new Problem(firstLineOfAny.test(text) ? 'backup.newer' : 'backup.not-a-backup', { file })
}

async function readSeal(handle: FileHandle, end: number) {
  const hash = createHash('sha256')
  const stream = handle.createReadStream({ start: 0, end: end - 1, autoClose: false })
  for await (const chunk of stream) hash.update(chunk)
  const sum = hash.digest()
  const seal = Buffer.alloc(SEAL_BYTES)
  const { bytesRead } = await handle.read(seal, 0, SEAL_BYTES, end)
  const whole = bytesRead === SEAL_BYTES && timingSafeEqual(sum, seal)
  return { sha256: sum.toString('hex'), whole }
}

async function* readFrames(file: string, end: number): AsyncGenerator<Frame> {
  const handle = await open(file)
  const packed = handle.createReadStream({ start: firstLine.length, end: end - 1 })
  const unpacked = packed.pipe(createGunzip())
  packed.on('error', (error) => unpacked.destroy(error))
  try {
    yield* decodeFrames(Readable.from(unpacked))
  } finally {
    unpacked.destroy()
    packed.destroy()
  }
}
