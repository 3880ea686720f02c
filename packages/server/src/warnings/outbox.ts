import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { NotificationId } from '@tocsin/domain/notification.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import { type Selectable, sql } from 'kysely'
import type { App } from '../app.ts'
import type { Outcome } from '../channels/channel.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { beat } from '../docket/heartbeat.ts'
import { getMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { aimOf, writeNotice } from './notices.ts'
import { playersOf, recipientsOf, type Step } from './recipients.ts'

type Queued = {
  readonly matter: MatterId
  readonly notification: NotificationId | null
  readonly post: PostId
  readonly step: Step
  /** What the notice is: `warned`, or a rung of the ladder. With it a notice leaves once. */
  readonly name: string
  readonly excluded: readonly OrganisationId[]
}

/** Puts a notice for each person and channel into the outbox; answers how many persons are told. */
export async function queueNotices(app: App, tx: Tx, queued: Queued): Promise<number> {
  const { matter, notification, post, step, name, excluded } = queued
  const at = app.clock()
  const told =
    (await playersOf(tx, matter, post)) ?? (await recipientsOf(tx, [post], { at, step, excluded }))
  const rows = told.flatMap(({ person, channels }) =>
    channels.map((channel) => ({
      id: newId<string>(),
      matter,
      notification,
      person,
      channel,
      step: name,
      state: 'queued' as const,
      next_at: at,
      claimed_until: null,
      reference: null,
      reason: null,
      made_at: at,
      sent_at: null,
    })),
  )
  if (rows.length > 0) {
    const keys = ['notification', 'person', 'channel', 'step'] as const
    await tx
      .insertInto('delivery')
      .values(rows)
      .onConflict((conflict) => conflict.columns([...keys]).doNothing())
      .execute()
  }
  return told.length
}

export type Claimed = Selectable<Schema['delivery']>

/** Few at a time: what a process that dies had in its hands is what may leave twice. */
const CLAIMED_AT_ONCE = 20
/** Longer than any channel waits for an answer. */
const CLAIM_MS = 60_000
const ATTEMPTS = 12
const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 3_600_000

/**
 * Hands over whatever is due, batch after batch; answers how many it tried. Any number of processes
 * may do so at once: a row is claimed by one. A row whose process ended is handed over again, marked.
 */
export async function drainOutbox(app: App): Promise<number> {
  let tried = 0
  for (;;) {
    const batch = await claim(app)
    if (batch.length === 0) return tried
    tried += batch.length
    const done = await Promise.all(
      batch.map(async (delivery) => ({ delivery, outcome: await handOver(app, delivery) })),
    )
    await app.db.as(system, async (tx) => {
      for (const { delivery, outcome } of done) await settle(app, tx, delivery, outcome)
    })
    // Ten thousand take minutes: that they are being handed over is a sign of life.
    await beat(app, 'notices')
  }
}

async function claim(app: App): Promise<readonly Claimed[]> {
  const now = app.clock()
  return app.db.as(system, async (tx) => {
    const { rows } = await sql<Claimed>`
      update delivery set state = 'handing-over', attempts = attempts + 1,
        may_repeat = may_repeat or state = 'handing-over',
        claimed_until = ${addMilliseconds(now, CLAIM_MS)}
      where id in (select id from delivery
        where (state = 'queued' and next_at <= ${now})
          or (state = 'handing-over' and claimed_until <= ${now})
        order by next_at, id limit ${CLAIMED_AT_ONCE} for update skip locked)
      returning *`.execute(tx)
    return rows
  })
}

/** Writes the notice as its reader may have it at this moment, and hands it to the channel. */
async function handOver(app: App, delivery: Claimed): Promise<Outcome> {
  const written = await app.db.as(system, (tx) => writeNotice(app, tx, delivery))
  if ('refused' in written) {
    return { state: 'refused', reason: 'gone', detail: written.refused }
  }
  const channel = app.channels[delivery.channel]
  if (!channel) return { state: 'refused', reason: 'not-configured', detail: delivery.channel }
  return channel.send(written.message)
}

/** Writes down what became of it; a notice that did not arrive is itself on the record. */
async function settle(app: App, tx: Tx, delivery: Claimed, outcome: Outcome): Promise<void> {
  const now = app.clock()
  const { id, attempts } = delivery
  if ('reference' in outcome) {
    const { state, reference } = outcome
    await change(tx, id, { state, reference, reason: null, sent_at: now, claimed_until: null })
    await noteArrival(tx, delivery, state, now)
  } else if (outcome.state === 'deferred' && attempts < ATTEMPTS) {
    const next_at = addMilliseconds(now, outcome.retryAfterMs ?? backOff(attempts))
    await change(tx, id, { state: 'queued', reason: outcome.reason, next_at, claimed_until: null })
  } else {
    const reason = outcome.reason === 'gone' ? outcome.detail : outcome.reason
    await change(tx, id, { state: 'failed', reason, claimed_until: null })
    if (reason === 'left-office') await readdress(app, tx, delivery)
    await noteFailure(app, tx, delivery, reason)
  }
}

/** The office stays when its holder leaves: whoever holds it now is told instead. */
async function readdress(app: App, tx: Tx, delivery: Claimed): Promise<void> {
  const aim = await aimOf(tx, delivery)
  if (!aim) return
  const { matter, notification, step: name } = delivery
  const { excluded } = await getMatter(tx, matter)
  await queueNotices(app, tx, { matter, notification, ...aim, name, excluded })
}

/** A notification only comes further: what was opened is not set back to sent. */
async function noteArrival(
  tx: Tx,
  { notification }: Claimed,
  state: 'sent' | 'delivered',
  now: Instant,
): Promise<void> {
  if (!notification) return
  const before =
    state === 'sent' ? (['queued', 'failed'] as const) : (['queued', 'failed', 'sent'] as const)
  await tx
    .updateTable('notification')
    .set({ state, failure: null, sent_at: sql<Instant>`coalesce(sent_at, ${now})` })
    .where('id', '=', notification)
    .where('state', 'in', [...before])
    .execute()
}

/** Another way may still reach somebody; only when none is left has the warning not arrived. */
async function noteFailure(
  app: App,
  tx: Tx,
  { notification, matter, channel }: Claimed,
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
    .set({ state: 'failed', failure: reason })
    .where('id', '=', notification)
    .where('state', 'in', ['queued', 'sent'])
    .returning(['authority', 'office'])
    .executeTakeFirst()
  if (!failed) return
  const facts = { ...failed, channel, reason }
  await appendEntry(app, tx, { matter, kind: 'notification.failed', actor: system, facts })
}

const backOff = (attempts: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1))

async function change(
  tx: Tx,
  id: string,
  set: Partial<
    Pick<Claimed, 'state' | 'reference' | 'reason' | 'sent_at' | 'claimed_until' | 'next_at'>
  >,
): Promise<void> {
  await tx.updateTable('delivery').set(set).where('id', '=', id).execute()
}
