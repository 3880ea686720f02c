import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sha256 } from '@tocsin/domain/brand.ts'

/** A secret that cannot be guessed: 256 random bits, fit for a link or a cookie. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a token: enough to recognise it, nothing to use. */
export function hashToken(token: string): Sha256 {
  return createHash('sha256').update(token).digest('hex') as Sha256
}

/** What is sealed or fingerprinted here can be read only with the key in the node's folder. */
export type Vault = {
  /** AES-256-GCM; `owner` is bound in, so that a sealed text moved to another row does not open. */
  readonly seal: (text: string, owner: string) => string
  /** Undefined when the text was sealed with another key, or for another owner. */
  readonly unseal: (sealed: string, owner: string) => string | undefined
  /** A keyed hash: equal texts can be counted, and not guessed from a copy of the database. */
  readonly fingerprint: (text: string) => Sha256
  /** The 32 bytes from which an organisation's signing key is made: the same in every run. */
  readonly signingSeed: (organisation: string) => Uint8Array
}

const IV_BYTES = 12
const TAG_BYTES = 16

/** Opens the vault of the node's folder, with a new key if it has none. */
export async function openVault(home: string): Promise<Vault> {
  const root = await readOrMakeKey(join(home, 'identity-key'))
  const sealing = derive(root, 'seal')
  const counting = derive(root, 'fingerprint')
  return {
    seal: (text, owner) => {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(owner))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    unseal: (sealed, owner) => {
      const bytes = Buffer.from(sealed, 'base64url')
      const iv = bytes.subarray(0, IV_BYTES)
      const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, iv, { authTagLength: TAG_BYTES })
        decipher.setAAD(Buffer.from(owner)).setAuthTag(tag)
        const text = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]
        return Buffer.concat(text).toString('utf8')
      } catch {
        return undefined
      }
    },
    fingerprint: (text) => createHmac('sha256', counting).update(text).digest('hex') as Sha256,
    signingSeed: (organisation) => derive(root, `sign-${organisation}`),
  }
}

const derive = (root: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', root, '', `tocsin-identity-${use}`, 32))

async function readOrMakeKey(path: string): Promise<Buffer> {
  const found = await readKey(path)
  if (found) return found
  // Two processes may start at once: the key appears whole, and only the first one's counts.
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600 })
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft)
  return (await readKey(path)) ?? readOrMakeKey(path)
}

async function readKey(path: string): Promise<Buffer | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  return text === undefined ? undefined : Buffer.from(text, 'base64url')
}
