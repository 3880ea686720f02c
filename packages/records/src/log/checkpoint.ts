import { ed25519 } from '@noble/curves/ed25519.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { fromBase64, toBase64 } from '../base64.ts'
import { readCount } from './lines.ts'
import {
  formatSignature,
  isSignedBy,
  linesOf,
  type Note,
  readNote,
  signNote,
  type VerifierKey,
  verifierKeyOf,
} from './note.ts'
import type { Hash } from './tree.ts'

/* C2SP tlog-checkpoint: what a log says of its tree; and tlog-cosignature: who has seen it, and when. */

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Hash }

/** A checkpoint that its log has signed, and the same without what others wrote below it. */
export type SignedCheckpoint = Checkpoint & { readonly note: Note; readonly bare: string }

export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`

/** Lines after the third are of no concern to us and are signed like the others. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const lines = text.split('\n')
  const [origin, size, encoded] = lines
  const count = readCount(size)
  const root = fromBase64(encoded ?? '')
  if (!origin || count === undefined || root?.length !== 32) return undefined
  if (lines.length < 4 || lines.pop() !== '' || lines.includes('')) return undefined
  return { origin, size: count, root }
}

export const signCheckpoint = (checkpoint: Checkpoint, seed: Uint8Array): string =>
  signNote(formatCheckpoint(checkpoint), checkpoint.origin, seed)

/** The origin that a note names; checks nothing. */
export const originOf = (signed: string): string | undefined =>
  readCheckpoint(readNote(signed)?.text ?? '')?.origin

/** The checkpoint in a note that this log's key has signed; undefined where it has not. */
export function openCheckpoint(signed: string, log: VerifierKey): SignedCheckpoint | undefined {
  const note = readNote(signed)
  const checkpoint = readCheckpoint(note?.text ?? '')
  if (!note || checkpoint?.origin !== log.name || log.use !== 'note') return undefined
  const lines = linesOf(note.signatures, log)
  const [first] = lines
  const isSigned = lines.every(({ signature }) => isSignedBy(log, signature, note.text))
  if (!first || !isSigned) return undefined
  return { ...checkpoint, note, bare: `${note.text}\n${formatSignature(log, first.signature)}` }
}

const TIME_BYTES = 8

const cosigned = (seconds: number, text: string): string =>
  `cosignature/v1\ntime ${seconds}\n${text}`

type Witness = { readonly name: string; readonly seed: Uint8Array }

/** The line by which a witness says that this is the largest tree of the log it has seen by then. */
export function cosign(text: string, { name, seed }: Witness, seconds: number): string {
  const time = new Uint8Array(TIME_BYTES)
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds))
  const signature = ed25519.sign(utf8ToBytes(cosigned(seconds, text)), seed)
  return formatSignature(verifierKeyOf(name, 'cosignature', seed), concatBytes(time, signature))
}

/** When this witness cosigned the note, in seconds since 1970; undefined where it did not. */
export function cosignedAt({ text, signatures }: Note, witness: VerifierKey): number | undefined {
  if (witness.use !== 'cosignature') return undefined
  for (const { signature } of linesOf(signatures, witness)) {
    if (signature.length !== TIME_BYTES + 64) continue
    const time = new DataView(signature.buffer, signature.byteOffset, TIME_BYTES).getBigUint64(0)
    const seconds = Number(time)
    if (!Number.isSafeInteger(seconds)) continue
    if (isSignedBy(witness, signature.subarray(TIME_BYTES), cosigned(seconds, text))) return seconds
  }
  return undefined
}
