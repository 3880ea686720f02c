/*
 * DEFLATE (RFC 1951) by the platform's own streams, the same in Node and in browsers. See
 * docs/adr/0013-deflate-before-sealing.md.
 */

export const deflate = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))).bytes()

type Inflated =
  | { readonly bytes: Uint8Array }
  | { readonly fault: 'expands-too-far' | 'not-records' }

/** Gives up as soon as more comes out than the limit. */
export async function inflate(packed: Uint8Array<ArrayBuffer>, limit: number): Promise<Inflated> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const bytes = new Uint8Array(limit)
  let length = 0
  try {
    for await (const part of stream) {
      if (length + part.length > limit) return { fault: 'expands-too-far' }
      bytes.set(part, length)
      length += part.length
    }
  } catch {
    return { fault: 'not-records' }
  }
  return { bytes: bytes.subarray(0, length) }
}
