import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toSvg } from './drawing.ts'
import { drawStop, drawTrack, type RailStation, railOf } from './rail.ts'

const HOUR = 3_600_000
const none: RailStation = { reachedAt: null, clock: null }
const reached = (hour: number): RailStation => ({ reachedAt: hour * HOUR, clock: null })
const waiting = (from: number, until: number, hour?: number): RailStation => ({
  reachedAt: hour === undefined ? null : hour * HOUR,
  clock: { startedAt: from * HOUR, dueAt: until * HOUR },
})

const moment = fc.integer({ min: -(10 ** 13), max: 10 ** 13 })
const station: fc.Arbitrary<RailStation> = fc.record({
  reachedAt: fc.option(moment),
  clock: fc.option(fc.record({ startedAt: moment, dueAt: moment })),
})

describe('the rail', () => {
  test('says how each station stands, how long it took, and what is left', () => {
    const rail = railOf(
      [reached(0), none, reached(24), waiting(24, 48, 27), waiting(24, 30), waiting(24, 240), none],
      36 * HOUR,
    )
    expect(rail.map(({ state }) => state)).toEqual([
      'done',
      'skipped',
      'done',
      'running',
      'overdue',
      'due',
      'not-started',
    ])
    expect(rail.map(({ took }) => took && took / HOUR)).toEqual([
      null,
      null,
      24,
      3,
      null,
      null,
      null,
    ])
    expect(rail.map(({ left }) => left && left / HOUR)).toEqual([
      null,
      null,
      null,
      12,
      -6,
      204,
      null,
    ])
    expect(rail[3]?.used).toBe(0.5)
  })

  test('passes nothing by where what was reached recurs', () => {
    const rail = railOf([reached(0), none, { ...reached(5), recurs: true }], 9 * HOUR)
    expect(rail.map(({ state }) => state)).toEqual(['done', 'not-started', 'done'])
  })

  test('counts no time backwards: what was reached in another order has no duration', () => {
    expect(railOf([reached(5), reached(2)], 0).map(({ took }) => took)).toEqual([null, null])
  })

  test('is sound whatever it is given, and what is late is never drawn as anything else', () => {
    fc.assert(
      fc.property(fc.array(station, { maxLength: 8 }), moment, (stations, now) => {
        const rail = railOf(stations, now)
        expect(rail).toHaveLength(stations.length)
        rail.forEach((stop, index) => {
          const { clock } = stations[index] ?? none
          expect(stop.used).toBeGreaterThanOrEqual(0)
          expect(stop.used).toBeLessThanOrEqual(1)
          expect(stop.state === 'overdue').toBe(clock !== null && clock.dueAt <= now)
          expect((stop.took ?? 0) >= 0).toBe(true)
          for (const drawing of [drawStop(stop), drawTrack(stop)]) {
            expect(toSvg(drawing)).not.toMatch(/NaN|undefined|Infinity/)
          }
        })
      }),
    )
  })

  test('draws pies that turn clockwise from the top', () => {
    const due = (used: number) => toSvg(drawStop({ state: 'due', used }))
    expect(due(0.25)).toContain('M10 10V3A7 7 0 0 1 17 10Z')
    expect(due(0.75)).toContain('M10 10V3A7 7 0 1 1 3 10Z')
    expect(due(1)).not.toContain('<path')
  })

  test('fills the line as far as the time is used', () => {
    expect(toSvg(drawTrack({ state: 'due', used: 0.4 }))).toContain('width="40"')
    expect(toSvg(drawTrack({ state: 'overdue', used: 1 }))).toContain('var(--late)')
    expect(toSvg(drawTrack({ state: 'skipped', used: 0 }))).toContain('stroke-dasharray')
  })
})
