import { describe, expect, test } from 'vitest'
import { askGo, withoutGo } from '../../test/go-verifier.ts'
import { makeLog, seedOf } from '../../test/made-log.ts'
import { toBase64 } from '../base64.ts'
import { cosign, formatCheckpoint, signCheckpoint } from './checkpoint.ts'
import { formatVerifierKey, verifierKeyOf } from './note.ts'
import { tileOf } from './tiles.ts'
import { type Hash, hashLeaf, subtreesOf } from './tree.ts'

const TREES = 10_000
const log = makeLog(1100)
const flipped = (hash: Hash): Hash => hash.with(7, (hash[7] ?? 0) ^ 1)

/** The same numbers in every run: what fails can be looked at again. */
function dice(): (below: number) => number {
  let state = 20_260_101
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state % below
  }
}

/** Every question with one that differs by a bit, an index or a hash. */
function questionsAbout(size: number, index: number, old: number): readonly object[] {
  const root = toBase64(log.rootAt(size))
  const inclusion = {
    kind: 'inclusion',
    size,
    root,
    index,
    leaf: toBase64(log.digests[index] as Uint8Array),
    proof: log.inclusion(index, size).map(toBase64),
  }
  const consistency = {
    kind: 'consistency',
    size,
    root,
    old,
    oldRoot: toBase64(log.rootAt(old)),
    proof: log.consistency(old, size).map(toBase64),
  }
  return [
    inclusion,
    { ...inclusion, leaf: toBase64(flipped(log.digests[index] as Uint8Array)) },
    consistency,
    { ...consistency, oldRoot: toBase64(flipped(log.rootAt(old))) },
  ]
}

describe.skipIf(withoutGo)("Go's own verifier", () => {
  test('accepts the proofs of 10,000 trees and refuses each that was tampered with', () => {
    const roll = dice()
    const questions = Array.from({ length: TREES }, () => {
      const size = 1 + roll(1100)
      return questionsAbout(size, roll(size), 1 + roll(size))
    }).flat()
    const answers = askGo(questions)
    const expected = questions.map((_, at) => at % 2 === 0)
    expect(answers.filter((answer, at) => answer !== expected[at])).toEqual([])
    expect(answers).toHaveLength(4 * TREES)
  })

  test('opens our checkpoint with its cosignature, and none in which a byte is another', () => {
    const origin = 'rivers.example/log/ministry'
    const name = 'ardenia.example/witness'
    const checkpoint = { origin, size: 1000, root: log.rootAt(1000) }
    const line = cosign(
      formatCheckpoint(checkpoint),
      { name, seed: seedOf('ardenia') },
      1_767_225_600,
    )
    const question = {
      kind: 'note',
      key: formatVerifierKey(verifierKeyOf(origin, 'note', seedOf('log'))),
      witness: formatVerifierKey(verifierKeyOf(name, 'cosignature', seedOf('ardenia'))),
      note: signCheckpoint(checkpoint, seedOf('log')) + line,
      size: 1000,
      root: toBase64(checkpoint.root),
    }
    const { note } = question
    const tampered = Array.from(note).map((sign, at) => ({
      ...question,
      note: note.slice(0, at) + (sign === 'A' ? 'B' : 'A') + note.slice(at + 1),
    }))
    const [first, ...others] = askGo([question, ...tampered])
    expect(first).toBe(true)
    expect(others.filter(Boolean)).toEqual([])
    expect(others.length).toBeGreaterThan(300)
  })

  test('finds in our tiles the hashes that it looks for there', () => {
    const size = 1100
    const questions = subtreesOf({ from: 0, to: size }).flatMap((part) => {
      const { level, n } = tileOf(part)
      const width = Math.min(256, Math.floor(size / 256 ** level) - n * 256)
      const hashes = Array.from({ length: width }, (_, at) =>
        log.hashOf({ level: level * 8, index: n * 256 + at }),
      )
      const tile = toBase64(Uint8Array.from(hashes.flatMap((hash) => [...hash])))
      const root = log.hashOf(part)
      const question = { kind: 'tile', tileLevel: level, tileN: n, width, tile, ...part }
      return [
        { ...question, root: toBase64(root) },
        { ...question, root: toBase64(flipped(root)) },
      ]
    })
    expect(askGo(questions)).toEqual(questions.map((_, at) => at % 2 === 0))
    expect(hashLeaf(log.digests[0] as Uint8Array)).toEqual(log.hashOf({ level: 0, index: 0 }))
  })
})
