import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { Instant } from '@tocsin/domain/brand.ts'
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption'
import { z } from 'zod'
import { fromBase64, toBase64 } from './base64.ts'
import { deflate, inflate } from './deflate.ts'
import type { Signed } from './jws.ts'
import { padme } from './padding.ts'
import { parseRecord, recordText } from './record.ts'
import { extensionId, newObjectExtension } from './stix/extension.ts'

/*
 * Records of one audience, closed to everybody else (age, hybrid of X25519 and ML-KEM-768). Whoever
 * carries them sees whose they are, the hour, a handle that changes with each key, and a size that
 * says little.
 */

/** Opens, and closes, what one epoch of an audience, or an organisation, receives. */
export const AgeKey = z.strictObject({
  identity: z.string().regex(/^AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]{58}$/),
  recipient: z.string().regex(/^age1pq1[02-9ac-hj-np-z]{1952}$/),
})
export type AgeKey = Readonly<z.infer<typeof AgeKey>>

/** What one carrier may hold: as many records, as much text before it is made small. */
export const sealLimit = { records: 256, bytes: 1024 * 1024 } as const

/** Short records look alike. */
const smallestFrame = 1024
/** What does not shrink at all, with what deflate, age and base64 add to it. */
const ciphertextLimit = Math.ceil((padme(sealLimit.bytes + 4096) + 8192) * 1.34)

export const SealedCarrier = z.strictObject({
  type: z.literal('cpr-sealed'),
  spec_version: z.literal('2.1'),
  id: z.string().regex(/^cpr-sealed--[0-9a-f-]{36}$/),
  created_by_ref: z.string().regex(/^identity--[0-9a-f-]{36}$/),
  /** To the hour, so that it does not tell when somebody wrote. */
  created: Instant,
  modified: Instant,
  /** Which key opens it, to those who have the key. */
  audience_handle: z.string().regex(/^[0-9a-f]{32}$/),
  ciphertext: z.string().max(ciphertextLimit),
  extensions: z.strictObject({
    [extensionId]: z.strictObject({ extension_type: z.literal('new-sdo') }),
  }),
})
export type SealedCarrier = Readonly<z.infer<typeof SealedCarrier>>

/** What can be wrong with something sealed. */
export type SealFault =
  /** Not the form of a carrier. */
  | 'not-a-carrier'
  | 'too-large'
  /** For a key that is not ours. */
  | 'foreign'
  /** Closed in another way than with one hybrid key: not closed for good. */
  | 'not-hybrid'
  /** Not as it was sealed: cut short, changed, or sealed to another key than it says. */
  | 'altered'
  /** Its size tells more than it should, or what fills it up carries something. */
  | 'not-padded'
  /** It grows beyond what a carrier may hold. */
  | 'expands-too-far'
  /** Opened, it holds something else than records. */
  | 'not-records'

