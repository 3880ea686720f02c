import { concatBytes } from '@noble/hashes/utils.js'

/*
 * The public key of a passkey as authenticators give it: a COSE_Key (RFC 9052) in CBOR (RFC 8949). It
 * is a map of small whole numbers to numbers and bytes, and nothing else of CBOR is read.
 */

export type CoseKey =
  | { readonly algorithm: 'ES256' | 'EdDSA'; readonly point: Uint8Array }
  | { readonly algorithm: 'RS256'; readonly modulus: Uint8Array; readonly exponent: Uint8Array }

type Value = number | Uint8Array

/** Undefined for what is no key, or of a kind that passkeys here do not have. */
export function readCoseKey(bytes: Uint8Array): CoseKey | undefined {
  const key = readMap(bytes)
  if (!key) return undefined
  const [kind, algorithm, one, two, three] = [1, 3, -1, -2, -3].map((label) => key.get(label))
  if (kind === 2 && algorithm === -7 && one === 1 && isBytes(two, 32) && isBytes(three, 32)) {
    return { algorithm: 'ES256', point: concatBytes(Uint8Array.of(4), two, three) }
  }
  if (kind === 1 && algorithm === -8 && one === 6 && isBytes(two, 32)) {
    return { algorithm: 'EdDSA', point: two }
  }
  if (kind === 3 && algorithm === -257 && isBytes(one) && isBytes(two)) {
    return { algorithm: 'RS256', modulus: one, exponent: two }
  }
  return undefined
}

const isBytes = (value: Value | undefined, length?: number): value is Uint8Array =>
  value instanceof Uint8Array && (length === undefined || value.length === length)

function readMap(bytes: Uint8Array): ReadonlyMap<number, Value> | undefined {
  const map = new Map<number, Value>()
  const head = readHead(bytes, 0)
  if (head?.major !== 5) return undefined
  let at = head.next
  for (let left = head.value; left > 0; left -= 1) {
    const label = readValue(bytes, at)
    const value = label && readValue(bytes, label.next)
    if (!value || typeof label.value !== 'number' || map.has(label.value)) return undefined
    map.set(label.value, value.value)
    at = value.next
  }
  return at === bytes.length ? map : undefined
}

/** The kind of what follows, its number or length, and where it goes on. */
function readHead(bytes: Uint8Array, at: number) {
  const first = bytes[at]
  if (first === undefined) return undefined
  const major = first >> 5
  const small = first & 0x1f
  if (small < 24) return { major, value: small, next: at + 1 }
  const [one, two] = [bytes[at + 1], bytes[at + 2]]
  if (small === 24 && one !== undefined) return { major, value: one, next: at + 2 }
  if (small === 25 && one !== undefined && two !== undefined) {
    return { major, value: one * 256 + two, next: at + 3 }
  }
  return undefined
}

function readValue(
  bytes: Uint8Array,
  at: number,
): { readonly value: Value; readonly next: number } | undefined {
  const head = readHead(bytes, at)
  if (head?.major === 0) return head
  if (head?.major === 1) return { value: -1 - head.value, next: head.next }
  const end = head && head.next + head.value
  if (head?.major !== 2 || end === undefined || end > bytes.length) return undefined
  return { value: bytes.subarray(head.next, end), next: end }
}
