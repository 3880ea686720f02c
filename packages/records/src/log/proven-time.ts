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

/** By when enough witnesses had seen a record in which log, and which of them had by then. */
export type Seen = {
  readonly at: Instant
  /** The log's name for itself. */
  readonly log: string
  /** Names by which the policy knows them, in its order. */
  readonly witnesses: readonly string[]
}

/** When each record is first proven to have been in a log, by its digest. */
export const provenTimes = (
  proofs: readonly LogProof[],
  policy: Policy,
): ReadonlyMap<Sha256, Instant> =>
  new Map([...firstSeen(proofs, policy)].map(([digest, { at }]) => [digest, at]))

/** How each record is first proven to have been in a log, by its digest. */
export function firstSeen(proofs: readonly LogProof[], policy: Policy): ReadonlyMap<Sha256, Seen> {
  const found = new Map<Sha256, Seen>()
  for (const proof of proofs) {
    const checked = checkProof(proof, policy)
    if (checked.fault !== undefined) continue
    const seconds = quorumTime(policy, checked.cosigned)
    if (seconds === undefined || seconds > LAST_SECOND) continue
    const digest = bytesToHex(proof.digest) as Sha256
    const at = new Date(seconds * 1000).toISOString() as Instant
    const known = found.get(digest)
    if (known !== undefined && at >= known.at) continue
    const witnesses = [...checked.cosigned].filter(([, seen]) => seen <= seconds)
    found.set(digest, {
      at,
      log: checked.checkpoint.origin,
      witnesses: witnesses.map(([name]) => name),
    })
  }
  return found
}
