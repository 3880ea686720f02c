import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeLog, seedOf } from '../../test/made-log.ts'
import { cosign, formatCheckpoint, signCheckpoint } from './checkpoint.ts'
import { formatVerifierKey, verifierKeyOf } from './note.ts'
import { isQuorum, judgeCheckpoint, type Policy, readPolicy } from './policy.ts'
import { checkProof, formatProof, readProof } from './proof-file.ts'

const origin = 'node.example/log/rivers'
const logKey = formatVerifierKey(verifierKeyOf(origin, 'note', seedOf('log')))
const nameOf = (witness: string) => `${witness}.example/witness`
const keyOf = (witness: string) =>
  formatVerifierKey(verifierKeyOf(nameOf(witness), 'cosignature', seedOf(witness)))
const witnessLines = ['a1', 'a2', 'a3', 'e1', 'e2', 'un']
  .map((witness) => `witness ${witness} ${keyOf(witness)}`)
  .join('\n')
const text = `# Africa, Europe and the UN
log ${logKey} https://node.example/log/rivers

${witnessLines}
group africa 2 a1 a2 a3
\tgroup europe any e1 e2
group everybody all africa europe un
quorum everybody
`

function policy(from: string): Policy {
  const read = readPolicy(from)
  if ('line' in read) throw new Error(`line ${read.line}`)
  return read
}

const log = makeLog(100)
const checkpoint = { origin, size: 100, root: log.rootAt(100) }
const cosignedBy = (witnesses: readonly string[]) =>
  signCheckpoint(checkpoint, seedOf('log')) +
  witnesses
    .map((witness) =>
      cosign(formatCheckpoint(checkpoint), { name: nameOf(witness), seed: seedOf(witness) }, 1000),
    )
    .join('')

describe('a policy', () => {
  test('asks for so many of each group', () => {
    const judge = (...witnesses: string[]) =>
      judgeCheckpoint(policy(text), cosignedBy(witnesses))?.isEnough
    expect(judge('a1', 'a3', 'e2', 'un')).toBe(true)
    expect(judge('a1', 'a1', 'e2', 'un')).toBe(false)
    expect(judge('a1', 'a2', 'a3', 'e1', 'e2')).toBe(false)
    expect(judge('a1', 'a2', 'un')).toBe(false)
    expect(judge()).toBe(false)
  })

  test('counts by the tree of its groups, whatever they are', () => {
    fc.assert(
      fc.property(fc.subarray(['a1', 'a2', 'a3', 'e1', 'e2', 'un']), (present) => {
        const has = new Set(present)
        const of = (...names: string[]) => names.filter((name) => has.has(name)).length
        const expected = of('a1', 'a2', 'a3') >= 2 && of('e1', 'e2') >= 1 && has.has('un')
        expect(isQuorum(policy(text), has)).toBe(expected)
      }),
    )
  })

  test('may ask for nobody; a log that it does not list counts for nothing', () => {
    expect(judgeCheckpoint(policy(`log ${logKey}\nquorum none\n`), cosignedBy([]))?.isEnough).toBe(
      true,
    )
    expect(judgeCheckpoint(policy('quorum none\n'), cosignedBy([]))).toBeUndefined()
  })

  test.each([
    ['quorum everybody\n', 'nobody known'],
    [`${text}quorum un\n`, 'a second quorum'],
    [text.replace('quorum everybody\n', ''), 'no quorum'],
    [text.replace('2 a1', '4 a1'), 'more than there are'],
    [text.replace('2 a1', '0 a1'), 'none of them'],
    [text.replace('2 a1', '02 a1'), 'a number written in another way'],
    [text.replace('any e1', 'any a1'), 'somebody in two groups'],
    [text.replace('any e1 e2', 'any none'), 'the reserved name'],
    [text.replace('group europe', 'group africa'), 'a name twice'],
    [text.replace(keyOf('a2'), keyOf('a1')), 'a key twice'],
    [text.replace(keyOf('a2'), logKey), 'a key for another use'],
    [text.replace('quorum', 'qourum'), 'an unknown word'],
    [text.replace('\n', '\r\n'), 'another line break'],
  ])('that is written wrongly is refused with its line: %#', (wrong, what) => {
    expect(readPolicy(wrong), what).toEqual({ line: expect.any(Number) })
  })
})

describe('a proof file', () => {
  const enough = ['a1', 'a2', 'e1', 'un']
  const made = (index: number, witnesses: readonly string[] = enough) =>
    formatProof({
      digest: log.digests[index] as Uint8Array,
      index,
      path: log.inclusion(index, 100),
      checkpoint: cosignedBy(witnesses),
    })
  const check = (file: string) => {
    const proof = readProof(file)
    return proof ? checkProof(proof, policy(text)) : undefined
  }

  test('proves any entry, says who had seen it, and is small', () => {
    for (const index of log.digests.keys()) {
      const checked = check(made(index))
      expect(checked?.fault).toBeUndefined()
    }
    expect(made(42).length).toBeLessThan(2000)
  })

  test('with too few witnesses, of another log or of another entry says so', () => {
    expect(check(made(3, ['a1', 'e1', 'un']))?.fault).toBe('too-few-witnesses')
    expect(check(made(3).replace('index 3', 'index 4'))?.fault).toBe('not-included')
    const foreign = readProof(made(3))
    expect(foreign && checkProof(foreign, policy('quorum none\n')).fault).toBe('unknown-log')
  })

  test('proves nothing when any sign of it is another', () => {
    const file = made(57)
    // Who else signs does not matter, so the lines of witnesses may change into nobody's.
    const policyOfAll = policy(text.replace('group africa 2 a1 a2 a3', 'group africa all a1 a2'))
    const head = file.indexOf('\n\n')
    for (const at of Array.from(file).keys()) {
      // Of what is signed, every fifth: each takes five signatures to check.
      if (at > head && at % 5 > 0) continue
      const sign = file[at] === 'A' ? 'B' : 'A'
      const proof = readProof(file.slice(0, at) + sign + file.slice(at + 1))
      const fault = proof ? checkProof(proof, policyOfAll).fault : 'not-readable'
      expect(fault, `sign ${at}`).toBeDefined()
    }
  })
})
