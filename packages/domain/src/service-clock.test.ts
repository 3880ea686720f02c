import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from './brand.ts'
import { planClock } from './clock-plan.ts'
import type { WarningLevel } from './level.ts'
import { ClockKind, type ClockSettings, defaultClockSettings, RungOffice } from './service-clock.ts'

const instant = fc
  .integer({ min: 0, max: 3 * 366 * 86_400_000 })
  .map((ms) => new Date(Date.parse('2024-01-01') + ms).toISOString() as Instant)
const level = fc.constantFrom<WarningLevel>(1, 2, 3, 4, 5)
const kind = fc.constantFrom(...ClockKind.options)

const rung = fc.record({
  clock: kind,
  percent: fc.integer({ min: 1, max: 400 }),
  tell: fc.constantFrom(...RungOffice.options),
})
const settings: fc.Arbitrary<ClockSettings> = fc
  .record({
    rungs: fc.array(rung, { maxLength: 12 }),
    inWorkingTime: fc.boolean(),
    timeZone: fc.constantFrom('UTC', 'Europe/Brussels', 'America/New_York', 'Asia/Kathmandu'),
    hours: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ rungs, inWorkingTime, timeZone, hours }) => {
    const rule = (isWorking: boolean) => ({
      hours: {
        acknowledge: hours,
        decide: hours,
        act: hours,
        consult: hours,
        agenda: hours,
        review: hours,
      },
      inWorkingTime: isWorking,
      rungs,
    })
    const levels = {
      1: rule(inWorkingTime),
      2: rule(inWorkingTime),
      3: rule(inWorkingTime),
      4: rule(false),
      5: rule(false),
    }
    const calendar = { ...defaultClockSettings.calendar, timeZone }
    return { ...defaultClockSettings, calendar, levels }
  })

describe('a clock and its ladder', () => {
  test('have every rung once, none before its share of the time, in order', () => {
    fc.assert(
      fc.property(settings, kind, level, instant, (set, of, at, start) => {
        const plan = planClock(set, { kind: of, level: at, start })
        const rungs = set.levels[at].rungs.filter(({ clock }) => clock === of)
        expect(plan?.steps).toHaveLength(rungs.length)
        let before = start
        for (const { percent, dueAt } of plan?.steps ?? []) {
          expect(dueAt >= before).toBe(true)
          expect(dueAt >= start).toBe(true)
          if (plan && percent >= 100) expect(dueAt >= plan.dueAt).toBe(true)
          if (plan && percent < 100) expect(dueAt <= plan.dueAt).toBe(true)
          before = dueAt
        }
      }),
      { numRuns: 10_000 },
    )
  })

  test('run through nights and holidays from level 4 on', () => {
    const start = '2026-01-02T20:00:00.000Z' as Instant
    const plan = (of: WarningLevel) =>
      planClock(defaultClockSettings, { kind: 'acknowledge', level: of, start })?.dueAt
    expect(plan(5)).toBe('2026-01-02T21:00:00.000Z')
    expect(plan(4)).toBe('2026-01-03T02:00:00.000Z')
    expect(plan(3)).toBe('2026-01-03T20:00:00.000Z')
  })

  test('start only where the level has such a clock', () => {
    const start = '2026-01-02T20:00:00.000Z' as Instant
    const of = { kind: 'agenda', level: 1, start } as const
    expect(planClock(defaultClockSettings, of)).toBeUndefined()
  })
})
