import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { Tx } from '../database/database.ts'

/** Writes down that something was exchanged with a member, in either direction. */
export async function noteExchange(tx: Tx, member: OrganisationId, at: Instant): Promise<void> {
  const hour = `${at.slice(0, 13)}:00:00.000Z` as Instant
  await tx
    .insertInto('exchange_hour')
    .columns(['member', 'hour', 'last_at'])
    .expression((of) =>
      of
        .selectFrom('member')
        .select(['organisation', of.val(hour).as('hour'), of.val(at).as('last_at')])
        .where('organisation', '=', member),
    )
    .onConflict((conflict) => conflict.columns(['member', 'hour']).doUpdateSet({ last_at: at }))
    .execute()
}
