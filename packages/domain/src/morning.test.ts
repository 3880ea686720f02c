import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from './brand.ts'
import {
  MORNING_MINUTES,
  type MorningItem,
  MorningKind,
  minutesOf,
  minutesToRead,
  planMorning,
} from './morning.ts'

const nothing = { matter: null, title: null, warning: null, level: null, dueAt: null, count: 1 }
const item = (
  kind: MorningKind,
  minutes: number,
  rest: Partial<MorningItem> = {},
): MorningItem => ({
  ...nothing,
  kind,
  minutes,
  ...rest,
})

const items = fc.array(
  fc.record({
    kind: fc.constantFrom(...MorningKind.options),
    matter: fc.constant(null),
    title: fc.constant(null),
    warning: fc.constant(null),
    level: fc.constantFrom(null, 0, 1, 2, 3, 4, 5),
    dueAt: fc.constantFrom(
      null,
      '2026-11-22T12:00:00.000Z' as Instant,
      '2026-11-24T09:02:00.000Z' as Instant,
    ),
    count: fc.constant(1),
    minutes: fc.integer({ min: 1, max: 15 }),
  }),
  { maxLength: 30 },
) as fc.Arbitrary<MorningItem[]>

describe('a morning', () => {
  test('holds everything once: what does not fit is for later, never hidden', () => {
    fc.assert(
      fc.property(items, (all) => {
        const { now, later } = planMorning(all)
        expect(now.length + later.length).toBe(all.length)
        expect(new Set([...now, ...later])).toEqual(new Set(all))
      }),
    )
  })

  test('never takes longer than its minutes, unless one thing alone does', () => {
    fc.assert(
      fc.property(items, (all) => {
        const { now, later } = planMorning(all)
        if (now.length > 1) expect(minutesOf(now)).toBeLessThanOrEqual(MORNING_MINUTES)
        for (const { minutes } of later) {
          expect(minutesOf(now) + minutes).toBeGreaterThan(MORNING_MINUTES)
        }
        expect(now.length > 0).toBe(all.length > 0)
      }),
    )
  })

  test('puts a signature before a review, a review before a chase, and the gravest first', () => {
    const { now } = planMorning([
      item('triage', 1),
      item('chase', 2, { level: 2 }),
      item('chase', 2, { level: 4 }),
      item('review', 3),
      item('sign', 4),
    ])
    expect(now.map(({ kind, level }) => [kind, level])).toEqual([
      ['sign', null],
      ['review', null],
      ['chase', 4],
      ['chase', 2],
      ['triage', null],
    ])
  })

  test('is the one of the design: eleven minutes and four left', () => {
    const { now, later } = planMorning([
      item('sign', 4),
      item('review', 3),
      item('chase', 2),
      item('chase', 2),
    ])
    expect(minutesOf(now)).toBe(11)
    expect(later).toEqual([])
  })

  test('gives a long draft more time, but never more than there is', () => {
    expect(minutesToRead(0)).toBe(2)
    expect(minutesToRead(3600)).toBe(4)
    expect(minutesToRead(100_000)).toBe(15)
  })
})
