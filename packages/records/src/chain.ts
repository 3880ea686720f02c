import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { canonicalJson, type Json } from './canonical.ts'

/** What an audit entry says. */
export const AuditStatement = z.object({
  seq: z.int().positive(),
  at: Instant,
  actor: z.record(z.string(), z.json()),
  act: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.json()),
  previous: Sha256,
})
export type AuditStatement = Readonly<z.infer<typeof AuditStatement>>

/** An entry of the audit log: what it says, and the hash of that, which the next entry repeats. */
export const AuditEntry = AuditStatement.extend({ hash: Sha256 })
export type AuditEntry = Readonly<z.infer<typeof AuditEntry>>

/** What the first entry names as the one before it. */
export const chainStart = '0'.repeat(64) as Sha256

/** SHA-256 of the entry's canonical text, the previous entry's hash included. */
export function hashEntry(statement: AuditStatement): Sha256 {
  const { seq, at, actor, act, subject, details, previous } = statement
  const value = { seq, at, actor, act, subject, details, previous } as Json
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))) as Sha256
}

/**
 * The first line of a saved log. A whole log names its end, so that a file that was cut short is
 * found out; a part cannot, and says that it is one.
 */
export const LogHeader = z.discriminatedUnion('scope', [
  z.object({
    format: z.literal('tocsin-audit-1'),
    scope: z.literal('whole'),
    seq: z.int().nonnegative(),
    hash: Sha256,
  }),
  z.object({ format: z.literal('tocsin-audit-1'), scope: z.literal('part') }),
])
export type LogHeader = Readonly<z.infer<typeof LogHeader>>

export type ChainFault = {
  readonly seq: number
  readonly fault: 'altered' | 'missing' | 'forked' | 'cut'
}

/**
 * The first place where a run of entries does not hold: an entry that was changed, one that is
 * missing, or one that continues another history. Undefined when all of it holds.
 */
export function findChainFault(
  entries: readonly AuditEntry[],
  from: { readonly seq: number; readonly hash: Sha256 } = { seq: 0, hash: chainStart },
): ChainFault | undefined {
  let { seq, hash } = from
  for (const entry of entries) {
    if (entry.seq !== seq + 1) return { seq: seq + 1, fault: 'missing' }
    if (entry.previous !== hash) return { seq: entry.seq, fault: 'forked' }
    if (hashEntry(entry) !== entry.hash) return { seq: entry.seq, fault: 'altered' }
    seq = entry.seq
    hash = entry.hash
  }
  return undefined
}
