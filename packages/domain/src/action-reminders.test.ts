import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { dayAt, overdueRungs, planReminders, REMINDED_DAYS } from './action-reminders.ts'
import type { Day, Instant } from './brand.ts'
import { dueRung, type LadderRung } from './escalation.ts'
import type { WarningLevel } from './level.ts'
import { type ClockSettings, defaultClockSettings, type StepPlan } from './service-clock.ts'

const DAY_MS = 86_400_000
const START = Date.parse('2026-01-01T00:00:00.000Z')
const instantOf = (ms: number) => new Date(ms).toISOString() as Instant

const settingsIn = (timeZone: string, from: string): ClockSettings => ({
  ...defaultClockSettings,
  calendar: { ...defaultClockSettings.calendar, timeZone, from, until: '23:59' },
})
const settings = fc
  .tuple(
    fc.constantFrom(
      ...['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/New_York', 'Asia/Kathmandu'],
      ...['Europe/Brussels', 'Africa/Cairo', 'America/St_Johns', 'Australia/Lord_Howe'],
    ),
    fc.constantFrom('00:00', '02:30', '08:00', '12:15'),
  )
  .map(([zone, from]) => settingsIn(zone, from))
const level = fc.constantFrom<WarningLevel>(1, 2, 3, 4, 5)

/** A day that is set, so many minutes after the start, and for so many days after that moment. */
const change = fc.record({
  afterMinutes: fc.integer({ min: 0, max: 90 * 1440 }),
  daysAhead: fc.integer({ min: 0, max: 80 }),
})

type Told = StepPlan & { readonly at: number; readonly due: Day }

/**
 * What the node's rounds tell over one history: an action is decided, its day is moved, and it ends;
 * a round looks every so often. The rungs are those that `planReminders` planned, done by `dueRung`.
 */
function play(
  on: ClockSettings,
  at: WarningLevel,
  changes: readonly { readonly at: number; readonly due: Day }[],
  end: number,
  everyMs: number,
): readonly Told[] {
  const told: Told[] = []
  changes.forEach(({ at: from, due }, index) => {
    const until = Math.min(changes[index + 1]?.at ?? end, end)
    const { steps } = planReminders(on, { level: at, due, start: instantOf(from) })
    let rungs: (LadderRung & { step: StepPlan })[] = steps.map((step, n) => ({
      ...{ id: String(n).padStart(3, '0'), tell: step.tell, percent: step.percent },
      ...{ dueAt: step.dueAt, doneAt: null, step },
    }))
    for (let now = from; now < until; now += everyMs) {
      for (;;) {
        const rung = dueRung({ stoppedAt: null, rungs }, instantOf(now))
        if (!rung) break
        const { step } = rungs.find(({ id }) => id === rung.id) as (typeof rungs)[number]
        told.push({ ...step, at: now, due })
        rungs = rungs.map((one) => (one.id === rung.id ? { ...one, doneAt: instantOf(now) } : one))
      }
    }
  })
  return told
}

