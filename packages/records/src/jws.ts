import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { fromBase64Url, textToBase64Url, toBase64Url } from './base64.ts'
import { canonicalJson, type Json } from './canonical.ts'
import { type JsonFault, readStrictJson } from './strict-json.ts'

/*
 * Flattened JSON Web Signature (RFC 7515, Ed25519 by RFC 9864) over canonical JSON: the form of
 * everything an organisation signs, the entries of a matter's record and the records of the network.
 */

/** Something signed as it is kept and sent; its bytes are never made anew. */
export const Signed = z.strictObject({
  protected: z.base64url(),
  payload: z.base64url(),
  signature: z.base64url(),
})
export type Signed = Readonly<z.infer<typeof Signed>>

/** What every header names: the organisation, and its key that signed. */
type SignedHeader = { readonly kid: string; readonly org: OrganisationId }

/** What can be wrong with something signed. */
export type SignedFault = 'not-readable' | 'not-canonical' | 'unknown-key' | 'bad-signature'

/** The public half of a signing seed of 32 bytes, in base64url. */
export const publicKeyOf = (seed: Uint8Array): string => toBase64Url(ed25519.getPublicKey(seed))

/**
 * Signs a header and a payload, each in its one text, with a seed of 32 bytes. Throws a TypeError on
 * what no reader would let in.
 */
export function sign(header: Json, payload: Json, seed: Uint8Array): Signed {
  const [head, body] = [encodeJson(header), encodeJson(payload)]
  const signature = toBase64Url(ed25519.sign(utf8ToBytes(`${head}.${body}`), seed))
  return { protected: head, payload: body, signature }
}

/** SHA-256 over what is signed: the name of it. */
export function digestOf({ protected: head, payload }: Signed): Sha256 {
  return bytesToHex(sha256(utf8ToBytes(`${head}.${payload}`))) as Sha256
}

/** The public key of that name in base64url, if it is that organisation's. */
export type KeyOf = (kid: string, organisation: OrganisationId) => string | undefined

/**
 * Whether a signature of 64 bytes over a message is by a public key of 32, as RFC 8032 has it: so that
 * no key and no signature is sound to us alone. False for whatever is no signature or no key.
 */
export type Verify = (signature: Uint8Array, message: Uint8Array, key: Uint8Array) => boolean

export const verifyEd25519: Verify = (signature, message, key) => {
  try {
    return ed25519.verify(signature, message, key, { zip215: false })
  } catch {
    return false
  }
}

/** Whether it is written in the one way it has, and not one of the few that fit any signature. */
export function isSoundKey(key: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(key, false).isSmallOrder()
  } catch {
    return false
  }
}

type Read<H> =
  | { readonly header: H; readonly payload: Json }
  /** Where JSON is at fault, what is wrong with it. */
  | { readonly fault: SignedFault; readonly because?: JsonFault }

/** Checks the signature before it reads the payload. */
export function readSigned<H extends SignedHeader>(
  schema: z.ZodType<H>,
  signed: Signed,
  keyOf: KeyOf,
  verify: Verify = verifyEd25519,
): Read<H> {
  const header = readHeader(schema, signed)
  if (!header) return { fault: 'not-readable' }
  const key = keyOf(header.kid, header.org)
  if (key === undefined) return { fault: 'unknown-key' }
  if (!isSigned(signed, key, verify)) return { fault: 'bad-signature' }
  const read = decodeJson(signed.payload)
  if ('fault' in read) return { fault: 'not-readable', because: read.fault }
  const again = textToBase64Url(canonicalJson(read.value))
  if (again !== signed.payload) return { fault: 'not-canonical' }
  return { header, payload: read.value }
}

/** Checks nothing but the form. Undefined where the header is not of this schema. */
export function readHeader<H>(schema: z.ZodType<H>, { protected: head }: Signed): H | undefined {
  const read = decodeJson(head)
  if ('fault' in read) return undefined
  const header = schema.safeParse(read.value).data
  if (!header || textToBase64Url(canonicalJson(header as Json)) !== head) return undefined
  return header
}

/** What was said, of something whose signature was checked before. */
export function payloadOf({ payload }: Signed): Json | undefined {
  const read = decodeJson(payload)
  return 'fault' in read ? undefined : read.value
}

function isSigned(
  { protected: head, payload, signature }: Signed,
  key: string,
  verify: Verify,
): boolean {
  const [bytes, point] = [fromBase64Url(signature), fromBase64Url(key)]
  return Boolean(bytes && point && verify(bytes, utf8ToBytes(`${head}.${payload}`), point))
}

function encodeJson(value: Json): string {
  const bytes = utf8ToBytes(canonicalJson(value))
  const read = readStrictJson(bytes, bytes.length)
  if ('fault' in read) throw new TypeError(`cannot be signed: ${read.fault}`)
  return toBase64Url(bytes)
}

/** However long: whoever takes something from others has looked at its size. */
function decodeJson(text: string): ReturnType<typeof readStrictJson> {
  const bytes = fromBase64Url(text)
  if (!bytes) return { fault: 'not-json', at: 0 }
  return readStrictJson(bytes, bytes.length)
}
