import { system } from '@tocsin/domain/actor.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'

const LOCK = 4851
const LOT = 5_000

/**
 * Gives what was committed its number, from which its `date_added` is read: microseconds, strictly
 * increasing, given once. One at a time gives numbers, and only to what it can see, so whatever
 * becomes visible later has a higher number: who reads on from the last number misses nothing.
 */
export async function numberAdded(app: App): Promise<void> {
  while (await app.db.as(system, (tx) => numberLot(app, tx)));
}

/** Answers whether there may be more. */
async function numberLot(app: App, tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select
    exists (select 1 from network_record where added_us is null)
    or exists (select 1 from shared_object where added_us is null) as found`.execute(tx)
  if (!rows[0]?.found) return false
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
  const now = Date.parse(app.clock()) * 1000
  // An author's records stay in the author's order.
  const records = await sql`update network_record set added_us = numbered.us from (
      select digest, greatest(${now}::bigint, (select coalesce(max(added_us), 0) from network_record))
        + row_number() over (order by organisation, audience_id, seq) as us
      from (select digest, organisation, audience_id, seq from network_record
        where added_us is null order by organisation, audience_id, seq limit ${LOT}) as fresh
    ) as numbered where network_record.digest = numbered.digest`.execute(tx)
  const objects = await sql`update shared_object set added_us = numbered.us from (
      select id, greatest(${now}::bigint, (select coalesce(max(added_us), 0) from shared_object))
        + row_number() over (order by kept_at, id) as us
      from (select id, kept_at from shared_object
        where added_us is null order by kept_at, id limit ${LOT}) as fresh
    ) as numbered where shared_object.id = numbered.id`.execute(tx)
  return [records, objects].some(({ numAffectedRows }) => Number(numAffectedRows) === LOT)
}

/** Microseconds since 1970 as TAXII writes them. */
export function dateAdded(us: number): string {
  const text = new Date(Math.floor(us / 1000)).toISOString()
  return `${text.slice(0, -1)}${String(us % 1000).padStart(3, '0')}Z`
}

/** Back again, whatever precision the instant has; what is finer than a microsecond is cut off. */
export function microsecondsOf(instant: string): number {
  const [, fraction = ''] = /\.(\d+)/.exec(instant) ?? []
  const seconds = Math.floor(Date.parse(instant) / 1000)
  return seconds * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}
