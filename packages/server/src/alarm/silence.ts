import { visitor } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { sql } from 'kysely'
import type { Database, Tx } from '../database/database.ts'
import type { Heartbeat } from '../database/schema/docket.ts'

/** How long nothing may be heard of the clocks or the notices. */
export const SILENCE_MS = 120_000

const heartbeats: readonly Heartbeat[] = ['clocks', 'notices']

/** One of them and for how long nothing was heard of it, by the database's clock. */
export type Silence = {
  readonly heartbeat: Heartbeat
  /** None was ever heard. */
  readonly since: Instant | null
  readonly ms: number
}

export async function listSilences(tx: Tx): Promise<readonly Silence[]> {
  const { rows } = await sql<{ id: Heartbeat; seen_at: Instant; ms: number }>`
    select id, seen_at, extract(epoch from clock_timestamp() - seen_at)::float8 * 1000 as ms
    from heartbeat`.execute(tx)
  return heartbeats.map((heartbeat) => {
    const row = rows.find(({ id }) => id === heartbeat)
    return { heartbeat, since: row?.seen_at ?? null, ms: row?.ms ?? Number.POSITIVE_INFINITY }
  })
}

/** Whether something is not looked after; also where the database does not answer in time. */
export async function isSilent(db: Database, answerMs: number): Promise<boolean> {
  const asked = db.as(visitor, listSilences).then(
    (silences) => silences.some(({ ms }) => ms > SILENCE_MS),
    () => true,
  )
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(true), answerMs)
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

/** Whoever is told that nobody looks after the clocks: the focal points, and how they are reached. */
export const listAlarmed = (tx: Tx) =>
  tx
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person')
    .innerJoin('contact', 'contact.person', 'person.id')
    .select(['person.id', 'person.locale', 'contact.address'])
    .where('role', '=', 'focal-point')
    .where('revoked_at', 'is', null)
    .where('person.ended_at', 'is', null)
    .where('channel', '=', 'e-mail')
    .orderBy('person.id')
    .execute()
