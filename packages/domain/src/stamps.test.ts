import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from './brand.ts'
import { type Entry, EntryKind } from './matter.ts'
import { Stamp, stampsOf } from './stamps.ts'

const START = Date.parse('2026-01-01T00:00:00.000Z')
const instant = fc
  .integer({ min: 0, max: 10 ** 9 })
  .map((ms) => new Date(START + ms).toISOString() as Instant)

const entryOf = (kind: EntryKind, at: Instant, facts: Entry['facts'] = {}) =>
  ({ kind, at, facts }) as Entry

const entry = fc
  .record({
    kind: fc.constantFrom(...EntryKind.options),
    at: instant,
    facts: fc.oneof(
      fc.constant({}),
      fc.record({ reportedAt: instant, grade: fc.constant('B2') }),
      fc.constant({ reportedAt: 'yesterday', grade: 7 }),
    ),
  })
  .map(({ kind, at, facts }) => entryOf(kind, at, facts))

describe('the stamps of a record', () => {
  const at = (hour: number) => new Date(START + hour * 3_600_000).toISOString() as Instant

  test('name each step when it was first taken, and a report when it was written', () => {
    const stamps = stampsOf([
      entryOf('matter.opened', at(5)),
      entryOf('report.attached', at(6), { reportedAt: at(1), grade: 'B2' }),
      entryOf('matter.assessed', at(7)),
      entryOf('warning.sent', at(8)),
      entryOf('warning.updated', at(9)),
      entryOf('notification.opened', at(9)),
      entryOf('notification.acknowledged', at(10)),
      entryOf('notification.acknowledged', at(11)),
      entryOf('notification.answered', at(12), { outcome: 'declined' }),
      entryOf('matter.acted', at(13)),
      entryOf('matter.effect-seen', at(14)),
    ])
    const hours = [1, 1, 7, 8, 10, 12, 13, 14]
    expect(stamps).toEqual(
      Object.fromEntries(Stamp.options.map((one, i) => [one, at(hours[i] ?? 0)])),
    )
  })

  test('count an authority, an organ and a room alike as whoever decides: the first of them', () => {
    const kinds = ['notification.answered', 'agenda.answered', 'matter.decided'] as const
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.constantFrom(...kinds), (first, second) => {
        expect(stampsOf([entryOf(second, at(3)), entryOf(first, at(2))])).toEqual({ T5: at(2) })
      }),
    )
    // What is put off, or talked about, is not decided.
    const talk = [
      'agenda.tabled',
      'agenda.deferred',
      'agenda.reasons-asked',
      'matter.consulted',
    ] as const
    expect(stampsOf(talk.map((kind) => entryOf(kind, at(1))))).toEqual({})
  })

  test('say nothing of a step that was not taken', () => {
    expect(stampsOf([])).toEqual({})
    expect(stampsOf([entryOf('report.attached', at(1))])).toEqual({ T0: at(1) })
    expect(Object.keys(stampsOf([entryOf('matter.acted', at(1))]))).toEqual(['T6'])
  })

  test('do not depend on the order of entries, and never move later when the record grows', () => {
    fc.assert(
      fc.property(fc.array(entry), fc.array(entry), (first, more) => {
        const all = [...first, ...more]
        expect(stampsOf(all.toReversed())).toEqual(stampsOf(all))
        const [before, after] = [stampsOf(first), stampsOf(all)]
        for (const stamp of Stamp.options) {
          const stood = before[stamp]
          if (stood) expect((after[stamp] ?? '~') <= stood).toBe(true)
        }
      }),
    )
  })
})
