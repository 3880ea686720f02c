import type { Instant } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import type { Level } from './level.ts'
import type { WorkingCalendar } from './working-calendar.ts'
import { nextWorkingSpell } from './working-time.ts'

/*
 * When notices leave, and which of them leave together: a person who is flooded reads none. From
 * level 4 on a notice neither waits nor is put together with others.
 */

/** More than so many notices within this time to one person on one channel leave as one. */
export const STORM = { notices: 3, withinMs: 10 * 60_000 }

/** Whether it leaves at once and alone, whatever else waits. */
export const isUrgent = (level: Level): boolean => level >= 4

/** The highest level that may wait for a daily digest. */
export const DIGEST_LEVEL = 2

type Made = {
  readonly now: Instant
  readonly level: Level
  /** When receipt must be acknowledged; null where nothing is to be acknowledged. */
  readonly acknowledgeBy: Instant | null
  /** The working time of the reader's organisation, if the reader wants a daily digest. */
  readonly digest: WorkingCalendar | null
}

/**
 * When a notice may leave first: at once, or for whoever wants a digest when work next begins. Never
 * later than half of the time that is left to acknowledge.
 */
export function leavesAt({ now, level, acknowledgeBy, digest }: Made): Instant {
  if (!digest || level > DIGEST_LEVEL) return now
  const begins = nextWorkingSpell(digest, now) ?? now
  if (acknowledgeBy === null) return begins
  const left = Math.max(0, Date.parse(acknowledgeBy) - Date.parse(now))
  const half = addMilliseconds(now, Math.floor(left / 2))
  return Date.parse(begins) <= Date.parse(half) ? begins : half
}

/** A notice that is due. */
export type Waiting = {
  readonly id: string
  readonly level: Level
  /** Whether it was held back before, for the digest or for a storm: it is not held back again. */
  readonly hasWaited: boolean
}

export type NoticePlan = {
  /** What leaves now: those in one list leave as one notice. */
  readonly leaving: readonly (readonly string[])[]
  /** What waits for the others, and until when. */
  readonly waiting: { readonly ids: readonly string[]; readonly until: Instant } | undefined
}

/**
 * What leaves to one person on one channel now, those that waited longest first. `leftAt` says when
 * earlier notices left; none waits longer than the time of a storm.
 */
export function planNotices(
  due: readonly Waiting[],
  { now, leftAt }: { readonly now: Instant; readonly leftAt: readonly Instant[] },
): NoticePlan {
  const idsOf = (some: readonly Waiting[]) => some.map(({ id }) => id)
  const calm = due.filter(({ level }) => !isUrgent(level))
  const waited = calm.filter(({ hasWaited }) => hasWaited)
  const fresh = calm.filter(({ hasWaited }) => !hasWaited)
  const begin = addMilliseconds(now, -STORM.withinMs)
  const recent = leftAt.filter((at) => at > begin).sort()
  const room = Math.max(0, STORM.notices - recent.length - (waited.length > 0 ? 1 : 0))
  const urgent = due.filter(({ level }) => isUrgent(level)).map(({ id }) => [id])
  const first = recent.at(-STORM.notices)
  if (waited.length === 0 && fresh.length > 0 && first !== undefined) {
    // When so many of the earlier ones are past that there is room for one more.
    const until = addMilliseconds(first, STORM.withinMs)
    return { leaving: urgent, waiting: { ids: idsOf(fresh), until } }
  }
  // The last one that there is room for takes along whatever is left.
  const isRoom = fresh.length <= room
  const alone = isRoom ? fresh : fresh.slice(0, waited.length > 0 ? room : room - 1)
  const together = idsOf([...waited, ...fresh.slice(alone.length)])
  const leaving = [...urgent, ...idsOf(alone).map((id) => [id])]
  return { leaving: together.length > 0 ? [...leaving, together] : leaving, waiting: undefined }
}
