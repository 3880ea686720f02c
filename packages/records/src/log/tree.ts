import { sha256 } from '@noble/hashes/sha2.js'

/*
 * The Merkle tree of RFC 6962, section 2.1, over SHA-256. Sizes and indices are numbers up to 2^53, so
 * they are halved by arithmetic: bit operators would cut them to 32 bits.
 */

/** 32 bytes. */
export type Hash = Uint8Array

/** A complete part of the tree: the 2^level leaves from `index` * 2^level on. */
export type Subtree = { readonly level: number; readonly index: number }

/** Leaves from `from` on, up to and without `to`. */
export type Range = { readonly from: number; readonly to: number }

/** The root of a tree without leaves. */
export const emptyRoot: Hash = sha256(new Uint8Array())

export function hashLeaf(data: Uint8Array): Hash {
  return sha256.create().update(Uint8Array.of(0)).update(data).digest()
}

export function hashChildren(left: Hash, right: Hash): Hash {
  return sha256.create().update(Uint8Array.of(1)).update(left).update(right).digest()
}

export const isSameHash = (one: Hash, other: Hash): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])

/** A tree that only grows: how many leaves, and the roots of its complete parts, the largest first. */
export type Growth = { readonly size: number; readonly peaks: readonly Hash[] }

export const noGrowth: Growth = { size: 0, peaks: [] }

/** The tree with one leaf more; takes as many hashings as parts become complete by it. */
export function grow({ size, peaks }: Growth, leaf: Hash): Growth {
  const kept = [...peaks]
  let hash = leaf
  for (let count = size; count % 2 === 1; count = Math.floor(count / 2)) {
    hash = hashChildren(kept.pop() as Hash, hash)
  }
  return { size: size + 1, peaks: [...kept, hash] }
}

/** The root of neighbouring complete parts, the largest first. */
export function rootOfPeaks(peaks: readonly Hash[]): Hash {
  const last = peaks.at(-1)
  if (!last) return emptyRoot
  return peaks.slice(0, -1).reduceRight((root, peak) => hashChildren(peak, root), last)
}

/** The root over the hashes of leaves. */
export const rootOf = (leaves: readonly Hash[]): Hash =>
  rootOfPeaks(leaves.reduce(grow, noGrowth).peaks)

/** The largest power of two below a number of at least two: where RFC 6962 splits so many leaves. */
export function splitOf(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** The complete parts of which a range consists that the tree itself is split into. */
export function subtreesOf({ from, to }: Range): Subtree[] {
  const parts: Subtree[] = []
  let start = from
  while (start < to) {
    let level = 0
    while (start + 2 ** (level + 1) <= to) level += 1
    parts.push({ level, index: start / 2 ** level })
    start += 2 ** level
  }
  return parts
}

export type HashOf = (subtree: Subtree) => Hash

/** The root of a range, from the hashes of complete parts. */
export const hashOfRange = (range: Range, hashOf: HashOf): Hash =>
  rootOfPeaks(subtreesOf(range).map(hashOf))
