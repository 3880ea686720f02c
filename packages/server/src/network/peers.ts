import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { noteExchange } from './exchange-hours.ts'

/** Longer than one hand-over may take; whoever dies gives the member back by silence. */
const LEASE_MS = 75_000

const FIRST_MS = 1_000
/** With the minute that a call into a dead link takes, less than two until a link that heals is used. */
const LONGEST_MS = 20_000

/** Longer after each failure, and never all at once when a link comes back. */
export function backOff(failures: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 12))
  return longest / 2 + Math.random() * (longest / 2)
}

/** Takes one member for which something waits to leave; undefined where none is due. */
export async function leaseForPush(app: App): Promise<OrganisationId | undefined> {
  const now = app.clock()
  const { rows } = await app.db.as(system, (tx) =>
    sql<{
      member: OrganisationId
    }>`insert into peer (member, next_push_at, next_pull_at, leased_until)
      select member.organisation, ${now}::timestamptz, ${now}::timestamptz, ${untilOf(now)}::timestamptz from member
      where state = 'pinned' and not exists (select 1 from peer where peer.member = member.organisation
          and (next_push_at > ${now} or leased_until > ${now}))
        and (exists (select 1 from record_queue where record_queue.member = member.organisation
            and refusal is null and taken_at is null and next_at <= ${now})
          or exists (select 1 from carried_record where carried_record.member = member.organisation
            and next_at <= ${now}))
      limit 1
      on conflict (member) do update set leased_until = excluded.leased_until
        where peer.leased_until is null or peer.leased_until <= ${now}
      returning member`.execute(tx),
  )
  return rows[0]?.member
}

const untilOf = (now: Instant): Instant => addMilliseconds(now, LEASE_MS)

export async function renewLease(app: App, member: OrganisationId): Promise<void> {
  await app.db.as(system, (tx) =>
    tx
      .updateTable('peer')
      .set({ leased_until: untilOf(app.clock()) })
      .where('member', '=', member)
      .execute(),
  )
}

/** Gives a member back, and says when it is tried again: at once, or later the more it failed. */
export async function endPush(
  app: App,
  member: OrganisationId,
  outcome: { readonly failed: boolean; readonly waitMs?: number },
): Promise<void> {
  const now = app.clock()
  await app.db.as(system, async (tx) => {
    const { failures } = await tx
      .selectFrom('peer')
      .select('failures')
      .where('member', '=', member)
      .executeTakeFirstOrThrow()
    const waitMs = outcome.waitMs ?? (outcome.failed ? backOff(failures) : 0)
    await tx
      .updateTable('peer')
      .set({
        failures: outcome.failed ? failures + 1 : 0,
        next_push_at: addMilliseconds(now, waitMs),
        leased_until: null,
        ...(!outcome.failed && { heard_at: now }),
      })
      .where('member', '=', member)
      .execute()
    if (!outcome.failed) await noteExchange(tx, member, now)
  })
}
