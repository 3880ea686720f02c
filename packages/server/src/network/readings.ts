import type { SharedAudience } from '@tocsin/api/sharing.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { SharingVersion } from '@tocsin/domain/sharing.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import { listParties, partyOf } from './parties.ts'
import { content } from './shared.ts'

/** Who has said that they read something of ours that they were asked about: each the first time. */
export async function listReadings(
  tx: Tx,
  { id, organisation }: SharingVersion,
): Promise<SharedAudience['readBy']> {
  const rows = await tx
    .selectFrom('shared_object')
    .select(['organisation', sql<Instant>`min(created)`.as('at')])
    .where('audience_id', '=', id)
    .where('type', '=', 'receipt')
    .where('organisation', '<>', organisation)
    .where(sql<boolean>`${content} ->> 'kind' = 'read'`)
    .groupBy('organisation')
    .orderBy('at')
    .execute()
  const parties = await listParties(tx)
  return rows.map((row: { organisation: OrganisationId; at: Instant }) => ({
    ...row,
    name: partyOf(parties, row.organisation).name,
  }))
}

/** The latest that an audience was told of what is shared with it and that has its place in the log. */
export async function findLastTold(
  tx: Tx,
  { id, organisation }: SharingVersion,
): Promise<SharedAudience['lastTold']> {
  const row = await tx
    .selectFrom('shared_object')
    .innerJoin('log_entry', (join) =>
      join
        .onRef('log_entry.organisation', '=', 'shared_object.organisation')
        .onRef('log_entry.digest', '=', 'shared_object.digest'),
    )
    .select(['shared_object.digest', 'modified as at'])
    .where('audience_id', '=', id)
    .where('shared_object.organisation', '=', organisation)
    .where('type', 'not in', ['audience', 'identity'])
    .where('index', 'is not', null)
    .orderBy('modified', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { ...row, organisation } : null
}
