import { Temporal } from 'temporal-polyfill'
import type { Day, Instant } from './brand.ts'
import type { WarningLevel } from './level.ts'
import type { ClockPlan, ClockSettings, LevelRule, Rung, StepPlan } from './service-clock.ts'

/** So many days before its day the office that answers for an action is reminded. */
export const REMINDED_DAYS = [30, 7, 0] as const

const HOUR_MS = 3_600_000
/** Between the rungs of what is overdue, where the level gives acting no hours of its own. */
const WEEK_HOURS = 168

/** A time of day on a day, by the clocks of the place; where they jump over it, just after. */
function atPlace(settings: ClockSettings, day: Temporal.PlainDate, time: string): Instant {
  const { timeZone } = settings.calendar
  const { epochMilliseconds } = day.toZonedDateTime({ timeZone, plainTime: time })
  return new Date(epochMilliseconds).toISOString() as Instant
}

/** Which day it is at that instant where the organisation works. */
export function dayAt({ calendar }: Pick<ClockSettings, 'calendar'>, at: Instant): Day {
  const place = Temporal.Instant.from(at).toZonedDateTimeISO(calendar.timeZone)
  return place.toPlainDate().toString() as Day
}

/**
 * Who is told of what is overdue: the rungs for what was decided and not done, from the end of its time
 * on; where the level has none, whoever comes first after the addressee on its ladder; else the deputy.
 */
export function overdueRungs({ rungs }: LevelRule): readonly Pick<Rung, 'percent' | 'tell'>[] {
  const late = rungs.filter(({ percent }) => percent >= 100)
  const ofActs = late.filter(({ clock }) => clock === 'act')
  if (ofActs.length > 0) return ofActs.toSorted((a, b) => a.percent - b.percent)
  const other = late
    .filter(({ tell }) => tell !== 'addressee')
    .toSorted((a, b) => a.percent - b.percent)[0]
  return [{ tell: other?.tell ?? 'deputy', percent: 100 }]
}

/**
 * The clock of an action that is to be done by a day: it runs out when the office opens on the day
 * after. Before that its office is reminded when it opens 30 and 7 days before and on the day itself;
 * what lies before `start` is left out, so that moving the day tells nothing twice and nothing late.
 */
export function planReminders(
  settings: ClockSettings,
  { level, due, start }: { level: WarningLevel; due: Day; start: Instant },
): ClockPlan {
  const day = Temporal.PlainDate.from(due)
  const opens = (on: Temporal.PlainDate) => atPlace(settings, on, settings.calendar.from)
  const dueAt = opens(day.add({ days: 1 }))
  const whole = Math.max(1, Date.parse(dueAt) - Date.parse(start))
  const reminders = REMINDED_DAYS.map((daysLeft) => ({
    daysLeft,
    dueAt: opens(day.subtract({ days: daysLeft })),
  }))
  const rule = settings.levels[level]
  const hours = rule.hours.act ?? WEEK_HOURS
  const steps: StepPlan[] = [
    ...reminders
      .filter((one) => one.dueAt > start)
      .map((one, index, { length }) => ({
        ...one,
        tell: 'addressee' as const,
        // Rungs are told in the order of their share of the time, so no two have the same.
        percent: between(
          Math.round(((Date.parse(one.dueAt) - Date.parse(start)) / whole) * 100),
          index + 1,
          100 - length + index,
        ),
      })),
    ...overdueRungs(rule).map(({ tell, percent }) => ({
      tell,
      percent,
      dueAt: new Date(
        Date.parse(dueAt) + ((percent - 100) / 100) * hours * HOUR_MS,
      ).toISOString() as Instant,
    })),
  ]
  return { dueAt, steps }
}

const between = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most)
