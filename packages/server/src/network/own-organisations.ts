import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { Tx } from '../database/database.ts'

/** The organisations that live on this node. */
export async function listOwn(tx: Tx): Promise<readonly OrganisationId[]> {
  const rows = await tx
    .selectFrom('organisation')
    .leftJoin('member', 'member.organisation', 'organisation.id')
    .select('organisation.id')
    .where('member.organisation', 'is', null)
    .where('closed_at', 'is', null)
    .orderBy('organisation.made_at')
    .execute()
  return rows.map(({ id }) => id)
}
