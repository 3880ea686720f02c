import type { Instant } from '@tocsin/domain/brand.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AuditEntry, chainStart, findChainFault, hashEntry } from './chain.ts'

function chainOf(subjects: readonly string[]): AuditEntry[] {
  const entries: AuditEntry[] = []
  for (const subject of subjects) {
    const statement = {
      seq: entries.length + 1,
      at: '2026-01-01T00:00:00.000Z' as Instant,
      actor: { kind: 'operator' },
      act: 'test.wrote',
      subject,
      details: {},
      previous: entries.at(-1)?.hash ?? chainStart,
    }
    entries.push({ ...statement, hash: hashEntry(statement) })
  }
  return entries
}

const subjects = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 20 })

describe('a hash chain', () => {
  test('holds when nothing was touched, in whole and from any entry on', () => {
    fc.assert(
      fc.property(subjects, fc.nat(), (texts, at) => {
        const entries = chainOf(texts)
        expect(findChainFault(entries)).toBeUndefined()
        const from = at % entries.length
        expect(findChainFault(entries.slice(from + 1), entries[from])).toBeUndefined()
      }),
    )
  })

  test('names the first entry that was altered, whatever was altered', () => {
    fc.assert(
      fc.property(subjects, fc.nat(), fc.string(), (texts, at, text) => {
        const entries = chainOf(texts)
        const index = at % entries.length
        const entry = entries[index]
        fc.pre(entry !== undefined && entry.subject !== text)
        const altered = entries.with(index, { ...(entry as AuditEntry), subject: text })
        expect(findChainFault(altered)).toEqual({ seq: index + 1, fault: 'altered' })
      }),
    )
  })

  test('names a missing entry', () => {
    fc.assert(
      fc.property(subjects, fc.nat(), (texts, at) => {
        const index = at % (texts.length - 1)
        const entries = chainOf(texts).toSpliced(index, 1)
        expect(findChainFault(entries)).toEqual({ seq: index + 1, fault: 'missing' })
      }),
    )
  })

  test('names the entry where another history was put in', () => {
    const [first] = chainOf(['a', 'b'])
    const other = chainOf(['x', 'b', 'c'])
    const spliced = [first, ...other.slice(1)].filter((entry) => entry !== undefined)
    expect(findChainFault(spliced)).toEqual({ seq: 2, fault: 'forked' })
  })
})
