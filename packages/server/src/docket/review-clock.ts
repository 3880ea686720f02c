import type { Day, Instant } from '@tocsin/domain/brand.ts'
import { planClock } from '@tocsin/domain/clock-plan.ts'
import type { Level, WarningLevel } from '@tocsin/domain/level.ts'
import { firstReview, type Matter, type MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ClockSettings } from '@tocsin/domain/service-clock.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { shareMatterState } from '../network/share.ts'
import { readClockSettings, startClock, stopClocks } from './clocks.ts'

/** Level 0 is looked at as seldom as level 1: no matter is without a next review. */
export const reviewLevel = (level: Level): WarningLevel => (level === 0 ? 1 : level)

type Reviewed = Pick<Matter, 'organisation' | 'level'> & { readonly matter: MatterId }

/** Starts the time to the next review anew; `wanted` may only bring it nearer. */
export async function restartReview(
  app: App,
  tx: Tx,
  { matter, organisation, level }: Reviewed,
  wanted?: Day,
): Promise<void> {
  const start = app.clock()
  await stopClocks(tx, start, { matter, kinds: ['review'] })
  const settings = sooner(await readClockSettings(tx, organisation), level, start, wanted)
  const kind = 'review'
  const dueAt = await startClock(tx, settings, { matter, kind, level: reviewLevel(level), start })
  const review_by = dueAt ?? firstReview(start)
  await tx.updateTable('matter').set({ review_by }).where('id', '=', matter).execute()
  await shareMatterState(app, tx, matter)
}

const HOUR_MS = 3_600_000

/** The same settings with the review on the wanted day; `matter.review-too-late` when they forbid it. */
function sooner(settings: ClockSettings, level: Level, start: Instant, wanted: Day | undefined) {
  if (!wanted) return settings
  const at = reviewLevel(level)
  const latest = planClock(settings, { kind: 'review', level: at, start })
  const end = `${wanted}T23:59:59.000Z` as Instant
  if (end <= start)
    throw new Problem('request.invalid', { issues: [{ path: 'reviewBy', code: 'past' }] })
  if (latest && wanted > latest.dueAt.slice(0, 10)) {
    throw new Problem('matter.review-too-late', { latest: latest.dueAt.slice(0, 10) })
  }
  if (latest && end >= latest.dueAt) return settings
  const hours = Math.max(1, Math.floor((Date.parse(end) - Date.parse(start)) / HOUR_MS))
  const rule = { ...settings.levels[at], inWorkingTime: false }
  const changed = { ...rule, hours: { ...rule.hours, review: hours } }
  return { ...settings, levels: { ...settings.levels, [at]: changed } }
}
