import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeLog } from '../../test/made-log.ts'
import { isConsistent, isIncluded } from './proofs.ts'
import { emptyRoot, grow, hashChildren, hashLeaf, noGrowth, rootOf, rootOfPeaks } from './tree.ts'

const log = makeLog(600)
const size = fc.integer({ min: 1, max: 600 })
/** A tree and a place before its end. */
const within = size.chain((whole) => fc.tuple(fc.nat(whole - 1), fc.constant(whole)))

/** The root as RFC 6962, 2.1 writes it. */
function rootAsWritten(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (!only) return emptyRoot
  if (leaves.length === 1) return only
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return hashChildren(rootAsWritten(leaves.slice(0, split)), rootAsWritten(leaves.slice(split)))
}

const flipped = (hash: Uint8Array, bit: number): Uint8Array =>
  hash.map((byte, at) => (at === Math.floor(bit / 8) ? byte ^ (1 << (bit % 8)) : byte))

describe('the tree', () => {
  test('has the roots that Certificate Transparency publishes', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657']
    const leaves = [...inputs, '606162636465666768696a6b6c6d6e6f'].map((hex) =>
      hashLeaf(hexToBytes(hex)),
    )
    expect(bytesToHex(emptyRoot)).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(bytesToHex(rootOf(leaves.slice(0, 1)))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    )
    expect(bytesToHex(rootOf(leaves.slice(0, 3)))).toBe(
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    )
    expect(bytesToHex(rootOf(leaves))).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    )
  })

  test('of any size is the one that RFC 6962 defines, grown leaf by leaf or made at once', () => {
    let growth = noGrowth
    const leaves = log.digests.map(hashLeaf)
    for (const [at, leaf] of leaves.slice(0, 300).entries()) {
      growth = grow(growth, leaf)
      const asWritten = rootAsWritten(leaves.slice(0, at + 1))
      expect(growth.size).toBe(at + 1)
      expect(rootOfPeaks(growth.peaks)).toEqual(asWritten)
      expect(log.rootAt(at + 1)).toEqual(asWritten)
    }
  })
})

describe('an inclusion proof', () => {
  const claimOf = (index: number, whole: number) => ({
    index,
    size: whole,
    leaf: hashLeaf(log.digests[index] as Uint8Array),
    proof: log.inclusion(index, whole),
    root: log.rootAt(whole),
  })

  test('holds for every leaf of every tree', () => {
    fc.assert(
      fc.property(within, ([index, whole]) => {
        expect(isIncluded(claimOf(index, whole))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('does not hold when any bit of it is another, or a hash is added or left out', () => {
    fc.assert(
      fc.property(within, fc.nat(), fc.nat(255), ([index, whole], pick, bit) => {
        const claim = claimOf(index, whole)
        const { proof } = claim
        const at = proof.length === 0 ? 0 : pick % proof.length
        const one = proof[at]
        const wrong = [
          { ...claim, leaf: flipped(claim.leaf, bit) },
          { ...claim, root: flipped(claim.root, bit) },
          { ...claim, index: index + 1 },
          { ...claim, proof: [...proof, claim.leaf] },
          ...(one ? [{ ...claim, proof: proof.with(at, flipped(one, bit)) }] : []),
          ...(one ? [{ ...claim, proof: proof.toSpliced(at, 1) }] : []),
        ]
        expect(wrong.filter(isIncluded)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a consistency proof', () => {
  const claimOf = (old: number, whole: number) => ({
    old,
    size: whole,
    proof: log.consistency(old, whole),
    oldRoot: log.rootAt(old),
    root: log.rootAt(whole),
  })
  const other = makeLog(600, 'other')

  test('holds between any two sizes of one log', () => {
    fc.assert(
      fc.property(within, ([old, whole]) => {
        expect(isConsistent(claimOf(old, whole))).toBe(true)
      }),
      { numRuns: 1000 },
    )
    expect(isConsistent(claimOf(600, 600))).toBe(true)
  })

  test('does not hold when any bit of it is another, nor for another past', () => {
    fc.assert(
      fc.property(within, fc.nat(), fc.nat(255), ([old, whole], pick, bit) => {
        fc.pre(old > 0)
        const claim = claimOf(old, whole)
        const { proof } = claim
        const at = pick % proof.length
        const wrong = [
          { ...claim, oldRoot: flipped(claim.oldRoot, bit) },
          { ...claim, root: flipped(claim.root, bit) },
          { ...claim, oldRoot: other.rootAt(old) },
          { ...claim, proof: proof.with(at, flipped(proof[at] as Uint8Array, bit)) },
          { ...claim, proof: proof.toSpliced(at, 1) },
          { ...claim, proof: [...proof, claim.root] },
          { ...claim, old: whole, size: old },
        ]
        expect(wrong.filter(isConsistent)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
