import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { PersonId } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { fromBase64Url, toBase64Url } from '../base64.ts'
import { verifyEd25519 } from '../jws.ts'
import { readStrictJson } from '../strict-json.ts'
import { type OfficerKey, pointOf } from './officer-key.ts'

/*
 * What an officer's passkey signed, checked with nothing but its public key: the part of Web
 * Authentication (Level 2, 7.2) that holds years later, without a browser, a server or a network.
 */

/** An assertion as a browser gives it. */
export const Assertion = z.strictObject({
  officer: PersonId,
  /** Names the passkey. */
  credential: z.base64url().min(1).max(1400),
  authenticator: z.base64url().max(2000),
  client: z.base64url().max(4000),
  signature: z.base64url().max(1400),
})
export type Assertion = Readonly<z.infer<typeof Assertion>>

/** Why an assertion says nothing of what it is held against: the first that is found. */
export type AssertionFault =
  | 'not-readable'
  | 'other-passkey'
  | 'other-purpose'
  | 'other-challenge'
  | 'other-origin'
  | 'other-site'
  /** Nobody touched the authenticator, or it did not make sure who did. */
  | 'nobody-verified'
  | 'bad-signature'

const ClientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
})

const [HASH, FLAGS] = [32, 37]
const PRESENT = 0x01
const VERIFIED = 0x04

type Asked = { readonly challenge: Uint8Array; readonly key: OfficerKey }

/** Whether this passkey's holder signed for this challenge, here and in person. */
export async function checkAssertion(
  assertion: Assertion,
  { challenge, key }: Asked,
): Promise<AssertionFault | undefined> {
  const [authenticator, client, signature] = [
    assertion.authenticator,
    assertion.client,
    assertion.signature,
  ].map(fromBase64Url)
  if (!authenticator || !client || !signature) return 'not-readable'
  if (assertion.credential !== key.credential || assertion.officer !== key.officer) {
    return 'other-passkey'
  }
  const fault = faultInClient(client, challenge, key) ?? faultInAuthenticator(authenticator, key)
  if (fault) return fault
  const signed = concatBytes(authenticator, sha256(client))
  return (await isSigned(signature, signed, key)) ? undefined : 'bad-signature'
}

function faultInClient(
  bytes: Uint8Array,
  challenge: Uint8Array,
  { origin }: OfficerKey,
): AssertionFault | undefined {
  const read = readStrictJson(bytes, bytes.length)
  const client = ClientData.safeParse('value' in read ? read.value : undefined).data
  if (!client) return 'not-readable'
  if (client.type !== 'webauthn.get') return 'other-purpose'
  if (client.challenge !== toBase64Url(challenge)) return 'other-challenge'
  return client.origin !== origin || client.crossOrigin === true ? 'other-origin' : undefined
}

function faultInAuthenticator(bytes: Uint8Array, { site }: OfficerKey): AssertionFault | undefined {
  if (bytes.length < FLAGS) return 'not-readable'
  const expected = sha256(utf8ToBytes(site))
  if (!expected.every((byte, at) => byte === bytes[at])) return 'other-site'
  const flags = bytes[HASH] ?? 0
  return (flags & PRESENT) === 0 || (flags & VERIFIED) === 0 ? 'nobody-verified' : undefined
}

async function isSigned(
  signature: Uint8Array<ArrayBuffer>,
  signed: Uint8Array,
  { algorithm, publicKey }: OfficerKey,
): Promise<boolean> {
  const spki = fromBase64Url(publicKey)
  if (!spki) return false
  if (algorithm === 'RS256') return isSignedByRsa(signature, new Uint8Array(signed), spki)
  const point = pointOf(algorithm, spki)
  if (!point) return false
  if (algorithm === 'EdDSA') return verifyEd25519(signature, signed, point)
  try {
    // Authenticators write DER, and do not choose the lower of the two values of s.
    return p256.verify(signature, signed, point, { format: 'der', lowS: false, prehash: true })
  } catch {
    return false
  }
}

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
/** Shorter keys can be broken. */
const LEAST_BITS = 2048

async function isSignedByRsa(
  signature: Uint8Array<ArrayBuffer>,
  signed: Uint8Array<ArrayBuffer>,
  spki: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('spki', spki, RSA, false, ['verify'])
    const { modulusLength } = key.algorithm as RsaHashedKeyAlgorithm
    return modulusLength >= LEAST_BITS && (await crypto.subtle.verify(RSA, key, signature, signed))
  } catch {
    return false
  }
}
