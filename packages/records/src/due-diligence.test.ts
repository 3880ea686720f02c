import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chainOf, kidOfSeed, listOf, madeContent, otherSeed, seal } from '../test/made-record.ts'
import { type DueDiligenceContent, fingerprintOf } from './due-diligence.ts'
import { checkArchive } from './due-diligence-archive.ts'
import { checkDueDiligence } from './due-diligence-check.ts'
import { publicKeyOf } from './jws.ts'

const faultsOf = (bytes: Uint8Array) => checkDueDiligence(bytes).faults.map(({ fault }) => fault)

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytesOf = (said: string) => new TextEncoder().encode(said)

describe('a due-diligence file', () => {
  test('holds as it was sealed', () => {
    const { file, faults } = checkDueDiligence(seal(madeContent()))
    expect(faults).toEqual([])
    expect(file?.statements).toHaveLength(5)
  })

  test('no longer holds when any one byte of it is changed', () => {
    const bytes = seal(madeContent())
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const changed = bytes.slice()
        changed[at] = ((changed[at] ?? 0) + difference) % 256
        expect(faultsOf(changed)).not.toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('no longer holds with any one sign of a statement exchanged, or a byte added or taken', () => {
    const whole = text(seal(madeContent()))
    const { statements, seal: sealed } = JSON.parse(whole)
    const parts: string[] = [...statements, sealed].flatMap((one) => Object.values<string>(one))
    fc.assert(
      fc.property(
        fc.constantFrom(...parts),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (part, where) => {
          const at = Math.min(part.length - 1, Math.floor(where * part.length))
          const other = part[at] === 'A' ? 'B' : 'A'
          const changed = whole.replaceAll(part, part.slice(0, at) + other + part.slice(at + 1))
          expect(faultsOf(bytesOf(changed))).not.toEqual([])
          expect(faultsOf(bytesOf(whole.replaceAll(part, part.slice(0, -1))))).not.toEqual([])
          expect(faultsOf(bytesOf(whole.replaceAll(part, `${part}A`)))).not.toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is known by its bytes: written anew with the same content, it does not hold', () => {
    const whole = text(seal(madeContent()))
    expect(faultsOf(bytesOf(JSON.stringify(JSON.parse(whole), null, 1)))).toEqual(['not-canonical'])
    expect(faultsOf(bytesOf(`${whole}\n`))).toEqual(['not-canonical'])
    const twice = whole.replace('"version":1', '"version":1,"version":1')
    expect(faultsOf(bytesOf(twice))).toEqual(['not-canonical'])
  })

  test('is not read at all when it is cut short or is something else', () => {
    const whole = text(seal(madeContent()))
    for (const other of [
      whole.slice(0, -40),
      '',
      '[]',
      'null',
      '{"format":"x"}',
      '\u0000'.repeat(99),
    ]) {
      expect(faultsOf(bytesOf(other))).toEqual(['not-readable'])
    }
  })
})

/** Whoever holds the organisation's key can seal what contradicts the record; it is still found. */
const resealed = (change: (said: DueDiligenceContent) => DueDiligenceContent) =>
  checkDueDiligence(seal(change(madeContent()))).faults

type Told = DueDiligenceContent['notifications'][number]
const withTold = (change: Partial<Told>) => (said: DueDiligenceContent) => ({
  ...said,
  notifications: said.notifications.map((told) => ({ ...told, ...change })),
})
const withWarning = (change: object) => (said: DueDiligenceContent) => ({
  ...said,
  warnings: said.warnings.map((warning) => ({ ...warning, ...change })),
})
const at = (time: string) => `2026-01-01T${time}:00.000Z` as Told['acknowledgeBy']

describe('what contradicts the signed record', () => {
  test('is named with its place, whoever sealed it', () => {
    const police = 'Head of Police, Police'
    expect(resealed(withTold({ acknowledgedAt: at('00:05'), answeredAt: at('00:06') }))).toEqual([
      { fault: 'acknowledgement-differs', at: police },
      { fault: 'acknowledgement-missing', at: 'Police, 2026-01-01T00:03:00.000Z' },
      { fault: 'answer-differs', at: police },
      { fault: 'answer-missing', at: 'Police, 2026-01-01T00:04:00.000Z' },
    ])
    const silent = { acknowledgedAt: null, acknowledgement: null, answeredAt: null, answer: null }
    expect(resealed(withTold(silent)).map(({ fault }) => fault)).toEqual([
      'acknowledgement-missing',
      'answer-missing',
    ])
    expect(resealed(withTold({ openedAt: at('00:10') })).map(({ fault }) => fault)).toEqual([
      'opening-differs',
      'opening-missing',
      'times-reversed',
    ])
    const answer = { outcome: 'declined', text: 'No.', name: 'A. Chief', office: 'Police' }
    expect(resealed(withTold({ answer })).map(({ fault }) => fault)).toEqual([
      'answer-differs',
      'answer-missing',
    ])
  })

  test('is found in warnings: another text, other signatures, another time, one left out', () => {
    const only = (change: object) => resealed(withWarning(change))
    const [warning] = ['W-2026/1']
    expect(only({ draft: { level: 5 } })).toEqual([{ fault: 'warning-text-differs', at: warning }])
    expect(only({ signatures: [] })).toEqual([{ fault: 'warning-signatures-differ', at: warning }])
    expect(only({ sentAt: at('00:00') })).toEqual([])
    expect(only({ sentAt: at('00:05') })).toMatchObject([
      { fault: 'warning-time-differs' },
      { fault: 'times-reversed' },
    ])
    expect(resealed((said) => ({ ...said, warnings: [] }))).toMatchObject([
      { fault: 'warning-missing', at: '1' },
    ])
    expect(resealed((said) => ({ ...said, steps: {} }))).toEqual([
      { fault: 'steps-differ', at: '' },
    ])
  })

  test('is found in the chain: an entry left out, moved, of another matter, or of a key not in the file', () => {
    const cut = (said: DueDiligenceContent) => ({ ...said, statements: said.statements.slice(1) })
    expect(resealed(cut)[0]).toEqual({ fault: 'entry-wrong-place', at: '1' })
    const foreign = (said: DueDiligenceContent) => ({
      ...said,
      statements: [
        ...said.statements.slice(0, 4),
        ...chainOf('another', [{ kind: 'matter.closed', facts: {} }]),
      ],
    })
    const places = resealed(foreign).filter(({ fault }) => fault.startsWith('entry-'))
    expect(places).toEqual([
      { fault: 'entry-wrong-place', at: '5' },
      { fault: 'entry-foreign', at: '5' },
    ])
    const stranger = (said: DueDiligenceContent) => ({
      ...said,
      statements: chainOf(said.matter.id, [{ kind: 'matter.opened', facts: {} }], otherSeed),
    })
    expect(resealed(stranger)[0]).toEqual({ fault: 'entry-unknown-key', at: '1' })
  })

  test('is found in keys: another key under the same name, or a seal by a key not in the file', () => {
    const renamed = resealed((said) => ({
      ...said,
      keys: said.keys.map((key) => ({ ...key, publicKey: publicKeyOf(otherSeed) })),
    }))
    expect(renamed.map(({ fault }) => fault).slice(0, 3)).toEqual([
      'key-ambiguous',
      'seal-not-signed',
      'entry-bad-signature',
    ])
    expect(faultsOf(seal(madeContent(), otherSeed))).toEqual(['seal-not-signed'])
    expect(kidOfSeed(otherSeed)).not.toBe(kidOfSeed(new Uint8Array(32).fill(7)))
  })
})

describe('an archive', () => {
  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const said = madeContent()
  const files = { 'due-diligence.json': seal(said), 'due-diligence.pdf': bytesOf('%PDF') }
  const list = listOf(said, files, hashOf)

  test('holds only with exactly the files that were signed for', () => {
    const faults = (given: Readonly<Record<string, Uint8Array>>) => checkArchive(given).faults
    const whole = { ...files, 'manifest.json': list }
    expect(faults(whole)).toEqual([])
    expect(faults({ ...whole, 'due-diligence.pdf': bytesOf('%PDX') })).toEqual([
      { fault: 'file-differs', at: 'due-diligence.pdf' },
    ])
    expect(faults({ ...whole, 'note.txt': bytesOf('x') })).toEqual([
      { fault: 'file-unlisted', at: 'note.txt' },
    ])
    const { 'due-diligence.pdf': _, ...without } = whole
    expect(faults(without)).toEqual([{ fault: 'file-missing', at: 'due-diligence.pdf' }])
    const unsigned = [{ fault: 'archive-not-signed', at: 'manifest.json' }]
    expect(faults(files)).toEqual(unsigned)
    const forged = listOf(said, files, hashOf, otherSeed)
    expect(faults({ ...files, 'manifest.json': forged })).toEqual(unsigned)
  })
})

test('a fingerprint is the SHA-256 of the key, in groups of four', () => {
  const key = publicKeyOf(otherSeed)
  const hash = createHash('sha256').update(Buffer.from(key, 'base64url')).digest('hex')
  expect(fingerprintOf(key).replaceAll(' ', '')).toBe(hash)
  expect(fingerprintOf(key)).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/)
})
