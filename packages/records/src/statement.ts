import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { canonicalJson, type Json } from './canonical.ts'

/*
 * A signed statement: JSON Web Signature (RFC 7515, Ed25519 by RFC 9864) over canonical JSON, in one
 * chain for each matter. The digest names it and is all that a log needs to hold.
 */

export const StatementHeader = z.strictObject({
  alg: z.literal('Ed25519'),
  /** The organisation's key that signed. */
  kid: z.string().min(1).max(100),
  typ: z.literal('tocsin+jws'),
  cty: z.string().max(100),
  /** Who states it. */
  org: OrganisationId,
  /** What it belongs to: the chain of one matter. */
  aud: z.string().min(1).max(100),
  /** Its place in the chain, from 1, without gaps. */
  aseq: z.int().positive(),
  /** The digest of the statement before it; null for the first. */
  aprev: Sha256.nullable(),
  /** Random, so that a digest does not give away what little was said. */
  salt: z.string().min(22).max(64),
})
export type StatementHeader = Readonly<z.infer<typeof StatementHeader>>

/** A statement as it is kept and sent; its bytes are never made anew. */
export const Statement = z.strictObject({
  protected: z.base64url(),
  payload: z.base64url(),
  signature: z.base64url(),
})
export type Statement = Readonly<z.infer<typeof Statement>>

/** What is wrong with a statement or a chain of them. */
export type StatementFault =
  | 'not-readable'
  | 'not-canonical'
  | 'unknown-key'
  | 'bad-signature'
  | 'wrong-place'

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

/** Signs what is stated with the organisation's seed of 32 bytes. */
export function signStatement(header: StatementHeader, payload: Json, seed: Uint8Array): Statement {
  const head = encodeText(canonicalJson(header as Json))
  const body = encodeText(canonicalJson(payload))
  const signature = toBase64Url(ed25519.sign(utf8ToBytes(`${head}.${body}`), seed))
  return { protected: head, payload: body, signature }
}

/** SHA-256 over what is signed: the name of the statement. */
export function digestOf({ protected: head, payload }: Statement): Sha256 {
  return bytesToHex(sha256(utf8ToBytes(`${head}.${payload}`))) as Sha256
}

/** The public key of that name in base64url, if it is that organisation's. */
export type KeyOf = (kid: string, organisation: OrganisationId) => string | undefined

/** The key that a statement names; checks nothing. Undefined where its header cannot be read. */
export const kidOf = (statement: Statement): string | undefined => readHeader(statement)?.kid

type Read =
  | { readonly header: StatementHeader; readonly payload: Json }
  | { readonly fault: StatementFault }

/** Checks the signature before it reads anything; `publicKey` is base64url. */
export function readStatement(statement: Statement, keyOf: KeyOf): Read {
  const header = readHeader(statement)
  if (!header) return { fault: 'not-readable' }
  const key = keyOf(header.kid, header.org)
  if (key === undefined) return { fault: 'unknown-key' }
  if (!isSigned(statement, key)) return { fault: 'bad-signature' }
  const payload = decodeJson(statement.payload)
  if (payload === undefined) return { fault: 'not-readable' }
  const again = encodeText(canonicalJson(payload))
  if (again !== statement.payload) return { fault: 'not-canonical' }
  return { header, payload }
}

/** Checks a whole chain from its first statement on; answers the first fault and its place. */
export function checkStatements(
  statements: readonly Statement[],
  keyOf: KeyOf,
): { readonly at: number; readonly fault: StatementFault } | undefined {
  let previous: Sha256 | null = null
  for (const [index, statement] of statements.entries()) {
    const read = readStatement(statement, keyOf)
    if ('fault' in read) return { at: index + 1, fault: read.fault }
    const { aseq, aprev } = read.header
    if (aseq !== index + 1 || aprev !== previous) return { at: index + 1, fault: 'wrong-place' }
    previous = digestOf(statement)
  }
  return undefined
}

function readHeader({ protected: head }: Statement): StatementHeader | undefined {
  const header = StatementHeader.safeParse(decodeJson(head)).data
  if (!header || encodeText(canonicalJson(header as Json)) !== head) return undefined
  return header
}

function isSigned({ protected: head, payload, signature }: Statement, key: string): boolean {
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
