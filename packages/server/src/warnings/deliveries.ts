import { system } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import {
  type DeliveryState,
  type NotificationId,
  statesBefore,
} from '@tocsin/domain/notification.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Outcome } from '../channels/channel.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import type { Claimed } from './claims.ts'
import { readAims } from './notice-facts.ts'
import { queueNotices } from './outbox.ts'

/** What the outside world said of a row that was in hand. */
export type Handed = { readonly delivery: Claimed; readonly outcome: Outcome }

type Arrival = Extract<Outcome, { reference: string }>
type Miss = Exclude<Outcome, Arrival>

const ATTEMPTS = 12
/** A call is owed for a week; its notice is looked at every ten minutes, should its reader change. */
const LOOKS_AT_CALL = 1008
const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 3_600_000

const mostAttempts = ({ reason }: Miss): number =>
  reason === 'awaiting-call' ? LOOKS_AT_CALL : ATTEMPTS

const backOff = (attempts: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1))

/**
 * Writes down what became of rows that were in hand, as far as nobody else has taken them since. What
 * left is written first and together: a failure, which is itself on the record, must not undo it.
 */
export async function settleDeliveries(app: App, handed: readonly Handed[]): Promise<void> {
  const left: { delivery: Claimed; outcome: Arrival }[] = []
  const missed: { delivery: Claimed; outcome: Miss }[] = []
  for (const { delivery, outcome } of handed) {
    if ('reference' in outcome) left.push({ delivery, outcome })
    else missed.push({ delivery, outcome })
  }
  const mayRetry = ({ delivery, outcome }: (typeof missed)[number]) =>
    outcome.state === 'deferred' && delivery.attempts < mostAttempts(outcome)
  const later = missed.filter(mayRetry)
  if (left.length + later.length > 0) {
    await app.db.as(system, async (tx) => {
      const now = app.clock()
      // The next one waits for this. Where the database itself ends before it is on the disk, the
      // claim is, so that what leaves again is marked; a process that ends takes nothing with it.
      await sql`set local synchronous_commit = off`.execute(tx)
      await writeLeft(tx, left, now)
      await writeLater(tx, later, now)
    })
  }
  for (const { delivery, outcome } of missed.filter((one) => !mayRetry(one))) {
    const reason = outcome.reason === 'gone' ? outcome.detail : outcome.reason
    await app.db.as(system, (tx) =>
      failDelivery(app, tx, delivery, { from: 'handing-over', reason }),
    )
  }
}

async function writeLeft(
  tx: Tx,
  left: readonly { delivery: Claimed; outcome: Arrival }[],
  now: Instant,
): Promise<void> {
  if (left.length === 0) return
  await sql`update delivery set state = said.state, reference = said.reference, reason = null,
      sent_at = ${now}, claimed_until = null,
      delivered_at = case said.state when 'delivered' then ${now}::timestamptz end
    from unnest(${left.map(({ delivery }) => delivery.id)}::uuid[],
      ${left.map(({ delivery }) => delivery.attempts)}::int[],
      ${left.map(({ outcome }) => outcome.state)}::text[],
      ${left.map(({ outcome }) => outcome.reference)}::text[])
      as said (id, attempts, state, reference)
    where delivery.id = said.id and delivery.attempts = said.attempts
      -- A receipt may have come before this was written down.
      and (delivery.state = 'handing-over'
        or (delivery.state = 'delivered' and delivery.sent_at is null))`.execute(tx)
  for (const state of ['sent', 'delivered'] as const) {
    const arrived = left.filter(({ outcome }) => outcome.state === state)
    await noteArrivals(
      tx,
      arrived.flatMap(({ delivery }) => delivery.notification ?? []),
      state,
      now,
    )
  }
}

async function writeLater(
  tx: Tx,
  later: readonly { delivery: Claimed; outcome: Miss }[],
  now: Instant,
): Promise<void> {
  if (later.length === 0) return
  const waits = later.map(({ delivery, outcome }) => {
    const asked = outcome.state === 'deferred' ? outcome.retryAfterMs : undefined
    return addMilliseconds(now, asked ?? backOff(delivery.attempts))
  })
  await sql`update delivery set state = 'queued', reason = said.reason, next_at = said.next_at,
      claimed_until = null
    from unnest(${later.map(({ delivery }) => delivery.id)}::uuid[],
      ${later.map(({ delivery }) => delivery.attempts)}::int[],
      ${later.map(({ outcome }) => outcome.reason)}::text[], ${waits}::timestamptz[])
      as said (id, attempts, reason, next_at)
    where delivery.id = said.id and delivery.attempts = said.attempts
      and delivery.state = 'handing-over'`.execute(tx)
}

