import type { Instant } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import type { WarningLevel } from './level.ts'
import type { ClockKind, ClockPlan, ClockSettings, LevelRule } from './service-clock.ts'
import { addWorkingTime } from './working-time.ts'

const HOUR_MS = 3_600_000

/** The instant at which the share of a clock's time has passed, in the time the rule counts in. */
function timeAfter(
  { calendar }: ClockSettings,
  rule: LevelRule,
  start: Instant,
  milliseconds: number,
): Instant {
  return rule.inWorkingTime
    ? addWorkingTime(calendar, start, milliseconds)
    : addMilliseconds(start, milliseconds)
}

/** When a clock of this kind runs out, and when each rung is told; undefined where none is started. */
export function planClock(
  settings: ClockSettings,
  { kind, level, start }: { kind: ClockKind; level: WarningLevel; start: Instant },
): ClockPlan | undefined {
  const rule = settings.levels[level]
  const allowed = rule.hours[kind]
  if (allowed === null) return undefined
  const milliseconds = allowed * HOUR_MS
  const after = (percent: number) =>
    timeAfter(settings, rule, start, Math.round((milliseconds * percent) / 100))
  const steps = rule.rungs
    .filter(({ clock }) => clock === kind)
    .map(({ percent, tell }) => ({ tell, percent, dueAt: after(percent) }))
    .sort((a, b) => a.percent - b.percent)
  return { dueAt: after(100), steps }
}
