import { fromBase64, toBase64 } from '../base64.ts'
import { readCount, readHashes } from './lines.ts'
import { type Judgement, judgeCheckpoint, type Policy } from './policy.ts'
import { isIncluded } from './proofs.ts'
import { type Hash, hashLeaf } from './tree.ts'

/*
 * C2SP tlog-proof: one file that proves offline that a record was in a log, and who had seen it by when.
 * `extra` holds the record's digest; what it claims counts only because the proof binds it.
 */

export const proofType = 'c2sp.org/tlog-proof@v1'
/** No tree has more levels. */
const MOST_HASHES = 63

export type LogProof = {
  readonly digest: Uint8Array
  readonly index: number
  readonly path: readonly Hash[]
  /** The signed and cosigned note, verbatim. */
  readonly checkpoint: string
}

export function formatProof({ digest, index, path, checkpoint }: LogProof): string {
  const head = [proofType, `extra ${toBase64(digest)}`, `index ${index}`, ...path.map(toBase64)]
  return `${head.join('\n')}\n\n${checkpoint}`
}

/** Undefined where it is no proof, or one of something that is not named by a digest. */
export function readProof(text: string): LogProof | undefined {
  const end = text.indexOf('\n\n')
  const [type, extra = '', at = '', ...hashes] = text.slice(0, Math.max(end, 0)).split('\n')
  const digest = extra.startsWith('extra ') ? fromBase64(extra.slice(6)) : undefined
  const index = at.startsWith('index ') ? readCount(at.slice(6)) : undefined
  if (type !== proofType || digest?.length !== 32 || index === undefined) return undefined
  if (hashes.length > MOST_HASHES) return undefined
  const path = readHashes(hashes)
  if (!path) return undefined
  return { digest, index, path, checkpoint: text.slice(end + 2) }
}

/** Why a proof proves nothing. */
export type ProofFault = 'unknown-log' | 'not-included' | 'too-few-witnesses'

/** Checks a proof by a policy; what the log and its witnesses said comes with the answer. */
export function checkProof(
  proof: LogProof,
  policy: Policy,
): { readonly fault: ProofFault } | ({ readonly fault?: never } & Judgement) {
  const judgement = judgeCheckpoint(policy, proof.checkpoint)
  if (!judgement) return { fault: 'unknown-log' }
  const { index, path: proofPath, digest } = proof
  const { size, root } = judgement.checkpoint
  if (!isIncluded({ index, size, leaf: hashLeaf(digest), proof: proofPath, root })) {
    return { fault: 'not-included' }
  }
  return judgement.isEnough ? judgement : { fault: 'too-few-witnesses' }
}
