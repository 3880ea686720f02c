import { createECDH, createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { publicKeyOf } from '@tocsin/records/jws.ts'
import { openVault, type Vault } from '../identity/secrets.ts'

/*
 * The keys by which the node itself is known to machines. They are made from the vault of the node's
 * folder, the same in every run, and stand nowhere else.
 */

/** A public key as JSON Web Key Sets name it. */
export type PublicKey = {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly kid: string
  readonly alg: 'EdDSA'
  readonly use: 'sig'
}

const NODE = 'node'

/** The Ed25519 key that signs webhooks, under its thumbprint (RFC 7638). */
export async function nodeKey(
  home: string,
): Promise<{ readonly kid: string; readonly key: KeyObject; readonly publicKey: PublicKey }> {
  const seed = (await openVault(home)).signingSeed(NODE)
  const x = publicKeyOf(seed)
  const thumbed = JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x })
  const kid = createHash('sha256').update(thumbed).digest('base64url')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, d: Buffer.from(seed).toString('base64url') }
  return {
    kid,
    key: createPrivateKey({ key: jwk, format: 'jwk' }),
    publicKey: { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' },
  }
}

/** The P-256 pair by which push services know the node (VAPID, RFC 8292). */
export async function pushKeys(
  home: string,
): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  const vault = await openVault(home)
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(scalarOf(vault))
  return {
    publicKey: pair.getPublicKey('base64url'),
    privateKey: pair.getPrivateKey('base64url').padStart(43, 'A'),
  }
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** 32 bytes below the order of the curve: nearly always the first that the vault gives. */
function scalarOf(vault: Vault, turn = 0): Buffer {
  const seed = Buffer.from(vault.signingSeed(`push-${turn}`))
  const value = BigInt(`0x${seed.toString('hex')}`)
  return value > 0n && value < ORDER ? seed : scalarOf(vault, turn + 1)
}
