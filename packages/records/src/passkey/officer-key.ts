import { concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import { PersonId } from '@tocsin/domain/brand.ts'
import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import { fromBase64Url, toBase64Url } from '../base64.ts'
import { readCoseKey } from './cose.ts'

/** How passkeys sign, by the names that COSE has for it. */
const Algorithm = z.enum(['ES256', 'EdDSA', 'RS256'])
type Algorithm = z.infer<typeof Algorithm>

/** The passkey by which an officer signs ballots, as the organisation tells it before the vote. */
export const OfficerKey = z
  .strictObject({
    officer: PersonId,
    name: Line,
    office: Line.nullable(),
    credential: z.base64url().min(1).max(1400),
    algorithm: Algorithm,
    /** SubjectPublicKeyInfo (RFC 5280) in base64url, as `openssl pkey -pubin -inform DER` reads it. */
    publicKey: z.base64url().max(1400),
    /** The host that the passkey is bound to, and the exact origin that the browser reports. */
    site: z.string().min(1).max(253),
    origin: z.url().max(300),
  })
  .refine(({ algorithm, publicKey }) => {
    const bytes = fromBase64Url(publicKey)
    return bytes !== undefined && (algorithm === 'RS256' || pointOf(algorithm, bytes) !== undefined)
  })
export type OfficerKey = Readonly<z.infer<typeof OfficerKey>>

/** What stands before the point in the SubjectPublicKeyInfo of a key on P-256, and on Ed25519. */
const frames: Readonly<Record<Exclude<Algorithm, 'RS256'>, Uint8Array>> = {
  ES256: hexToBytes('3059301306072a8648ce3d020106082a8648ce3d030107034200'),
  EdDSA: hexToBytes('302a300506032b6570032100'),
}
const lengths = { ES256: 65, EdDSA: 32 } as const

/** The point of a key; undefined where it is no key of that kind. */
export function pointOf(
  algorithm: Exclude<Algorithm, 'RS256'>,
  spki: Uint8Array,
): Uint8Array | undefined {
  const frame = frames[algorithm]
  const isFramed = frame.every((byte, at) => byte === spki[at])
  const point = spki.subarray(frame.length)
  return isFramed && point.length === lengths[algorithm] ? point : undefined
}

type Found = Pick<OfficerKey, 'algorithm' | 'publicKey'>

/** A passkey's public key as its authenticator gave it (COSE), in the form in which it is told. */
export function keyOfCose(bytes: Uint8Array): Found | undefined {
  const key = readCoseKey(bytes)
  if (!key) return undefined
  if (key.algorithm === 'RS256') {
    return { algorithm: 'RS256', publicKey: toBase64Url(rsaInfo(key.modulus, key.exponent)) }
  }
  const publicKey = toBase64Url(concatBytes(frames[key.algorithm], key.point))
  return { algorithm: key.algorithm, publicKey }
}

/** What stands before the key in the SubjectPublicKeyInfo of an RSA key (RFC 8017, A.1). */
const rsaAlgorithm = hexToBytes('300d06092a864886f70d0101010500')

function rsaInfo(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  const key = der(0x30, concatBytes(derInteger(modulus), derInteger(exponent)))
  return der(0x30, concatBytes(rsaAlgorithm, der(0x03, concatBytes(Uint8Array.of(0), key))))
}

/** A whole number is written with a zero before it where it would read as a negative one. */
function derInteger(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = bytes.subarray(Math.max(first, 0))
  const isHigh = (digits[0] ?? 0) >= 0x80
  return der(0x02, isHigh ? concatBytes(Uint8Array.of(0), digits) : digits)
}

function der(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content
  if (length < 0x80) return concatBytes(Uint8Array.of(tag, length), content)
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return concatBytes(Uint8Array.of(tag, ...size), content)
}
