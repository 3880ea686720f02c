import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { readProof } from '@tocsin/records/log/proof-file.ts'
import { provenTimes } from '@tocsin/records/log/proven-time.ts'
import type { App } from '../app.ts'
import type { RoomPolicy } from './witnesses.ts'

/*
 * How a proposal stands is counted anew whenever somebody asks; what a proof shows by a policy is always
 * the same, and its signatures are most of the work. So each is checked once in the life of a process.
 */

type Shown = ReadonlyMap<Sha256, Instant>

/** By the text of a policy, and by the text of a proof. */
const checked = new WeakMap<App, Map<string, Map<string, Shown>>>()

/** So many proofs, of a few kilobytes each, are kept; then all are checked again. */
const MOST = 4096

/** When each record is first proven to have been in a log, by its digest. */
export function timesBy(
  app: App,
  { text: policyText, policy }: RoomPolicy,
  proofs: readonly string[],
): ReadonlyMap<Sha256, Instant> {
  const byPolicy = checked.get(app) ?? new Map<string, Map<string, Shown>>()
  checked.set(app, byPolicy)
  const kept = [...byPolicy.values()].reduce((all, { size }) => all + size, 0)
  if (kept > MOST) byPolicy.clear()
  const known = byPolicy.get(policyText) ?? new Map<string, Shown>()
  byPolicy.set(policyText, known)
  const times = new Map<Sha256, Instant>()
  for (const text of proofs) {
    const shown = known.get(text) ?? provenTimes([readProof(text) ?? []].flat(), policy)
    known.set(text, shown)
    for (const [digest, at] of shown) {
      const other = times.get(digest)
      if (other === undefined || at < other) times.set(digest, at)
    }
  }
  return times
}
