import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import type { Level } from './level.ts'
import { leavesAt, planNotices, STORM, type Waiting } from './notice-timing.ts'
import { workingTimeBetween } from './working-time.ts'

const START = Date.parse('2026-01-05T00:00:00.000Z')
const instant = (ms: number): Instant => new Date(ms).toISOString() as Instant
const level = fc.constantFrom<Level>(0, 1, 2, 3, 4, 5)
const MINUTE = 60_000

const calendar = {
  timeZone: 'Africa/Nairobi',
  weekdays: [1, 2, 3, 4, 5],
  from: '08:00',
  until: '17:00',
  holidays: [],
}

/** Notices that come one after the other: how long after the one before, how grave. */
const storm = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 6 * MINUTE }),
    level,
    hasWaited: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
)

type Left = { readonly at: number; readonly ids: readonly string[] }

/** Goes through time as the outbox does: looks whenever something comes due, until all has left. */
function play(made: readonly (Waiting & { readonly at: number })[]): readonly Left[] {
  const left: Left[] = []
  let waits = made.map((one) => ({ ...one, due: one.at }))
  while (waits.length > 0) {
    const at = Math.min(...waits.map(({ due }) => due))
    const due = waits.filter((one) => one.due <= at)
    const leftAt = left.map((one) => instant(one.at))
    const { leaving, waiting } = planNotices(due, { now: instant(at), leftAt })
    left.push(...leaving.map((ids) => ({ at, ids })))
    const gone = new Set(leaving.flat())
    const until = waiting ? Date.parse(waiting.until) : at
    // Time passes: what is due again at once would never end.
    expect(waiting === undefined || until > at).toBe(true)
    waits = waits
      .filter(({ id }) => !gone.has(id))
      .map((one) => (waiting?.ids.includes(one.id) ? { ...one, due: until, hasWaited: true } : one))
  }
  return left
}

describe('notices to one person on one channel', () => {
  test('leave each exactly once, none of level 4 later or together, none later than the storm lasts', () => {
    fc.assert(
      fc.property(storm, (drawn) => {
        let at = START
        const made = drawn.map(({ afterMs, ...one }, index) => {
          at += afterMs
          return { ...one, id: String(index), at }
        })
        const left = play(made)
        expect(left.flatMap(({ ids }) => ids).sort()).toEqual(made.map(({ id }) => id).sort())
        for (const one of made) {
          const by = left.find(({ ids }) => ids.includes(one.id))
          if (!by) throw new Error('lost')
          const isUrgent = one.level >= 4
          expect(by.at - one.at).toBeLessThanOrEqual(isUrgent ? 0 : STORM.withinMs)
          if (isUrgent) expect(by.ids).toEqual([one.id])
        }
      }),
    )
  })

  test('are never more than three in ten minutes, but for the urgent and the digest', () => {
    fc.assert(
      fc.property(storm, (drawn) => {
        let at = START
        const made = drawn.map(({ afterMs }, index) => {
          at += afterMs
          return { id: String(index), level: 3 as Level, hasWaited: false, at }
        })
        for (const { at: end } of play(made)) {
          const within = play(made).filter((one) => one.at <= end && one.at > end - STORM.withinMs)
          expect(within.length).toBeLessThanOrEqual(STORM.notices)
        }
      }),
    )
  })
})

describe('a daily digest', () => {
  const made = fc.record({
    now: fc.integer({ min: START, max: START + 14 * 24 * 60 * MINUTE }).map(instant),
    level,
    left: fc.option(fc.integer({ min: -10, max: 200 }).map((hours) => hours * 60 * MINUTE)),
  })

  test('leaves when work begins, and holds back nothing above level 2 or half of its time', () => {
    fc.assert(
      fc.property(made, ({ now, level: grave, left }) => {
        const acknowledgeBy = left === null ? null : addMilliseconds(now, left)
        const at = leavesAt({ now, level: grave, acknowledgeBy, digest: calendar })
        expect(at >= now).toBe(true)
        if (grave > 2) expect(at).toBe(now)
        if (acknowledgeBy !== null && acknowledgeBy > now) {
          expect(Date.parse(at) - Date.parse(now)).toBeLessThanOrEqual((left ?? 0) / 2)
        }
        // Between the two no working day begins: at most one spell of work has been waited through.
        expect(workingTimeBetween(calendar, now, at)).toBeLessThanOrEqual(9 * 60 * MINUTE)
        expect(Date.parse(at) - Date.parse(now)).toBeLessThanOrEqual(4 * 24 * 60 * MINUTE)
      }),
    )
  })

  test('is nobody’s who has not asked for it', () => {
    const now = instant(START)
    expect(leavesAt({ now, level: 1, acknowledgeBy: null, digest: null })).toBe(now)
    const friday = '2026-01-09T15:00:00.000Z' as Instant
    expect(leavesAt({ now: friday, level: 1, acknowledgeBy: null, digest: calendar })).toBe(
      '2026-01-12T05:00:00.000Z',
    )
  })
})
