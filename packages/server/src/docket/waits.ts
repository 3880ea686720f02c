import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { WarningLevel } from '@tocsin/domain/level.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ClockKind } from '@tocsin/domain/service-clock.ts'
import type { Wait } from '@tocsin/forecast/waits.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

/** A clock that was started, as somebody who was or is waited for. */
export type ClockWait = Wait & {
  readonly kind: ClockKind
  readonly level: WarningLevel
  readonly matter: MatterId
  /** Whose answer it is; none for what waits for no one authority. */
  readonly organisation: OrganisationId | null
  readonly authority: string | null
  readonly isOpen: boolean
}

type Wish = {
  /** Whose matters; all of the node where none is said. */
  readonly organisation?: OrganisationId
  readonly exercise: boolean
  /** Clocks started from here on, and before there. */
  readonly start: Instant
  readonly end: Instant
  /** Until when they are watched: what came later has not come. */
  readonly watchedUntil: Instant
}

/**
 * Every clock started in a period that the transaction's actor may read, the first first. A clock also
 * stops when a warning is withdrawn or its matter closed: then nobody answered, and the watching ends.
 * A review is done by whoever looks at the matter again, to close it too.
 */
export async function listClockWaits(tx: Tx, wish: Wish): Promise<ClockWait[]> {
  const { organisation, exercise, start, end, watchedUntil } = wish
  const own = organisation ? sql`and matter.organisation = ${organisation}` : sql``
  const { rows } = await sql<ClockWait>`
    select clock.kind, clock.level, clock.matter, notification.organisation,
      notification.authority, came.stopped_at is null as "isOpen",
      coalesce(case clock.kind
        when 'acknowledge' then notification.acknowledged_at <= came.stopped_at
        when 'decide' then notification.answered_at <= came.stopped_at
        when 'review' then came.stopped_at is not null
        -- What stops this clock is an act put on record, in the same transaction and so within a second.
        when 'act' then exists (select from entry where entry.matter = clock.matter
          and entry.kind = 'matter.acted' and entry.at >= clock.started_at
          and entry.at <= came.stopped_at + interval '1 second')
        else came.stopped_at is distinct from matter.closed_at and came.stopped_at is not null
      end, false) as happened,
      extract(epoch from coalesce(came.stopped_at, ${watchedUntil}) - clock.started_at)::float8
        as seconds,
      extract(epoch from clock.due_at - clock.started_at)::float8 as allowed
    from clock
    join matter on matter.id = clock.matter ${own}
    left join notification on notification.id = clock.notification
    cross join lateral (select case when clock.stopped_at <= ${watchedUntil}
      then clock.stopped_at end as stopped_at) as came
    where clock.started_at >= ${start} and clock.started_at < ${end}
      and matter.is_exercise = ${exercise}
      -- An action's clock waits for a day that people set themselves: no answer to a warning.
      and clock.action is null
      -- Nor does an organ's: it answers for itself, by times of its own.
      and clock.agenda_item is null
    order by clock.started_at`.execute(tx)
  return rows
}
