import { bytesToHex } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logVectors } from '../../test/log-vectors.ts'
import { cosign, formatCheckpoint, signCheckpoint } from './checkpoint.ts'
import { formatVerifierKey, verifierKeyOf } from './note.ts'
import { isQuorum, type Policy, readPolicy } from './policy.ts'
import { type LogProof, readProof } from './proof-file.ts'
import { provenTimes, quorumTime } from './proven-time.ts'
import { hashLeaf, rootOf } from './tree.ts'

const names = ['a', 'b', 'c', 'd', 'e']
const policy = (groups: readonly (readonly [string, { atLeast: number; members: string[] }])[]) =>
  ({ logs: [], witnesses: new Map(), groups: new Map(groups), quorum: 'all' }) satisfies Policy

describe('when enough witnesses had seen a record', () => {
  test('is the first time at which those who had by then are a quorum', () => {
    const times = fc.dictionary(fc.constantFrom(...names), fc.nat(20), { noNullPrototype: true })
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 1, max: 3 }),
        (at, one, two) => {
          const rules = policy([
            ['north', { atLeast: one, members: ['a', 'b'] }],
            ['south', { atLeast: two, members: ['c', 'd', 'e'] }],
            ['all', { atLeast: 2, members: ['north', 'south'] }],
          ])
          const cosigned = new Map(Object.entries(at))
          const found = quorumTime(rules, cosigned)
          const seenBy = (until: number) => ({
            has: (name: string) => (cosigned.get(name) ?? 99) <= until,
          })
          const slow = Array.from({ length: 21 }, (_, until) => until).find((until) =>
            isQuorum(rules, seenBy(until)),
          )
          expect(found).toBe(slow)
        },
      ),
    )
  })

  test('is never where the policy asks for nobody', () => {
    expect(quorumTime({ ...policy([]), quorum: undefined }, new Map([['a', 1]]))).toBeUndefined()
  })

  test('is told by each proof that holds, the earliest of several, and by no other', () => {
    const files = logVectors()
    const rules = readPolicy(files['policy.txt'] ?? '')
    const [proof, tampered] = ['entry-100.tlog-proof', 'tampered.tlog-proof'].map((name) =>
      readProof(files[name] ?? ''),
    ) as [LogProof, LogProof]
    if ('line' in rules) throw new Error('the policy is read')
    // The first witness saw it at midnight, the second a second later: two are enough.
    const times = provenTimes([tampered, proof, proof], rules)
    expect([...times]).toEqual([[bytesToHex(proof.digest), '2026-01-01T00:00:01.000Z']])
    expect(provenTimes([tampered], rules).size).toBe(0)
  })

  test('is not told by a witness whose clock is beyond all years', () => {
    const [origin, name] = ['a.example/log', 'w.example/witness']
    const seed = new Uint8Array(32).fill(3)
    const digest = new Uint8Array(32).fill(9)
    const checkpoint = { origin, size: 1, root: rootOf([hashLeaf(digest)]) }
    const rules = readPolicy(
      [
        `log ${formatVerifierKey(verifierKeyOf(origin, 'note', seed))}`,
        `witness w ${formatVerifierKey(
          verifierKeyOf(
            name,
            'cosignature',
            seed.map(() => 4),
          ),
        )}`,
        'quorum w',
      ].join('\n'),
    )
    if ('line' in rules) throw new Error('the policy is read')
    const at = (seconds: number): LogProof => {
      const line = cosign(formatCheckpoint(checkpoint), { name, seed: seed.map(() => 4) }, seconds)
      return { digest, index: 0, path: [], checkpoint: signCheckpoint(checkpoint, seed) + line }
    }
    expect(provenTimes([at(Number.MAX_SAFE_INTEGER)], rules).size).toBe(0)
    expect([...provenTimes([at(1), at(0)], rules).values()]).toEqual(['1970-01-01T00:00:00.000Z'])
  })
})
