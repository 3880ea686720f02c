import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { canonicalJson, type Json } from './canonical.ts'

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

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const fromBase64Url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
    sign.charCodeAt(0),
  )

/** `String.fromCharCode` takes only so many at once. */
const encodeText = (text: string): string => {
  const bytes = utf8ToBytes(text)
  const parts: string[] = []
  // A multiple of three, so that the parts join without padding between them.
  for (let at = 0; at < bytes.length; at += 3072) {
    parts.push(toBase64Url(bytes.subarray(at, at + 3072)))
  }
  return parts.join('')
}

/** The public half of a signing seed of 32 bytes, in base64url. */
export const publicKeyOf = (seed: Uint8Array): string => toBase64Url(ed25519.getPublicKey(seed))

/** Signs a header and a payload, each in its one text, with a seed of 32 bytes. */
export function sign(header: Json, payload: Json, seed: Uint8Array): Signed {
  const head = encodeText(canonicalJson(header))
  const body = encodeText(canonicalJson(payload))
  const signature = toBase64Url(ed25519.sign(utf8ToBytes(`${head}.${body}`), seed))
  return { protected: head, payload: body, signature }
}

/** SHA-256 over what is signed: the name of it. */
export function digestOf({ protected: head, payload }: Signed): Sha256 {
  return bytesToHex(sha256(utf8ToBytes(`${head}.${payload}`))) as Sha256
}

/** The public key of that name in base64url, if it is that organisation's. */
export type KeyOf = (kid: string, organisation: OrganisationId) => string | undefined

type Read<H> = { readonly header: H; readonly payload: Json } | { readonly fault: SignedFault }

/** Checks the signature before it reads the payload. */
export function readSigned<H extends SignedHeader>(
  schema: z.ZodType<H>,
  signed: Signed,
  keyOf: KeyOf,
): Read<H> {
  const header = readHeader(schema, signed)
  if (!header) return { fault: 'not-readable' }
  const key = keyOf(header.kid, header.org)
  if (key === undefined) return { fault: 'unknown-key' }
  if (!isSigned(signed, key)) return { fault: 'bad-signature' }
  const payload = decodeJson(signed.payload)
  if (payload === undefined) return { fault: 'not-readable' }
  const again = encodeText(canonicalJson(payload))
  if (again !== signed.payload) return { fault: 'not-canonical' }
  return { header, payload }
}

/** Checks nothing but the form. Undefined where the header is not of this schema. */
export function readHeader<H>(schema: z.ZodType<H>, { protected: head }: Signed): H | undefined {
  const header = schema.safeParse(decodeJson(head)).data
  if (!header || encodeText(canonicalJson(header as Json)) !== head) return undefined
  return header
}

/** What was said, of something whose signature was checked before. */
export const payloadOf = ({ payload }: Signed): Json | undefined => decodeJson(payload)

function isSigned({ protected: head, payload, signature }: Signed, key: string): boolean {
  try {
    const signed = utf8ToBytes(`${head}.${payload}`)
    const bytes = fromBase64Url(signature)
    // One signature has one text: the bits that its last sign leaves over are none of its own.
    return toBase64Url(bytes) === signature && ed25519.verify(bytes, signed, fromBase64Url(key))
  } catch {
    return false
  }
}

function decodeJson(text: string): Json | undefined {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(text)))
  } catch {
    return undefined
  }
}
