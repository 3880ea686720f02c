import { type Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { expiryAfter, type Root, TufKey, tufKeyId } from './tuf.ts'

/** The keys a node uses for its directory, as it hands them to those who keep the root. */
export const NodeKeys = z.strictObject({
  organisation: OrganisationId,
  targets: TufKey,
  snapshot: TufKey,
  timestamp: TufKey,
})
export type NodeKeys = Readonly<z.infer<typeof NodeKeys>>

export const ROOT_KEYS = 3
const ROOT_THRESHOLD = 2
const ROOT_DAYS = 3 * 365

/**
 * A root, not signed yet: that many keys of persons, of which the threshold signs, over the keys of
 * the node. One that follows another has the next version and is signed by the keys of both.
 */
export function makeRoot(
  { organisation, ...node }: NodeKeys,
  rootKeys: readonly TufKey[],
  {
    at,
    version = 1,
    threshold = ROOT_THRESHOLD,
  }: {
    readonly at: Instant
    readonly version?: number
    readonly threshold?: number
  },
): Root {
  const all = [...rootKeys, node.targets, node.snapshot, node.timestamp]
  const only = (key: TufKey) => ({ keyids: [tufKeyId(key)], threshold: 1 })
  return {
    _type: 'root',
    spec_version: '1.0.31',
    version,
    expires: expiryAfter(at, ROOT_DAYS),
    consistent_snapshot: false,
    organisation,
    keys: Object.fromEntries(all.map((key) => [tufKeyId(key), key])),
    roles: {
      root: { keyids: rootKeys.map(tufKeyId), threshold },
      targets: only(node.targets),
      snapshot: only(node.snapshot),
      timestamp: only(node.timestamp),
    },
  }
}
