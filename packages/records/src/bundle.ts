import { createTarDecoder, createTarPacker, type ParsedTarEntry } from 'modern-tar'
import { AgeAltered, type AgeFault, type AgeKey, decryptStream, encryptStreamTo } from './age.ts'
import {
  type BagFault,
  type BagFile,
  BagRefused,
  bagLimit,
  type CheckedBag,
  checkBag,
  checkPath,
  readPayload,
  writeBag,
} from './bag.ts'
import { padme } from './padding.ts'

/*
 * What travels on a disk instead of a line: a bag in a tar file, filled up to a size that says little,
 * sealed to the key of the one who receives it. Nothing of it is held in memory as a whole.
 */

/** Why a bundle is refused. */
export type BundleFault =
  | BagFault
  | AgeFault
  /** What was sealed is no tar file, or holds more than plain files. */
  | 'not-a-tar'

/** Inside, as every program that unpacks it will find it. */
const root = 'bundle/'
/** Small bundles look alike. */
const smallest = 64 * 1024

/** A bag around a payload as a tar file; the same payload gives the same bytes. */
export function packBundle(payload: AsyncIterable<BagFile>): ReadableStream<Uint8Array> {
  const { readable, controller } = createTarPacker()
  const pack = async () => {
    for await (const { path, bytes } of writeBag(payload)) {
      // Nothing tells when it was made, or by which account.
      const header = { name: root + path, size: bytes.length, mtime: new Date(0) }
      const writer = controller.add({ ...header, type: 'file' }).getWriter()
      await writer.write(bytes)
      await writer.close()
    }
    controller.finalize()
  }
  pack().catch((error) => controller.error(error))
  return readable.pipeThrough(new TransformStream(filling()))
}

/** Zeros after the end of a tar file, which every reader passes over, up to a size of PADMÉ. */
function filling(): Transformer<Uint8Array, Uint8Array> {
  let length = 0
  return {
    transform: (part, controller) => {
      length += part.length
      controller.enqueue(part)
    },
    flush: (controller) => {
      const zeros = new Uint8Array(64 * 1024)
      for (let left = padme(Math.max(smallest, length)) - length; left > 0; left -= zeros.length) {
        controller.enqueue(zeros.subarray(0, left))
      }
    },
  }
}

/** The files of a bag in a tar file, one after the other. Throws on anything but plain files. */
export async function* unpackBundle(tar: ReadableStream<Uint8Array>): AsyncGenerator<BagFile> {
  const entries = tar.pipeThrough(
    createTarDecoder({ strict: true }) as ReadableWritablePair<ParsedTarEntry, Uint8Array>,
  )
  for await (const { header, body } of entries) {
    if (header.type !== 'file') throw new TarRefused()
    if (!header.name.startsWith(root)) throw new BagRefused('bad-path', header.name.slice(0, 200))
    const path = header.name.slice(root.length)
    checkPath(path)
    if (header.size > bagLimit.bytes) throw new BagRefused('too-large', path)
    yield { path, bytes: await new Response(body).bytes() }
  }
}

class TarRefused extends Error {}

/** Seals a payload to the key of whoever receives it; the bytes may be written as they come. */
export const sealBundle = (
  payload: AsyncIterable<BagFile>,
  recipient: string,
): Promise<ReadableStream<Uint8Array>> => encryptStreamTo([recipient], packBundle(payload))

type Checked =
  | { readonly bag: CheckedBag }
  /** The file inside where it was found; empty where none could be looked at. */
  | { readonly fault: BundleFault; readonly at: string }

/** Reads a bundle from end to end, so that nothing is taken from one that is not whole. */
export async function checkBundle(
  bundle: ReadableStream<Uint8Array>,
  keys: readonly AgeKey[],
): Promise<Checked> {
  const read = await decryptStream(bundle, keys)
  if ('fault' in read) return { ...read, at: '' }
  try {
    return { bag: await checkBag(unpackBundle(read.opened)) }
  } catch (error) {
    if (error instanceof BagRefused) return { fault: error.fault, at: error.at }
    return { fault: error instanceof AgeAltered ? 'altered' : 'not-a-tar', at: '' }
  }
}

/** The payload of a bundle that was checked; throws a BagRefused where it is no longer the same. */
export async function* readBundle(
  bundle: ReadableStream<Uint8Array>,
  keys: readonly AgeKey[],
  bag: CheckedBag,
): AsyncGenerator<BagFile> {
  const read = await decryptStream(bundle, keys)
  if ('fault' in read) throw new BagRefused('wrong-sum', '')
  yield* readPayload(unpackBundle(read.opened), bag)
}