/** A notification only comes further: what was opened is not set back to sent. */
export async function noteArrival(
  tx: Tx,
  { notification }: Pick<Claimed, 'notification'>,
  state: 'sent' | 'delivered',
  now: Instant,
): Promise<void> {
  if (notification) await noteArrivals(tx, [notification], state, now)
}

async function noteArrivals(
  tx: Tx,
  notifications: readonly NotificationId[],
  state: 'sent' | 'delivered',
  now: Instant,
): Promise<void> {
  if (notifications.length === 0) return
  // In one order everywhere, so that two who write at once do not wait for each other.
  await sql`with changed as (select id from notification
      where id = any (${[...new Set(notifications)]}::uuid[])
        and state = any (${[...statesBefore(state)]}::text[]) order by id for update)
    update notification set state = ${state}, failure = null, failed_at = null,
      sent_at = coalesce(sent_at, ${now}),
      delivered_at = case ${state}::text when 'delivered' then ${now}::timestamptz end
    from changed where notification.id = changed.id`.execute(tx)
}

type Failure = {
  /** The state that the row must still be in: what has come further does not fail any more. */
  readonly from: Extract<DeliveryState, 'handing-over' | 'sent'>
  readonly reason: string
}

/** Writes down that a row did not arrive, and sees to it that somebody is told all the same. */
export async function failDelivery(
  app: App,
  tx: Tx,
  delivery: Claimed,
  { from, reason }: Failure,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('delivery')
    .set({ state: 'failed', reason, failed_at: app.clock(), claimed_until: null })
    .where('id', '=', delivery.id)
    .where('attempts', '=', delivery.attempts)
    .where('state', '=', from)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  if (reason === 'left-office') await readdress(app, tx, delivery)
  await noteFailure(app, tx, delivery, reason)
  return true
}

/** The office stays when its holder leaves: whoever holds it now is told instead. */
async function readdress(app: App, tx: Tx, delivery: Claimed): Promise<void> {
  const aim = (await readAims(tx, [delivery])).get(delivery.id)
  if (!aim) return
  const { matter, notification, step: name } = delivery
  const { excluded } = await getMatter(tx, matter)
  await queueNotices(app, tx, { matter, notification, ...aim, name, excluded })
}

/** Another way may still reach somebody; only when none is left has the warning not arrived. */
export async function noteFailure(
  app: App,
  tx: Tx,
  { notification, matter, channel }: Pick<Claimed, 'notification' | 'matter' | 'channel'>,
  reason: string,
): Promise<void> {
  if (!notification) return
  const other = await tx
    .selectFrom('delivery')
    .select('id')
    .where('notification', '=', notification)
    .where('state', '<>', 'failed')
    .limit(1)
    .executeTakeFirst()
  if (other) return
  const failed = await tx
    .updateTable('notification')
    .set({ state: 'failed', failure: reason, failed_at: app.clock() })
    .where('id', '=', notification)
    .where('state', 'in', [...statesBefore('failed')])
    .returning(['authority', 'office'])
    .executeTakeFirst()
  await hurryLadder(tx, notification, app.clock())
  if (!failed) return
  const facts = { ...failed, channel, reason }
  await appendEntry(app, tx, { matter, kind: 'notification.failed', actor: system, facts })
}

/** Nobody was reached: the next rung, which is the deputy's, must not wait for its turn. */
async function hurryLadder(tx: Tx, notification: NotificationId, now: Instant): Promise<void> {
  await sql`update clock_step set due_at = least(due_at, ${now}) where id = (
    select step.id from clock_step as step join clock on clock.id = step.clock
      join notification on notification.id = clock.notification and notification.state = 'failed'
    where notification.id = ${notification} and clock.kind = 'acknowledge'
      and clock.stopped_at is null and step.done_at is null
    order by step.percent limit 1)`.execute(tx)
}
