import { toBase64 } from '../src/base64.ts'
import { cosign, formatCheckpoint, signCheckpoint } from '../src/log/checkpoint.ts'
import { formatVerifierKey, verifierKeyOf } from '../src/log/note.ts'
import { formatProof } from '../src/log/proof-file.ts'
import { bundleOf, tilePath } from '../src/log/tiles.ts'
import { hashLeaf } from '../src/log/tree.ts'
import { makeLog, seedOf } from './made-log.ts'

const origin = 'rivers.example/log/ministry'
const witnesses = ['ardenia', 'belmara', 'corvane']
const SIZE = 264
const OLD = 100
/** 2026-01-01T00:00:00Z. */
const SECONDS = 1_767_225_600

/** The vectors by the names of their files; the same at every call. */
export function logVectors(): Readonly<Record<string, string>> {
  const log = makeLog(SIZE)
  const logSeed = seedOf('log')
  const checkpoint = (size: number) => ({ origin, size, root: log.rootAt(size) })
  const named = (name: string) => ({ name: `${name}.example/witness`, seed: seedOf(name) })
  const lines = witnesses.map((name, at) =>
    cosign(formatCheckpoint(checkpoint(SIZE)), named(name), SECONDS + at),
  )
  const signed = signCheckpoint(checkpoint(SIZE), logSeed) + lines.join('')
  const keyOf = (name: string) => {
    const { name: keyName, seed } = named(name)
    return formatVerifierKey(verifierKeyOf(keyName, 'cosignature', seed))
  }
  const proofOf = (index: number) => ({
    index,
    digest: toBase64(log.digests[index] as Uint8Array),
    path: log.inclusion(index, SIZE).map(toBase64),
  })
  const bundle = log.digests.slice(256)
  const tree = {
    note: 'Entry i is the SHA-256 of the text "entry i"; seeds are the SHA-256 of "seed of NAME".',
    roots: [0, 1, 2, 3, 7, 8, OLD, 128, 255, 256, 257, SIZE].map((size) => ({
      size,
      root: toBase64(log.rootAt(size)),
    })),
    inclusion: { size: SIZE, proofs: [0, 1, 99, 255, 256, 263].map(proofOf) },
    consistency: [1, 8, OLD, 128, 255, 256].map((old) => ({
      old,
      size: SIZE,
      proof: log.consistency(old, SIZE).map(toBase64),
    })),
    tiles: {
      [tilePath({ level: 'entries', n: 1, width: 8 })]: toBase64(bundleOf(bundle)),
      [tilePath({ level: 0, n: 1, width: 8 })]: toBase64(
        Uint8Array.from(bundle.flatMap((digest) => [...hashLeaf(digest)])),
      ),
      [tilePath({ level: 1, n: 0, width: 1 })]: toBase64(log.rootAt(256)),
    },
  }
  const policy = [
    '# Two of three must have seen it.',
    `log ${formatVerifierKey(verifierKeyOf(origin, 'note', logSeed))}`,
    ...witnesses.map((name) => `witness ${name} ${keyOf(name)}`),
    `group neighbours 2 ${witnesses.join(' ')}`,
    'quorum neighbours',
  ]
  const proof = {
    digest: log.digests[OLD] as Uint8Array,
    index: OLD,
    path: log.inclusion(OLD, SIZE),
    checkpoint: signed,
  }
  return {
    'tree.json': `${JSON.stringify(tree, undefined, 2)}\n`,
    'checkpoint.txt': signed,
    'policy.txt': `${policy.join('\n')}\n`,
    'entry-100.tlog-proof': formatProof(proof),
    'tampered.tlog-proof': formatProof({ ...proof, index: OLD + 1 }),
  }
}
