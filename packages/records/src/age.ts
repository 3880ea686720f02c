import { concatBytes } from '@noble/hashes/utils.js'
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption'
import { z } from 'zod'

/*
 * Files closed to keys (age, C2SP), always with the hybrid of X25519 and ML-KEM-768: what is written
 * down today must stay closed when other computers come.
 */

/** Opens, and closes, what one epoch of an audience, or an organisation, receives. */
export const AgeKey = z.strictObject({
  identity: z.string().regex(/^AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]{58}$/),
  recipient: z.string().regex(/^age1pq1[02-9ac-hj-np-z]{1952}$/),
})
export type AgeKey = Readonly<z.infer<typeof AgeKey>>

/** A new key, from the platform's randomness. */
export const newAgeKey = async (): Promise<AgeKey> => keyOf(await generateHybridIdentity())

/** The key that an identity belongs to; undefined where it is none of a hybrid key. */
export async function ageKeyOf(identity: string): Promise<AgeKey | undefined> {
  if (!AgeKey.shape.identity.safeParse(identity).success) return undefined
  return keyOf(identity).catch(() => undefined)
}

const keyOf = async (identity: string): Promise<AgeKey> => ({
  identity,
  recipient: await identityToRecipient(identity),
})

/** Why a file does not open. */
export type AgeFault =
  /** For a key that is not ours. */
  | 'foreign'
  /** Closed in another way than with hybrid keys: not closed for good. */
  | 'not-hybrid'
  /** Not as it was closed: cut short or changed. */
  | 'altered'

/** Closes bytes to keys, each of which opens them. Throws a ZodError on a recipient of another kind. */
export const encryptTo = (recipients: readonly string[], bytes: Uint8Array): Promise<Uint8Array> =>
  encrypterTo(recipients).encrypt(bytes)

/** The same for bytes that come one after the other. */
export const encryptStreamTo = (
  recipients: readonly string[],
  bytes: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> => encrypterTo(recipients).encrypt(bytes)

function encrypterTo(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter()
  for (const recipient of recipients)
    encrypter.addRecipient(AgeKey.shape.recipient.parse(recipient))
  return encrypter
}

type Opened<T> = { readonly opened: T } | { readonly fault: AgeFault }

/** Opens a file that is closed to so many keys at most. */
export async function decryptFile(
  file: Uint8Array,
  keys: readonly AgeKey[],
  most: number,
): Promise<Opened<Uint8Array>> {
  if (!isHybrid(file.subarray(0, headLength(most)), most)) return { fault: 'not-hybrid' }
  try {
    return { opened: await decrypterWith(keys).decrypt(file) }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

/** Opens a file of one key as its bytes come; what comes out fails with `AgeAltered` where it was changed. */
export async function decryptStream(
  file: ReadableStream<Uint8Array>,
  keys: readonly AgeKey[],
): Promise<Opened<ReadableStream<Uint8Array>>> {
  const reader = file.getReader()
  const head: Uint8Array[] = []
  for (let length = 0; length < headLength(1); ) {
    const { value } = await reader.read()
    if (!value) break
    head.push(value)
    length += value.length
  }
  const start = concatBytes(...head)
  if (!isHybrid(start.subarray(0, headLength(1)), 1)) {
    await reader.cancel()
    return { fault: 'not-hybrid' }
  }
  try {
    const opened = await decrypterWith(keys).decrypt(streamOf(reader, (error) => error, start))
    return { opened: streamOf(opened.getReader(), () => new AgeAltered()) }
  } catch (error) {
    await reader.cancel().catch(() => undefined)
    return { fault: faultOf(error) }
  }
}

/** Stops whoever reads a file that was cut short or changed. */
export class AgeAltered extends Error {}

function streamOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  named: (error: unknown) => unknown,
  first?: Uint8Array,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (first) controller.enqueue(first)
    },
    pull: async (controller) => {
      try {
        const { value } = await reader.read()
        if (value) controller.enqueue(value)
        else controller.close()
      } catch (error) {
        controller.error(named(error))
      }
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

function decrypterWith(keys: readonly AgeKey[]): Decrypter {
  const decrypter = new Decrypter()
  for (const { identity } of keys) decrypter.addIdentity(identity)
  return decrypter
}

const faultOf = (error: unknown): AgeFault =>
  error instanceof Error && error.message.startsWith('no identity matched') ? 'foreign' : 'altered'

/** Longer than the head of a file with so many hybrid recipients. */
const headLength = (recipients: number): number => recipients * 1700 + 200

/** Whether every stanza in the head of a file is of the hybrid kind, and not more than so many. */
function isHybrid(head: Uint8Array, most: number): boolean {
  const text = new TextDecoder('latin1').decode(head)
  const lines = text.slice(0, text.indexOf('\n---')).split('\n')
  const stanzas = lines.filter((line) => line.startsWith('-> '))
  const hybrid = stanzas.filter((line) => line.startsWith('-> mlkem768x25519 '))
  return stanzas.length > 0 && stanzas.length <= most && hybrid.length === stanzas.length
}
