import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { fromBase64Url, toBase64Url } from '../src/base64.ts'
import type { Assertion } from '../src/passkey/assertion.ts'
import type { OfficerKey } from '../src/passkey/officer-key.ts'

/* Passkeys as authenticators hold them: they sign what a browser hands them, and give their key in COSE. */

const site = 'ministry.ardenia.example'
export const origin = 'https://ministry.ardenia.example'

/** What may be wrong with an assertion. */
type Odd = Partial<{ site: string; origin: string; type: string; flags: number; isFramed: boolean }>

export type MadePasskey = {
  readonly key: OfficerKey
  readonly cose: Uint8Array
  readonly sign: (challenge: Uint8Array, odd?: Odd) => Promise<Assertion>
}

type Pair = {
  readonly spki: Uint8Array
  readonly cose: Uint8Array
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>
}

const unbase64 = (text = '') => fromBase64Url(text) as Uint8Array<ArrayBuffer>

/** CBOR of a byte string and of a whole number, as short as CBOR asks for. */
const head = (major: number, value: number): Uint8Array => {
  const first = major << 5
  if (value < 24) return Uint8Array.of(first | value)
  return value < 256
    ? Uint8Array.of(first | 24, value)
    : Uint8Array.of(first | 25, value >> 8, value & 0xff)
}
const number = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value))
const bytes = (value: Uint8Array) => concatBytes(head(2, value.length), value)
const coseOf = (members: readonly (readonly [number, number | Uint8Array])[]): Uint8Array =>
  concatBytes(
    head(5, members.length),
    ...members.flatMap(([label, value]) => [
      number(label),
      typeof value === 'number' ? number(value) : bytes(value),
    ]),
  )

/** Of a seed, so that what is published comes out the same. */
function pairOfSeed(algorithm: 'ES256' | 'EdDSA', seed: Uint8Array): Pair {
  if (algorithm === 'EdDSA') {
    const point = ed25519.getPublicKey(seed)
    return {
      spki: concatBytes(Uint8Array.from(Buffer.from('302a300506032b6570032100', 'hex')), point),
      cose: coseOf([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, point],
      ]),
      sign: (message) => ed25519.sign(message, seed),
    }
  }
  const point = p256.getPublicKey(seed, false)
  const frame = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')
  return {
    spki: concatBytes(Uint8Array.from(frame), point),
    cose: coseOf([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, point.slice(1, 33)],
      [-3, point.slice(33)],
    ]),
    sign: (message) => p256.sign(message, seed, { format: 'der', prehash: true, lowS: false }),
  }
}

async function rsaPair(modulusLength: number): Promise<Pair> {
  const name = 'RSASSA-PKCS1-v1_5'
  const publicExponent = Uint8Array.of(1, 0, 1)
  const pair = await crypto.subtle.generateKey(
    { name, hash: 'SHA-256', modulusLength, publicExponent },
    true,
    ['sign', 'verify'],
  )
  const { n } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return {
    spki: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)),
    cose: coseOf([
      [1, 3],
      [3, -257],
      [-1, unbase64(n)],
      [-2, publicExponent],
    ]),
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign(name, pair.privateKey, new Uint8Array(message))),
  }
}

function passkeyOf(algorithm: OfficerKey['algorithm'], officer: PersonId, pair: Pair): MadePasskey {
  const credential = toBase64Url(sha256(pair.spki).subarray(0, 16))
  const key = {
    officer,
    name: 'M. Oren',
    office: 'Focal point of Ardenia',
    credential,
    algorithm,
    publicKey: toBase64Url(pair.spki),
    site,
    origin,
  }
  const sign = async (challenge: Uint8Array, odd: Odd = {}): Promise<Assertion> => {
    const said = {
      type: odd.type ?? 'webauthn.get',
      challenge: toBase64Url(challenge),
      origin: odd.origin ?? origin,
      crossOrigin: odd.isFramed ?? false,
    }
    const client = utf8ToBytes(JSON.stringify(said))
    const counter = Uint8Array.of(0, 0, 0, 7)
    const flags = Uint8Array.of(odd.flags ?? 0x1d)
    const authenticator = concatBytes(sha256(utf8ToBytes(odd.site ?? site)), flags, counter)
    const signature = await pair.sign(concatBytes(authenticator, sha256(client)))
    return {
      officer,
      credential,
      authenticator: toBase64Url(authenticator),
      client: toBase64Url(client),
      signature: toBase64Url(signature),
    }
  }
  return { key, cose: pair.cose, sign }
}

/** A new passkey of that officer. */
export async function makePasskey(
  algorithm: OfficerKey['algorithm'],
  officer: PersonId,
  bits = 2048,
): Promise<MadePasskey> {
  if (algorithm === 'RS256') return passkeyOf(algorithm, officer, await rsaPair(bits))
  const { secretKey } = algorithm === 'EdDSA' ? ed25519.keygen() : p256.keygen()
  return passkeyOf(algorithm, officer, pairOfSeed(algorithm, secretKey))
}

/** One whose key everybody knows. */
export const knownPasskey = (officer: PersonId, seed: Uint8Array): MadePasskey =>
  passkeyOf('ES256', officer, pairOfSeed('ES256', seed))
