import { bytesToHex } from '@noble/hashes/utils.js'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { type Cosigned, isQuorum, type Policy } from './policy.ts'
import { checkProof, type LogProof } from './proof-file.ts'

/**
 * From when on enough witnesses had seen it, in seconds since 1970; undefined where too few had, and
 * where the policy asks for none. A few that lie about the time cannot make it earlier.
 */
export function quorumTime(policy: Policy, cosigned: Cosigned): number | undefined {
  if (policy.quorum === undefined) return undefined
  const times = [...new Set(cosigned.values())].sort((one, other) => one - other)
  return times.find((until) => {
    const seen = new Set([...cosigned].filter(([, at]) => at <= until).map(([name]) => name))
    return isQuorum(policy, seen)
  })
}

/** The end of the year 9999: no instant of ours is later, and no clock that is right. */
const LAST_SECOND = 253_402_300_799

/** When each record is first proven to have been in a log, by its digest. */
export function provenTimes(
  proofs: readonly LogProof[],
  policy: Policy,
): ReadonlyMap<Sha256, Instant> {
  const times = new Map<Sha256, Instant>()
  for (const proof of proofs) {
    const checked = checkProof(proof, policy)
    if (checked.fault !== undefined) continue
    const seconds = quorumTime(policy, checked.cosigned)
    if (seconds === undefined || seconds > LAST_SECOND) continue
    const digest = bytesToHex(proof.digest) as Sha256
    const at = new Date(seconds * 1000).toISOString() as Instant
    const known = times.get(digest)
    if (known === undefined || at < known) times.set(digest, at)
  }
  return times
}
