import { fromBase64 } from '../base64.ts'
import { openCheckpoint } from './checkpoint.ts'
import { readHashes } from './lines.ts'
import type { VerifierKey } from './note.ts'
import { isConsistent } from './proofs.ts'
import { isSameHash } from './tree.ts'

/**
 * Two checkpoints that one log has signed. Where they are of two sizes, `proof` shows what root the
 * larger tree had at the size of the smaller.
 */
export type Pair = {
  readonly older: string
  readonly newer: string
  readonly prefixRoot?: string
  readonly proof?: readonly string[]
}

/**
 * What a pair proves to anybody who has the log's key: `split-view` for two trees of one size, `fork`
 * for a tree that does not continue the older. Undefined where it proves nothing.
 */
export function contradictionIn(pair: Pair, log: VerifierKey): 'split-view' | 'fork' | undefined {
  const older = openCheckpoint(pair.older, log)
  const newer = openCheckpoint(pair.newer, log)
  if (!older || !newer || older.size > newer.size) return undefined
  if (older.size === newer.size) {
    return isSameHash(older.root, newer.root) ? undefined : 'split-view'
  }
  const prefix = fromBase64(pair.prefixRoot ?? '')
  const proof = pair.proof && readHashes(pair.proof)
  if (prefix?.length !== 32 || !proof) return undefined
  const sizes = { old: older.size, size: newer.size }
  const isShown = isConsistent({ ...sizes, proof, oldRoot: prefix, root: newer.root })
  return isShown && !isSameHash(prefix, older.root) ? 'fork' : undefined
}
