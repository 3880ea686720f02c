import type { ActionId } from '@tocsin/domain/action-plan.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { planClock } from '@tocsin/domain/clock-plan.ts'
import { originalAt, quickened } from '@tocsin/domain/exercise.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { WarningLevel } from '@tocsin/domain/level.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { NotificationId } from '@tocsin/domain/notification.ts'
import type { OrganItemId } from '@tocsin/domain/organ-agenda.ts'
import {
  type ClockId,
  type ClockKind,
  type ClockPlan,
  ClockSettings,
  defaultClockSettings,
} from '@tocsin/domain/service-clock.ts'
import type { Tx } from '../database/database.ts'
import { findCourse } from '../exercises/queries.ts'

/** The organisation's own clocks, or the defaults where it has set none. */
export async function readClockSettings(
  tx: Tx,
  organisation: OrganisationId,
): Promise<ClockSettings> {
  const row = await tx
    .selectFrom('clock_setting')
    .select('value')
    .where('organisation', '=', organisation)
    .executeTakeFirst()
  return row ? ClockSettings.parse(row.value) : defaultClockSettings
}

type Started = {
  readonly matter: MatterId
  readonly notification?: NotificationId
  readonly kind: ClockKind
  readonly level: WarningLevel
  readonly start: Instant
}

/** When a clock of this matter would run out; in an exercise the past runs faster, its clocks too. */
export async function planOn(
  tx: Tx,
  settings: ClockSettings,
  { matter, kind, level, start }: Omit<Started, 'notification'>,
): Promise<ClockPlan | undefined> {
  const course = await findCourse(tx, matter)
  if (!course) return planClock(settings, { kind, level, start })
  const plan = planClock(settings, { kind, level, start: originalAt(course, start) })
  return plan && quickened(course, plan)
}

/**
 * Starts a clock with all its rungs, in the transaction of what it waits for. Answers when it runs
 * out; undefined where the level starts no such clock.
 */
export async function startClock(
  tx: Tx,
  settings: ClockSettings,
  { matter, notification, kind, level, start }: Started,
): Promise<Instant | undefined> {
  const plan = await planOn(tx, settings, { matter, kind, level, start })
  if (!plan) return undefined
  await keepClock(tx, { matter, ...(notification && { notification }), kind, level, start }, plan)
  return plan.dueAt
}

/** Keeps a clock that was planned, with all its rungs. */
export async function keepClock(
  tx: Tx,
  {
    matter,
    notification,
    action,
    agendaItem,
    kind,
    level,
    start,
  }: Started & { readonly action?: ActionId; readonly agendaItem?: OrganItemId },
  plan: ClockPlan,
): Promise<void> {
  const id = newId<ClockId>()
  await tx
    .insertInto('clock')
    .values({
      id,
      matter,
      notification: notification ?? null,
      ...(action && { action }),
      ...(agendaItem && { agenda_item: agendaItem }),
      kind,
      level,
      started_at: start,
      due_at: plan.dueAt,
      stopped_at: null,
    })
    .execute()
  const steps = plan.steps.map(({ tell, percent, dueAt, daysLeft }) => ({
    id: newId<string>(),
    clock: id,
    matter,
    tell,
    percent,
    due_at: dueAt,
    done_at: null,
    outcome: null,
    reason: null,
    told_post: null,
    ...(daysLeft !== undefined && { days_left: daysLeft }),
  }))
  if (steps.length > 0) await tx.insertInto('clock_step').values(steps).execute()
  await refreshDue(tx, matter)
}

/**
 * Stops the running clocks of these kinds; what was still to be told is not needed any more. Waits
 * for a rung of the matter that is being told, and holds the matter as that does: neither comes
 * between the other's steps.
 */
export async function stopClocks(
  tx: Tx,
  at: Instant,
  which: {
    readonly matter: MatterId
    readonly notification?: NotificationId
    /** The clock of one action alone, or none that is an action's. */
    readonly action?: ActionId | 'none'
    /** The clock of one item of an agenda alone, or none that is an item's. */
    readonly agendaItem?: OrganItemId | 'none'
    readonly kinds: readonly ClockKind[]
  },
): Promise<void> {
  await tx.selectFrom('matter').select('id').where('id', '=', which.matter).forUpdate().execute()
  let running = tx
    .updateTable('clock')
    .set({ stopped_at: at })
    .where('matter', '=', which.matter)
    .where('kind', 'in', [...which.kinds])
    .where('stopped_at', 'is', null)
  if (which.notification) running = running.where('notification', '=', which.notification)
  if (which.action === 'none') running = running.where('action', 'is', null)
  else if (which.action) running = running.where('action', '=', which.action)
  if (which.agendaItem === 'none') running = running.where('agenda_item', 'is', null)
  else if (which.agendaItem) running = running.where('agenda_item', '=', which.agendaItem)
  const stopped = await running.returning('id').execute()
  if (stopped.length > 0) {
    await tx
      .updateTable('clock_step')
      .set({ done_at: at, outcome: 'not-needed' })
      .where(
        'clock',
        'in',
        stopped.map(({ id }) => id),
      )
      .where('done_at', 'is', null)
      .execute()
  }
  await refreshDue(tx, which.matter)
}

/** What the docket is sorted by: when the first of the matter's running clocks runs out, and which. */
export async function refreshDue(tx: Tx, matter: MatterId): Promise<void> {
  const first = await tx
    .selectFrom('clock')
    .select(['due_at', 'kind'])
    .where('matter', '=', matter)
    .where('stopped_at', 'is', null)
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  await tx
    .updateTable('matter')
    .set({ due_at: first?.due_at ?? null, due_kind: first?.kind ?? null })
    .where('id', '=', matter)
    .execute()
}