/** A new key of an epoch, from the platform's randomness. */
export async function newAudienceKey(): Promise<AgeKey> {
  const identity = await generateHybridIdentity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** What a carrier says instead of the audience: known to whoever has the key, new with each key. */
export const audienceHandle = (recipient: string): string =>
  bytesToHex(sha256(utf8ToBytes(`cpr-audience-handle/1\n${recipient}`)).subarray(0, 16))

type Sender = {
  /** The STIX identity of the organisation that sends. */
  readonly createdBy: string
  readonly at: Instant
}

/** Closes up to 256 records of one audience. Throws a RangeError on more than a carrier holds. */
export async function sealRecords(
  records: readonly Signed[],
  recipient: string,
  { createdBy, at }: Sender,
): Promise<SealedCarrier> {
  const text = utf8ToBytes(records.map((record) => `${recordText(record)}\n`).join(''))
  const holds = records.length > 0 && records.length <= sealLimit.records
  if (!holds || text.length > sealLimit.bytes) throw new RangeError('more than a carrier holds')
  const hour = Instant.parse(`${at.slice(0, 13)}:00:00.000Z`)
  return {
    type: 'cpr-sealed',
    spec_version: '2.1',
    id: `cpr-sealed--${crypto.randomUUID()}`,
    created_by_ref: createdBy,
    created: hour,
    modified: hour,
    audience_handle: audienceHandle(recipient),
    ciphertext: await encrypt(frame(await deflate(text)), [recipient]),
    extensions: newObjectExtension,
  }
}

type Opened = { readonly records: readonly Signed[] } | { readonly fault: SealFault }

/** The records in a carrier, their form checked and nothing else: each goes through `checkRecord`. */
export async function openSealed(received: unknown, keys: readonly AgeKey[]): Promise<Opened> {
  const carrier = SealedCarrier.safeParse(received)
  if (!carrier.success) {
    const isLarge = carrier.error.issues.some(({ code }) => code === 'too_big')
    return { fault: isLarge ? 'too-large' : 'not-a-carrier' }
  }
  const { audience_handle: handle, ciphertext } = carrier.data
  const key = keys.find(({ recipient }) => audienceHandle(recipient) === handle)
  if (!key) return { fault: 'foreign' }
  const opened = await decrypt(ciphertext, [key.identity], 1)
  if ('fault' in opened) return opened
  const packed = unframe(opened.bytes)
  if (!packed) return { fault: 'not-padded' }
  const text = await inflate(packed, sealLimit.bytes)
  return 'fault' in text ? text : readLines(text.bytes)
}

function readLines(text: Uint8Array): Opened {
  const records: Signed[] = []
  let from = 0
  while (from < text.length) {
    const end = text.indexOf(0x0a, from)
    if (end < 0 || records.length === sealLimit.records) return { fault: 'not-records' }
    const taken = parseRecord(text.subarray(from, end))
    if ('fault' in taken) return { fault: 'not-records' }
    records.push(taken.record)
    from = end + 1
  }
  return records.length > 0 ? { records } : { fault: 'not-records' }
}

/** Closes the identity of an epoch to the keys of its members, in base64. */
export const sealKey = (identity: string, members: readonly string[]): Promise<string> =>
  encrypt(utf8ToBytes(identity), members)

/** As many as States could be members, and their organisations. */
const memberLimit = 512

/** The key of an epoch as it was given to a member. */
export async function openKey(
  sealed: string,
  own: readonly AgeKey[],
): Promise<{ readonly key: AgeKey } | { readonly fault: SealFault }> {
  if (sealed.length > memberLimit * 2200) return { fault: 'too-large' }
  const identities = own.map(({ identity }) => identity)
  const opened = await decrypt(sealed, identities, memberLimit)
  if ('fault' in opened) return opened
  const identity = new TextDecoder().decode(opened.bytes)
  if (!AgeKey.shape.identity.safeParse(identity).success) return { fault: 'altered' }
  try {
    return { key: { identity, recipient: await identityToRecipient(identity) } }
  } catch {
    return { fault: 'altered' }
  }
}

/** The length of what follows in four bytes, that, and zeros up to a size of PADMÉ. */
function frame(packed: Uint8Array): Uint8Array {
  const framed = new Uint8Array(padme(Math.max(smallestFrame, packed.length + 4)))
  new DataView(framed.buffer).setUint32(0, packed.length)
  framed.set(packed, 4)
  return framed
}

function unframe(framed: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (framed.length < smallestFrame) return undefined
  const length = new DataView(framed.buffer, framed.byteOffset).getUint32(0)
  if (framed.length !== padme(Math.max(smallestFrame, length + 4))) return undefined
  if (framed.subarray(4 + length).some((byte) => byte !== 0)) return undefined
  return framed.slice(4, 4 + length)
}

async function encrypt(bytes: Uint8Array, recipients: readonly string[]): Promise<string> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    // What is written down today must stay closed when other computers come.
    encrypter.addRecipient(AgeKey.shape.recipient.parse(recipient))
  }
  return toBase64(await encrypter.encrypt(bytes))
}

async function decrypt(
  sealed: string,
  identities: readonly string[],
  most: number,
): Promise<{ readonly bytes: Uint8Array } | { readonly fault: SealFault }> {
  const file = fromBase64(sealed)
  if (!file) return { fault: 'altered' }
  if (!isHybrid(file, most)) return { fault: 'not-hybrid' }
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  try {
    return { bytes: await decrypter.decrypt(file) }
  } catch (error) {
    const isForeign = error instanceof Error && error.message.startsWith('no identity matched')
    return { fault: isForeign ? 'foreign' : 'altered' }
  }
}

/** Whether every stanza of an age file is of the hybrid kind, and not more than so many. */
function isHybrid(file: Uint8Array, most: number): boolean {
  const head = new TextDecoder('latin1').decode(file.subarray(0, most * 1700 + 200))
  const lines = head.slice(0, head.indexOf('\n---')).split('\n')
  const stanzas = lines.filter((line) => line.startsWith('-> '))
  const hybrid = stanzas.filter((line) => line.startsWith('-> mlkem768x25519 '))
  return stanzas.length > 0 && stanzas.length <= most && hybrid.length === stanzas.length
}
