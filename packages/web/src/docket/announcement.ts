import type { DocketRow } from '@tocsin/api/docket.ts'
import type { Instant } from '@tocsin/domain/brand.ts'

const MINUTE_MS = 60_000
/** Minutes before the nearest clock runs out at which that is said aloud. */
const SAID_AT = [60, 15, 0]
/** A clock is looked at once a minute: no mark is missed between two looks. */
const LOOK_MINUTES = 2

/**
 * The row whose clock is to be said aloud now: the nearest one, where 60, 15 or 0 minutes are left.
 * With a name of what is said, so that it is said once.
 */
export function announcementAt(
  rows: readonly DocketRow[],
  now: Instant,
): { readonly row: DocketRow; readonly name: string } | undefined {
  const left = ({ clock }: DocketRow) =>
    clock ? (Date.parse(clock.dueAt) - Date.parse(now)) / MINUTE_MS : Number.NEGATIVE_INFINITY
  const [nearest] = rows
    .filter((row) => left(row) > -LOOK_MINUTES)
    .sort((a, b) => left(a) - left(b))
  if (!nearest) return undefined
  const minutes = left(nearest)
  const mark = SAID_AT.find((at) => minutes <= at && minutes > at - LOOK_MINUTES)
  if (mark === undefined) return undefined
  return { row: nearest, name: `${nearest.id} ${nearest.clock?.dueAt} ${mark}` }
}
