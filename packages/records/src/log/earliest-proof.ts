import { bytesToHex } from '@noble/hashes/utils.js'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { readPolicy } from './policy.ts'
import { readProof } from './proof-file.ts'
import { firstSeen } from './proven-time.ts'

/** A proof of a record, and the log's name for itself. */
export type ChosenProof = { readonly text: string; readonly log: string }

/**
 * Of all proofs of each of these records the one that shows the earliest time by a policy, of two of one
 * time the first by its text; none of a record that nothing proves. The same in whatever order they are
 * given, and however often.
 */
export function earliestProofs(
  texts: readonly string[],
  wanted: ReadonlySet<Sha256>,
  policyText: string,
): readonly ChosenProof[] {
  const policy = readPolicy(policyText)
  if ('line' in policy) return []
  const found = new Map<Sha256, ChosenProof & { readonly at: string }>()
  for (const text of [...new Set(texts)].sort()) {
    const proof = readProof(text)
    const digest = proof && (bytesToHex(proof.digest) as Sha256)
    if (!digest || !wanted.has(digest)) continue
    const seen = firstSeen([proof], policy).get(digest)
    const known = found.get(digest)
    if (seen && (!known || seen.at < known.at)) {
      found.set(digest, { text, log: seen.log, at: seen.at })
    }
  }
  return [...found.values()]
}
