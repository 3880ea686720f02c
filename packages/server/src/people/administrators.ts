import type { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Tx } from '../database/database.ts'

/**
 * Throws `people.last-administrator` when, beside the person or the organisation that is to go,
 * nobody is left who administers the node. Two who leave at once wait for each other here.
 */
export async function requireAnotherAdministrator(
  tx: Tx,
  leaving: { readonly person?: PersonId; readonly organisation?: OrganisationId },
): Promise<void> {
  const grants = await tx
    .selectFrom('role_grant')
    .select(['person', 'organisation'])
    .where('role', '=', 'administrator')
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const active = await tx
    .selectFrom('person')
    .innerJoin('organisation', 'organisation.id', 'person.organisation')
    .select('person.id')
    .where('person.ended_at', 'is', null)
    .where('organisation.closed_at', 'is', null)
    .where('person.id', 'in', [...grants.map(({ person }) => person), leaving.person ?? null])
    .execute()
  const activeIds = new Set(active.map(({ id }) => id))
  const goes = (grant: { person: PersonId; organisation: OrganisationId }) =>
    grant.person === leaving.person || grant.organisation === leaving.organisation
  const staying = grants.filter((grant) => activeIds.has(grant.person) && !goes(grant))
  if (grants.some(goes) && staying.length === 0) throw new Problem('people.last-administrator')
}