describe('reminders', () => {
  test('over any history, zone and ladder: none missed, none early, none twice, in order', () => {
    fc.assert(
      fc.property(
        settings,
        level,
        fc.array(change, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 3, max: 59 }),
        (on, at, drawn, lastDays, everyMinutes) => {
          const everyMs = everyMinutes * 60_000
          const moments = drawn
            .map((one) => START + one.afterMinutes * 60_000)
            .sort((a, b) => a - b)
          const changes = moments.map((ms, index) => {
            const today = Temporal.PlainDate.from(dayAt(on, instantOf(ms)))
            const due = today.add({ days: drawn[index]?.daysAhead ?? 0 }).toString() as Day
            return { at: ms, due }
          })
          const end = (moments.at(-1) ?? START) + lastDays * DAY_MS
          const told = play(on, at, changes, end, everyMs)

          changes.forEach(({ at: from, due }, index) => {
            const until = Math.min(changes[index + 1]?.at ?? end, end)
            const plan = planReminders(on, { level: at, due, start: instantOf(from) })
            const own = told.filter((one) => one.due === due && one.at >= from && one.at < until)
            for (const step of plan.steps) {
              const wanted = Date.parse(step.dueAt)
              const hits = own.filter((one) => one.dueAt === step.dueAt && one.tell === step.tell)
              // Not missed: whatever fell due a round before the next change was told, once.
              if (wanted + everyMs <= until) expect(hits).toHaveLength(1)
              for (const hit of hits) {
                expect(hit.at).toBeGreaterThanOrEqual(wanted)
                expect(hit.at - wanted).toBeLessThan(everyMs)
              }
            }
          })
          // A reminder of one day leaves once, however often the day was set to it.
          const reminders = told.filter(({ daysLeft }) => daysLeft !== undefined)
          const names = reminders.map(({ due, daysLeft }) => `${due} ${daysLeft}`)
          expect(new Set(names).size).toBe(names.length)
          // On the right day of the place: so many days before, never on another.
          for (const { at: when, due, daysLeft } of reminders) {
            if (everyMs > 3_600_000) continue
            const day = Temporal.PlainDate.from(dayAt(on, instantOf(when)))
            expect(day.until(Temporal.PlainDate.from(due)).total('days')).toBe(daysLeft)
          }
          const late = told.filter(({ daysLeft }) => daysLeft === undefined)
          for (const { at: when, due } of late) {
            expect(dayAt(on, instantOf(when)) > due).toBe(true)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('fall at the hour at which the office opens, the clocks of the place changed or not', () => {
    const on = settingsIn('Europe/Brussels', '08:00')
    const { steps, dueAt } = planReminders(on, {
      level: 3,
      due: '2026-04-10' as Day,
      start: '2026-01-01T00:00:00.000Z' as Instant,
    })
    expect(steps.map((step) => [step.daysLeft, step.dueAt, step.tell])).toEqual([
      [30, '2026-03-11T07:00:00.000Z', 'addressee'],
      [7, '2026-04-03T06:00:00.000Z', 'addressee'],
      [0, '2026-04-10T06:00:00.000Z', 'addressee'],
      [undefined, '2026-04-11T06:00:00.000Z', 'regional-desk'],
    ])
    expect(dueAt).toBe('2026-04-11T06:00:00.000Z')
  })

  test('whose time lies behind the decision are left out, and those left keep their order', () => {
    fc.assert(
      fc.property(settings, level, fc.integer({ min: 0, max: 40 }), (on, at, ahead) => {
        const start = instantOf(START + 10 * 3_600_000)
        const due = Temporal.PlainDate.from(dayAt(on, start)).add({ days: ahead }).toString() as Day
        const { steps, dueAt } = planReminders(on, { level: at, due, start })
        expect(steps.every((step) => step.dueAt > start)).toBe(true)
        expect(dueAt > start).toBe(true)
        const percents = steps.map(({ percent }) => percent)
        const before = steps.filter(({ daysLeft }) => daysLeft !== undefined)
        expect(before.every(({ percent }) => percent >= 1 && percent < 100)).toBe(true)
        expect(new Set(before.map(({ percent }) => percent)).size).toBe(before.length)
        expect(percents).toEqual(percents.toSorted((a, b) => a - b))
        expect(before.length).toBe(
          REMINDED_DAYS.filter((days) => days < ahead).length +
            (steps.some(({ daysLeft }) => daysLeft === ahead) ? 1 : 0),
        )
      }),
    )
  })

  test('of what is overdue go up the ladder of the level, also where it has no rung for acts', () => {
    const { levels } = defaultClockSettings
    expect(overdueRungs(levels[3])).toEqual([{ clock: 'act', percent: 100, tell: 'regional-desk' }])
    expect(overdueRungs(levels[1]).map(({ tell }) => tell)).toEqual(['deputy'])
    expect(overdueRungs({ ...levels[1], rungs: [] })).toEqual([{ tell: 'deputy', percent: 100 }])
  })
})
