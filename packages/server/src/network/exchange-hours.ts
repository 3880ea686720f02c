import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { Tx } from '../database/database.ts'

/** Writes down that something was exchanged with a member, in either direction. */
export async function noteExchange(tx: Tx, member: OrganisationId, at: Instant): Promise<void> {
  const hour = `${at.slice(0, 13)}:00:00.000Z` as Instant
  await tx
    .insertInto('exchange_hour')
    .values({ member, hour, last_at: at })
    .onConflict((conflict) => conflict.columns(['member', 'hour']).doUpdateSet({ last_at: at }))
    .execute()
}
