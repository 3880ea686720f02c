import { emptyRoot, type Hash, hashChildren, isSameHash, type Range, splitOf } from './tree.ts'

/*
 * What proves that a leaf is in a tree and that a tree continues another: RFC 6962, 2.1.1 and 2.1.2.
 * A proof is named by the ranges whose roots it consists of, so that whoever keeps tiles reads only
 * those. Checking follows RFC 9162, 2.1.3.2 and 2.1.4.2, and shares nothing with the making.
 */

/** The roots that prove one leaf, from its neighbour up. */
export function inclusionRanges(index: number, { from, to }: Range): Range[] {
  if (to - from <= 1) return []
  const split = from + splitOf(to - from)
  return index < split
    ? [...inclusionRanges(index, { from, to: split }), { from: split, to }]
    : [...inclusionRanges(index, { from: split, to }), { from, to: split }]
}

/** The roots that prove that a tree of `size` leaves continues one of `old` leaves. */
export function consistencyRanges(old: number, size: number): Range[] {
  return old === 0 || old === size ? [] : continued(old, { from: 0, to: size }, true)
}

function continued(old: number, { from, to }: Range, isWhole: boolean): Range[] {
  if (old === to) return isWhole ? [] : [{ from, to }]
  const split = from + splitOf(to - from)
  return old <= split
    ? [...continued(old, { from, to: split }, isWhole), { from: split, to }]
    : [...continued(old, { from: split, to }, false), { from, to: split }]
}

const half = (count: number): number => Math.floor(count / 2)
const isOdd = (count: number): boolean => count % 2 === 1

type Inclusion = {
  readonly index: number
  readonly size: number
  readonly leaf: Hash
  readonly proof: readonly Hash[]
  readonly root: Hash
}

/** Whether the leaf with this hash stands at that index of the tree with that root. */
export function isIncluded({ index, size, leaf, proof, root }: Inclusion): boolean {
  if (index >= size) return false
  let place = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(place) || place === last) {
      hash = hashChildren(sibling, hash)
      while (!isOdd(place) && place !== 0) {
        place = half(place)
        last = half(last)
      }
    } else {
      hash = hashChildren(hash, sibling)
    }
    place = half(place)
    last = half(last)
  }
  return last === 0 && isSameHash(hash, root)
}

type Consistency = {
  readonly old: number
  readonly size: number
  readonly proof: readonly Hash[]
  readonly oldRoot: Hash
  readonly root: Hash
}

/** Whether the tree with `root` continues the one with `oldRoot`. */
export function isConsistent({ old, size, proof, oldRoot, root }: Consistency): boolean {
  if (old > size) return false
  if (old === size) return proof.length === 0 && isSameHash(oldRoot, root)
  if (old === 0) return proof.length === 0 && isSameHash(oldRoot, emptyRoot)
  // A complete old tree is itself the first part, and is not sent.
  const path = old === 2 ** Math.round(Math.log2(old)) ? [oldRoot, ...proof] : proof
  return follows(path, { old, size, oldRoot, root })
}

function follows(path: readonly Hash[], { old, size, oldRoot, root }: Omit<Consistency, 'proof'>) {
  const [first, ...rest] = path
  if (!first) return false
  let place = old - 1
  let last = size - 1
  while (isOdd(place)) {
    place = half(place)
    last = half(last)
  }
  let before = first
  let after = first
  for (const hash of rest) {
    if (last === 0) return false
    if (isOdd(place) || place === last) {
      before = hashChildren(hash, before)
      after = hashChildren(hash, after)
      while (!isOdd(place) && place !== 0) {
        place = half(place)
        last = half(last)
      }
    } else {
      after = hashChildren(after, hash)
    }
    place = half(place)
    last = half(last)
  }
  return last === 0 && isSameHash(before, oldRoot) && isSameHash(after, root)
}
