import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { type Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { canonicalJson, type Json } from '../canonical.ts'

/*
 * The Update Framework 1.0: how an organisation says, under a root of trust that several persons
 * keep off line, which keys its node uses now. All texts are canonical JSON without control
 * characters, where RFC 8785 and the canonical form of TUF are the same bytes.
 */

const Hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const Version = z.int().positive().max(1_000_000_000)

export const TufKey = z.strictObject({
  keytype: z.literal('ed25519'),
  scheme: z.literal('ed25519'),
  keyval: z.strictObject({ public: Hex32 }),
})
export type TufKey = Readonly<z.infer<typeof TufKey>>

const tufRoles = ['root', 'targets', 'snapshot', 'timestamp'] as const
export type TufRole = (typeof tufRoles)[number]

const RoleKeys = z.strictObject({
  keyids: z.array(Hex32).min(1).max(10),
  threshold: z.int().positive().max(10),
})

const common = {
  spec_version: z.literal('1.0.31'),
  version: Version,
  expires: z.iso.datetime({ precision: 0 }),
}

/** Whose keys count for what. `organisation` is ours; TUF keeps what it does not know and signs it. */
export const Root = z.strictObject({
  _type: z.literal('root'),
  ...common,
  consistent_snapshot: z.literal(false),
  organisation: OrganisationId,
  keys: z.record(Hex32, TufKey),
  roles: z.strictObject({
    root: RoleKeys,
    targets: RoleKeys,
    snapshot: RoleKeys,
    timestamp: RoleKeys,
  }),
})
export type Root = Readonly<z.infer<typeof Root>>

const Described = z.strictObject({
  length: z.int().positive().max(1_000_000),
  hashes: z.strictObject({ sha256: Sha256 }),
})
const Versioned = Described.extend({ version: Version })

export const Timestamp = z.strictObject({
  _type: z.literal('timestamp'),
  ...common,
  meta: z.strictObject({ 'snapshot.json': Versioned }),
})
export const Snapshot = z.strictObject({
  _type: z.literal('snapshot'),
  ...common,
  meta: z.strictObject({ 'targets.json': Versioned }),
})
export const Targets = z.strictObject({
  _type: z.literal('targets'),
  ...common,
  targets: z.strictObject({ 'directory.json': Described }),
})

export const signedSchemas = {
  root: Root,
  timestamp: Timestamp,
  snapshot: Snapshot,
  targets: Targets,
}
export type Metadata<R extends TufRole> = Readonly<z.infer<(typeof signedSchemas)[R]>>

const Signature = z.strictObject({
  keyid: Hex32,
  sig: z.string().regex(/^[0-9a-f]{128}$/),
})
const File = z.strictObject({ signed: z.json(), signatures: z.array(Signature).max(20) })

/** What can be wrong with a file of a repository. */
export type TufFault =
  | 'not-readable'
  | 'wrong-signature'
  | 'other-organisation'
  | 'rolled-back'
  | 'expired'
  | 'not-as-announced'

export const tufKeyOf = (seed: Uint8Array): TufKey => ({
  keytype: 'ed25519',
  scheme: 'ed25519',
  keyval: { public: bytesToHex(ed25519.getPublicKey(seed)) },
})

export const tufKeyId = (key: TufKey): string => digest(canonicalJson(key as Json))

const digest = (text: string): Sha256 => bytesToHex(sha256(utf8ToBytes(text))) as Sha256

/** What a file says of another one, so that neither can be exchanged alone. */
export const describe = (text: string): z.infer<typeof Described> => ({
  length: utf8ToBytes(text).length,
  hashes: { sha256: digest(text) },
})

/** The name of a root, whoever has signed it so far: what officers compare in words. */
export const rootFingerprint = (root: Root): Sha256 => digest(canonicalJson(root as Json))

/** TUF knows whole seconds. */
export const expiryAfter = (at: Instant, days: number): string =>
  `${new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 19)}Z`

/** Adds a signature to a file, in place of an older one by the same key. */
export function signFile(
  { signed, signatures }: { readonly signed: Json; readonly signatures: readonly TufSignature[] },
  seed: Uint8Array,
): string {
  const keyid = tufKeyId(tufKeyOf(seed))
  const sig = bytesToHex(ed25519.sign(utf8ToBytes(canonicalJson(signed)), seed))
  const others = signatures.filter((one) => one.keyid !== keyid)
  return canonicalJson({ signed, signatures: [...others, { keyid, sig }] } as Json)
}
export type TufSignature = Readonly<z.infer<typeof Signature>>

export const signNew = (signed: Json, seed: Uint8Array): string =>
  signFile({ signed, signatures: [] }, seed)

type ReadFile<R extends TufRole> =
  | { readonly signed: Metadata<R>; readonly signatures: readonly TufSignature[] }
  | { readonly fault: TufFault }

/** Reads a file for its form alone: nobody has vouched for it yet. */
export function readFile<R extends TufRole>(role: R, text: string): ReadFile<R> {
  const file = File.safeParse(parsed(text)).data
  const schema = signedSchemas[role] as z.ZodType as z.ZodType<Metadata<R>>
  const signed = schema.safeParse(file?.signed).data
  return file && signed ? { signed, signatures: file.signatures } : { fault: 'not-readable' }
}

function parsed(text: string): unknown {
  try {
    const value: Json = JSON.parse(text)
    // One text for one file: no second reading by another parser.
    return canonicalJson(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether as many of a role's keys as the root asks for have signed; each key counts once. */
export function isVouchedFor(
  {
    signed,
    signatures,
  }: { readonly signed: unknown; readonly signatures: readonly TufSignature[] },
  { keys, roles }: Pick<Root, 'keys' | 'roles'>,
  role: TufRole,
): boolean {
  const message = utf8ToBytes(canonicalJson(signed as Json))
  const { keyids, threshold } = roles[role]
  const good = new Set<string>()
  for (const { keyid, sig } of signatures) {
    const key = keys[keyid]
    // A key listed twice under two names would count twice.
    if (!key || !keyids.includes(keyid) || tufKeyId(key) !== keyid) continue
    if (isBy(key, sig, message)) good.add(keyid)
  }
  return good.size >= threshold
}

function isBy({ keyval }: TufKey, sig: string, message: Uint8Array): boolean {
  try {
    return ed25519.verify(hexToBytes(sig), message, hexToBytes(keyval.public), { zip215: false })
  } catch {
    return false
  }
}
