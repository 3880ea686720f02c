import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { Instant } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { type AgeFault, type AgeKey, ageKeyOf, decryptFile, encryptTo } from './age.ts'
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from './base64.ts'
import { deflate, inflate } from './deflate.ts'
import { Signed } from './jws.ts'
import { padme } from './padding.ts'
import { extensionId, newObjectExtension } from './stix/extension.ts'

/*
 * Records of one audience, closed to everybody else (age, hybrid of X25519 and ML-KEM-768). Whoever
 * carries them sees whose they are, the hour, a handle that changes with each key, and a size that
 * says little.
 */

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
  | AgeFault
  /** Its size tells more than it should, or what fills it up carries something. */
  | 'not-padded'
  /** It grows beyond what a carrier may hold. */
  | 'expands-too-far'
  /** Opened, it holds something else than records. */
  | 'not-records'

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
  const text = concatBytes(...records.flatMap(linesOf))
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
    ciphertext: toBase64(await encryptTo([recipient], frame(await deflate(text)))),
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
  const file = fromBase64(ciphertext)
  if (!file) return { fault: 'altered' }
  const opened = await decryptFile(file, [key], 1)
  // The handle says that the key is ours: what does not open then was changed.
  if ('fault' in opened) return opened.fault === 'foreign' ? { fault: 'altered' } : opened
  const packed = unframe(opened.opened)
  if (!packed) return { fault: 'not-padded' }
  const text = await inflate(packed, sealLimit.bytes)
  return 'fault' in text ? text : readLines(text.bytes)
}

const lineEnd = 0x0a

/**
 * Header, payload and signature, a line each: as text, not as base64, in which no word looks twice the
 * same, so that deflate finds what repeats.
 */
function linesOf({ protected: head, payload, signature }: Signed): Uint8Array[] {
  const said = [head, payload].map((part) => fromBase64Url(part))
  return [...said, utf8ToBytes(signature)].flatMap((line) => {
    if (!line || line.includes(lineEnd)) throw new TypeError('not the text of a record')
    return [line, Uint8Array.of(lineEnd)]
  })
}

function readLines(text: Uint8Array): Opened {
  const lines: Uint8Array[] = []
  let from = 0
  while (from < text.length) {
    const end = text.indexOf(lineEnd, from)
    if (end <= from || lines.length === sealLimit.records * 3) return { fault: 'not-records' }
    lines.push(text.subarray(from, end))
    from = end + 1
  }
  if (lines.length === 0 || lines.length % 3 > 0) return { fault: 'not-records' }
  const records = Array.from({ length: lines.length / 3 }, (_, at) =>
    recordOf(lines.slice(at * 3, at * 3 + 3)),
  )
  return records.every((record) => record !== undefined) ? { records } : { fault: 'not-records' }
}

function recordOf(lines: readonly Uint8Array[]): Signed | undefined {
  const [head, payload] = lines.map(toBase64Url)
  const signature = new TextDecoder().decode(lines[2])
  return Signed.safeParse({ protected: head, payload, signature }).data
}

/** Closes the identity of an epoch to the keys of its members, in base64. */
export const sealKey = async (identity: string, members: readonly string[]): Promise<string> =>
  toBase64(await encryptTo(members, utf8ToBytes(identity)))

/** As many as States could be members, and their organisations. */
const memberLimit = 512

/** The key of an epoch as it was given to a member. */
export async function openKey(
  sealed: string,
  own: readonly AgeKey[],
): Promise<{ readonly key: AgeKey } | { readonly fault: AgeFault | 'too-large' }> {
  if (sealed.length > memberLimit * 2200) return { fault: 'too-large' }
  const file = fromBase64(sealed)
  if (!file) return { fault: 'altered' }
  const read = await decryptFile(file, own, memberLimit)
  if ('fault' in read) return read
  const key = await ageKeyOf(new TextDecoder().decode(read.opened))
  return key ? { key } : { fault: 'altered' }
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
