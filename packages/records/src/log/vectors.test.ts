import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { logVectors } from '../../test/log-vectors.ts'
import { fromBase64 } from '../base64.ts'
import { readPolicy } from './policy.ts'
import { checkProof, readProof } from './proof-file.ts'
import { isConsistent, isIncluded } from './proofs.ts'
import { type Hash, hashLeaf } from './tree.ts'

const folder = fileURLToPath(new URL('../../../../docs/protocol/vectors/log/', import.meta.url))
const read = (name: string) => readFileSync(`${folder}${name}`, 'utf8')
const bytes = (text: string) => fromBase64(text) as Hash

describe('the published vectors', () => {
  test('are those that the script makes, and no others', () => {
    const made = logVectors()
    expect(readdirSync(folder).sort()).toEqual(Object.keys(made).sort())
    for (const [name, text] of Object.entries(made)) expect(read(name), name).toBe(text)
  })

  test('of the tree hold, read from the file alone', () => {
    const { roots, inclusion, consistency } = JSON.parse(read('tree.json'))
    const rootAt = (size: number) =>
      bytes(roots.find((each: { size: number }) => each.size === size).root)
    const { size, proofs } = inclusion
    expect(proofs).toHaveLength(6)
    for (const { index, digest, path } of proofs) {
      const leaf = hashLeaf(bytes(digest))
      const claim = { index, size, leaf, proof: path.map(bytes), root: rootAt(size) }
      expect(isIncluded(claim), `index ${index}`).toBe(true)
    }
    for (const { old, size: whole, proof } of consistency) {
      const both = { oldRoot: rootAt(old), root: rootAt(whole) }
      const claim = { old, size: whole, proof: proof.map(bytes), ...both }
      expect(isConsistent(claim), `old ${old}`).toBe(true)
    }
  })

  test('of a proof hold by the policy beside it, and the tampered one does not', () => {
    const policy = readPolicy(read('policy.txt'))
    const check = (name: string) => {
      const proof = readProof(read(name))
      if (!proof || 'line' in policy) throw new Error('not readable')
      return checkProof(proof, policy)
    }
    expect(check('entry-100.tlog-proof')).toMatchObject({ isEnough: true })
    expect(check('tampered.tlog-proof').fault).toBe('not-included')
  })
})
