import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { consistencyRanges, inclusionRanges } from '../src/log/proofs.ts'
import {
  type Hash,
  hashLeaf,
  hashOfRange,
  type Range,
  rootOf,
  type Subtree,
} from '../src/log/tree.ts'

/** A log in memory, of digests that anybody can make again. */
export type MadeLog = {
  readonly digests: readonly Uint8Array[]
  readonly hashOf: (subtree: Subtree) => Hash
  readonly rootAt: (size: number) => Hash
  readonly inclusion: (index: number, size: number) => Hash[]
  readonly consistency: (old: number, size: number) => Hash[]
}

export function makeLog(size: number, name = 'entry'): MadeLog {
  const digests = Array.from({ length: size }, (_, at) => sha256(utf8ToBytes(`${name} ${at}`)))
  const leaves = digests.map(hashLeaf)
  const known = new Map<string, Hash>()
  const hashOf = ({ level, index }: Subtree): Hash => {
    const key = `${level}/${index}`
    const hash =
      known.get(key) ?? rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))
    known.set(key, hash)
    return hash
  }
  const ofRange = (range: Range) => hashOfRange(range, hashOf)
  return {
    digests,
    hashOf,
    rootAt: (at) => ofRange({ from: 0, to: at }),
    inclusion: (index, at) => inclusionRanges(index, { from: 0, to: at }).map(ofRange),
    consistency: (old, at) => consistencyRanges(old, at).map(ofRange),
  }
}

export const seedOf = (name: string): Uint8Array => sha256(utf8ToBytes(`seed of ${name}`))
