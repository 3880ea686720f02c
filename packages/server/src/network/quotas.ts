import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'

/** What one member may send in a minute: far more than a crisis brings, far less than a flood. */
export const QUOTA = { records: 30_000, bytes: 64 * 1_048_576 } as const

const MINUTE_MS = 60_000

/** Counts what a member sends; answers in how many seconds it may go on, or 0 where it may now. */
export async function countAgainstQuota(
  app: App,
  member: OrganisationId,
  { records, bytes }: { readonly records: number; readonly bytes: number },
): Promise<number> {
  const now = Date.parse(app.clock())
  const minute = Math.floor(now / MINUTE_MS)
  const { rows } = await app.db.as(system, (tx) =>
    sql<{ records: number; bytes: number }>`insert into peer
        (member, next_push_at, next_pull_at, minute, records, bytes)
      values (${member}, ${app.clock()}, ${app.clock()}, ${minute}, ${records}, ${bytes})
      on conflict (member) do update set
        records = ${records} + case when peer.minute = ${minute} then peer.records else 0 end,
        bytes = ${bytes} + case when peer.minute = ${minute} then peer.bytes else 0 end,
        minute = ${minute}
      returning records, bytes`.execute(tx),
  )
  const [sum] = rows
  const isOver = sum !== undefined && (sum.records > QUOTA.records || sum.bytes > QUOTA.bytes)
  return isOver ? Math.ceil(((minute + 1) * MINUTE_MS - now) / 1000) : 0
}
