import { system } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { isUrgent, type NoticePlan, planNotices, STORM } from '@tocsin/domain/notice-timing.ts'
import type { ChannelKind } from '@tocsin/domain/notification.ts'
import { type Selectable, sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'

export type Claimed = Selectable<Schema['delivery']>

/** What leaves as one notice: several rows only where a storm or a digest put them together. */
export type Parcel = { readonly rows: readonly Claimed[] }

/** After so long, whoever has a row in hand and did not say so again counts as gone. */
export const CLAIM_MS = 60_000

type Due = Claimed & { readonly is_exercise: boolean }

/**
 * Takes up to so many rows that are due on a channel, the gravest first, and puts together what
 * leaves together. What waits for a digest or for a storm to pass is not taken.
 */
export async function claimParcels(
  app: App,
  channel: ChannelKind,
  room: number,
): Promise<readonly Parcel[]> {
  return app.db.as(system, async (tx) => {
    const now = app.clock()
    const { rows: due } = await sql<Due>`
      select delivery.*, matter.is_exercise
      from delivery join matter on matter.id = delivery.matter
      where delivery.state in ('queued', 'handing-over') and next_at <= ${now}
        and (claimed_until is null or claimed_until <= ${now}) and channel = ${channel}
        and (delivery.level >= 4 or not exists (select from delivery as other
          where other.person = delivery.person and other.channel = delivery.channel
            and other.state = 'handing-over' and other.claimed_until > ${now}))
      order by (delivery.level >= 4) desc, next_at, delivery.id
      limit ${room} for update of delivery skip locked`.execute(tx)
    if (due.length === 0) return []
    const plans = await planFor(tx, due, now)
    const waiting = plans.flatMap((plan) => plan.waiting ?? [])
    for (const { ids, until } of waiting) await hold(tx, ids, until)
    const leaving = plans.flatMap((plan) => plan.leaving)
    const taken = await take(tx, leaving.flat(), addMilliseconds(now, CLAIM_MS))
    return leaving.map((ids) => ({ rows: ids.flatMap((id) => taken.get(id) ?? []) }))
  })
}

const hasWaited = ({ reason }: Claimed) => reason === 'digest' || reason === 'grouped'

/** What leaves to each reader and what waits; an exercise never leaves together with what is real. */
async function planFor(tx: Tx, due: readonly Due[], now: Instant): Promise<readonly NoticePlan[]> {
  const urgent = due.filter(({ level }) => isUrgent(level))
  const calm = due.filter(({ level }) => !isUrgent(level))
  const readers = Map.groupBy(calm, ({ person, is_exercise }) => `${person} ${is_exercise}`)
  const lately = calm.length > 0 ? await readLately(tx, calm, now) : new Map<string, Instant[]>()
  const plans = [...readers.values()].flatMap((rows) => {
    const leftAt = lately.get(rows[0]?.person ?? '')
    const waiting = rows.map((row) => ({ ...row, hasWaited: hasWaited(row) }))
    return leftAt ? [planNotices(waiting, { now, leftAt })] : []
  })
  return [{ leaving: urgent.map(({ id }) => [id]), waiting: undefined }, ...plans]
}

/**
 * When notices left to these readers lately on the channel: what left as one counts once. A reader
 * whom another process looks after at this moment is left to it.
 */
async function readLately(
  tx: Tx,
  calm: readonly Due[],
  now: Instant,
): Promise<ReadonlyMap<string, Instant[]>> {
  const persons = [...new Set(calm.map(({ person }) => person))]
  const channel = calm[0]?.channel as ChannelKind
  const { rows: own } = await sql<{ person: string }>`
    select person from unnest(${persons}::uuid[]) as person
    where pg_try_advisory_xact_lock(hashtextextended(${channel} || person::text, 0))`.execute(tx)
  const { rows: left } = await sql<{ person: string; left_at: Instant | null }>`
    select distinct person, reference, sent_at as left_at from delivery
    where person = any (${persons}::uuid[]) and channel = ${channel}
      and (sent_at > ${addMilliseconds(now, -STORM.withinMs)}
        or (state = 'handing-over' and claimed_until > ${now}))`.execute(tx)
  const busy = new Set(left.filter(({ left_at }) => left_at === null).map(({ person }) => person))
  return new Map(
    own
      .filter(({ person }) => !busy.has(person))
      .map(({ person }) => [
        person,
        left.flatMap((one) => (one.person === person && one.left_at ? [one.left_at] : [])),
      ]),
  )
}

/** One that a process had in hand when it ended may have left; waiting does not change that. */
async function hold(tx: Tx, ids: readonly string[], until: Instant): Promise<void> {
  await sql`update delivery set state = 'queued', reason = 'grouped', next_at = ${until},
      claimed_until = null, may_repeat = may_repeat or state = 'handing-over'
    where id = any (${ids}::uuid[])`.execute(tx)
}

async function take(
  tx: Tx,
  ids: readonly string[],
  until: Instant,
): Promise<ReadonlyMap<string, Claimed>> {
  const { rows } = await sql<Claimed>`
    update delivery set state = 'handing-over', attempts = attempts + 1,
      may_repeat = may_repeat or state = 'handing-over', claimed_until = ${until}, next_at = ${until}
    where id = any (${ids}::uuid[]) returning *`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Says that these are still in hand, and answers until when each is: a mail server may be slow,
 * which is no reason to send twice.
 */
export async function renewClaims(
  app: App,
  rows: readonly Claimed[],
): Promise<ReadonlyMap<string, Instant>> {
  if (rows.length === 0) return new Map()
  const until = addMilliseconds(app.clock(), CLAIM_MS)
  const { rows: kept } = await app.db.as(system, (tx) =>
    sql<{ id: string }>`update delivery set claimed_until = ${until}, next_at = ${until}
      from ${held(rows)}
      where delivery.id = held.id and delivery.attempts = held.attempts
        and delivery.state = 'handing-over' returning delivery.id`.execute(tx),
  )
  return new Map(kept.map(({ id }) => [id, until]))
}

/** Puts back what was taken and not begun. */
export async function releaseClaims(app: App, rows: readonly Claimed[]): Promise<void> {
  await app.db.as(system, (tx) =>
    sql`update delivery set state = 'queued', claimed_until = null, next_at = ${app.clock()},
        attempts = delivery.attempts - 1
      from ${held(rows)}
      where delivery.id = held.id and delivery.attempts = held.attempts
        and delivery.state = 'handing-over'`.execute(tx),
  )
}

/** Rows as their process took them: whoever takes one again counts one attempt more. */
const held = (rows: readonly Claimed[]) =>
  sql`unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ attempts }) => attempts)}::int[])
    as held (id, attempts)`
