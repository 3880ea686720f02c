import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { fromBase64, toBase64 } from '../base64.ts'

/* C2SP signed-note: a text and the lines of those who sign it, each under a name and a key. */

/** What a key is for: to sign notes, or to cosign checkpoints (C2SP tlog-cosignature). */
export type KeyUse = 'note' | 'cosignature'

const typeOf = { note: 1, cosignature: 4 } as const satisfies Record<KeyUse, number>

/** A key as people hand it on: name, what it is for, and the public half of an Ed25519 pair. */
export type VerifierKey = {
  readonly name: string
  readonly use: KeyUse
  readonly publicKey: Uint8Array
}

/** One line below a note. */
export type SignatureLine = {
  readonly name: string
  /** Four bytes in hexadecimal by which the key is found. */
  readonly id: string
  readonly signature: Uint8Array
}

export type Note = { readonly text: string; readonly signatures: readonly SignatureLine[] }

const KEY_BYTES = 32
const ID_BYTES = 4
/** As many as other implementations read. */
const MOST_SIGNATURES = 100
const LONGEST = 1_000_000

/** Neither empty nor with what would end it. */
const isName = (name: string): boolean => /^[^\s+\p{Cc}]+$/u.test(name) && name.isWellFormed()

const materialOf = ({ use, publicKey }: Omit<VerifierKey, 'name'>): Uint8Array =>
  concatBytes(Uint8Array.of(typeOf[use]), publicKey)

const idOf = (key: VerifierKey): string =>
  bytesToHex(
    sha256(concatBytes(utf8ToBytes(`${key.name}\n`), materialOf(key))).subarray(0, ID_BYTES),
  )

/** The key in one line: `name+id+material`. */
export const formatVerifierKey = (key: VerifierKey): string =>
  `${key.name}+${idOf(key)}+${toBase64(materialOf(key))}`

/** Undefined where the line is not the one way to write a key of ours. */
export function readVerifierKey(line: string): VerifierKey | undefined {
  const [, name = '', encoded = ''] = /^([^+]+)\+[0-9a-f]{8}\+(.+)$/.exec(line) ?? []
  const material = fromBase64(encoded)
  if (!isName(name) || material?.length !== KEY_BYTES + 1) return undefined
  const use = (['note', 'cosignature'] as const).find((each) => typeOf[each] === material[0])
  if (!use) return undefined
  const key = { name, use, publicKey: material.slice(1) }
  return formatVerifierKey(key) === line ? key : undefined
}

export const verifierKeyOf = (name: string, use: KeyUse, seed: Uint8Array): VerifierKey => ({
  name,
  use,
  publicKey: ed25519.getPublicKey(seed),
})

/** A line below a note, with its line break. */
export function formatSignature(key: VerifierKey, signature: Uint8Array): string {
  const id = Uint8Array.from(idOf(key).match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
  return `— ${key.name} ${toBase64(concatBytes(id, signature))}\n`
}

/** The note with the signature of whoever holds the seed; the text ends with a line break. */
export function signNote(text: string, name: string, seed: Uint8Array): string {
  const signature = ed25519.sign(utf8ToBytes(text), seed)
  return `${text}\n${formatSignature(verifierKeyOf(name, 'note', seed), signature)}`
}

/** Checks a signature, strictly by RFC 8032: other implementations must come to the same answer. */
export function isSignedBy({ publicKey }: VerifierKey, signature: Uint8Array, said: string) {
  try {
    return ed25519.verify(signature, utf8ToBytes(said), publicKey, { zip215: false })
  } catch {
    return false
  }
}

/** Reads a note without checking who signed it; undefined where it is none. */
export function readNote(note: string): Note | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || note.length > LONGEST || !note.isWellFormed()) return undefined
  const text = note.slice(0, end + 1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no note may hold
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) return undefined
  const signatures = readSignatures(note.slice(end + 2))
  return signatures && { text, signatures }
}

/** The lines below a note; undefined where one of them is none. */
function readSignatures(lines: string): SignatureLine[] | undefined {
  if (!lines.endsWith('\n')) return undefined
  const read = lines.slice(0, -1).split('\n').map(readSignature)
  if (read.length > MOST_SIGNATURES) return undefined
  const signatures = read.filter((line) => line !== undefined)
  return signatures.length === read.length ? signatures : undefined
}

function readSignature(line: string): SignatureLine | undefined {
  const [dash, name = '', encoded = '', ...more] = line.split(' ')
  const bytes = fromBase64(encoded)
  if (dash !== '—' || !isName(name) || more.length > 0) return undefined
  if (!bytes || bytes.length <= ID_BYTES) return undefined
  const id = bytesToHex(bytes.subarray(0, ID_BYTES))
  return { name, id, signature: bytes.subarray(ID_BYTES) }
}

/** The lines that claim to be of this key. */
export const linesOf = (
  signatures: readonly SignatureLine[],
  key: VerifierKey,
): readonly SignatureLine[] => {
  const id = idOf(key)
  return signatures.filter((line) => line.name === key.name && line.id === id)
}
