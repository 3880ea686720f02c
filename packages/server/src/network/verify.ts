import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { isSoundKey, type Verify, verifyEd25519 } from '@tocsin/records/jws.ts'

/** Keys that were looked at, by their bytes: as many as all members may have, several times over. */
const known = new Map<string, KeyObject | undefined>()
const MOST_KEYS = 2_000

/**
 * `verifyEd25519`, fifteen times as fast where the signature is good. What OpenSSL finds good by a
 * sound key is good to everybody, for it asks for more than RFC 8032 does; its no is asked again, so
 * that no node refuses what another lets in.
 */
export const verifyFast: Verify = (signature, message, key) => {
  const object = keyObjectOf(key)
  return (
    (object !== undefined && verify(null, message, object, signature)) ||
    verifyEd25519(signature, message, key)
  )
}

function keyObjectOf(key: Uint8Array): KeyObject | undefined {
  const x = Buffer.from(key).toString('base64url')
  if (!known.has(x)) {
    if (known.size >= MOST_KEYS) known.clear()
    const jwk = { kty: 'OKP', crv: 'Ed25519', x }
    known.set(x, isSoundKey(key) ? createPublicKey({ key: jwk, format: 'jwk' }) : undefined)
  }
  return known.get(x)
}
