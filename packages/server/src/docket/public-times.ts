import type { Output } from '@tocsin/api/route.ts'
import type { getPublicTimes } from '@tocsin/api/times.ts'
import { system } from '@tocsin/domain/actor.ts'
import { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { WarningLevel } from '@tocsin/domain/level.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  FEWEST,
  type PublicFigures,
  type PublicTimes,
  shownCells,
  shownPercent,
} from '@tocsin/domain/public-times.ts'
import { ClockKind } from '@tocsin/domain/service-clock.ts'
import { summariseWaits } from '@tocsin/forecast/waits.ts'
import type { App } from '../app.ts'
import { type ClockWait, listClockWaits } from './waits.ts'

/** The longest clock of the defaults; what began in a year is watched for so long after it. */
const FOLLOWED_MS = 90 * 86_400_000

const startOf = (year: number): Instant => Instant.parse(`${year}-01-01T00:00:00.000Z`)
const watchedUntil = (year: number): Instant => addMilliseconds(startOf(year + 1), FOLLOWED_MS)

/** The last year whose figures can change no more: two readings of one year never differ. */
function lastYearAt(now: Instant): number {
  const thisYear = Number(now.slice(0, 4))
  return watchedUntil(thisYear - 1) <= now ? thisYear - 1 : thisYear - 2
}

/** As the system: the whole node is read, and no more leaves than the rules of public times let. */
export async function readPublicTimes(
  app: App,
  { year: wanted }: { readonly year?: number | undefined },
): Promise<Output<typeof getPublicTimes>> {
  const lastYear = lastYearAt(app.clock())
  const year = wanted ?? lastYear
  if (year > lastYear) throw new Problem('request.invalid', { issues: [{ path: 'year' }] })
  const waits = await app.db.as(system, (tx) =>
    listClockWaits(tx, {
      exercise: false,
      start: startOf(year),
      end: startOf(year + 1),
      watchedUntil: watchedUntil(year),
    }),
  )
  const byClock = Map.groupBy(waits, ({ kind }) => kind)
  const clocks = ClockKind.options.map((clock) => publicTimesOf(clock, byClock.get(clock) ?? []))
  return { year, lastYear, clocks }
}

const mattersIn = (waits: readonly ClockWait[]) => new Set(waits.map(({ matter }) => matter))

/** What anybody may know of one kind of clock. */
export function publicTimesOf(clock: ClockKind, waits: readonly ClockWait[]): PublicTimes {
  const levels = WarningLevel.options.map(({ value: level }) => ({
    level,
    own: waits.filter((wait) => wait.level === level),
  }))
  const isShown = shownCells(
    levels.map(({ own }) => ({ count: own.length, matters: mattersIn(own) })),
  )
  return {
    clock,
    n: mattersIn(waits).size < FEWEST ? null : waits.length,
    levels: levels.map(({ level, own }, index) => ({
      level,
      figures: isShown[index] ? figuresOf(own) : null,
    })),
  }
}

const hours = (seconds: number | undefined): number | null =>
  seconds === undefined ? null : Math.ceil(seconds / 3600)

function figuresOf(waits: readonly ClockWait[]): PublicFigures {
  const { n, median, p90, inTime } = summariseWaits(waits)
  const inTimePercent = shownPercent(inTime, n)
  return { n, medianHours: hours(median), p90Hours: hours(p90), inTimePercent }
}
