import type { CountryCode, Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { OrganisationKind } from '@tocsin/domain/people.ts'
import type { Party } from '@tocsin/domain/sharing.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

/** An organisation as somebody who shares sees it: its name, its State and where it is. */
export type NamedParty = Party & { readonly name: string; readonly kind: OrganisationKind }

/** Every organisation that is not closed, by name. */
export async function listParties(tx: Tx): Promise<readonly NamedParty[]> {
  const { rows } = await sql<{
    id: OrganisationId
    name: string
    kind: OrganisationKind
    country: CountryCode | null
    standing: Party['standing']
  }>`select * from network_party()`.execute(tx)
  return rows
}

/** Members to whom the organisation sends nothing for now. */
export async function listStopped(tx: Tx, organisation: OrganisationId): Promise<OrganisationId[]> {
  const rows = await tx
    .selectFrom('sharing_stop')
    .select('member')
    .where('organisation', '=', organisation)
    .where('lifted_at', 'is', null)
    .execute()
  return rows.map(({ member }) => member)
}

/** The party of that id; whoever is not on the list is nobody that anything could be sent to. */
export const partyOf = (parties: readonly NamedParty[], id: OrganisationId): NamedParty =>
  parties.find((party) => party.id === id) ?? {
    id,
    name: id,
    kind: 'focal-point',
    country: null,
    standing: 'unknown',
  }

/** The moment after: a version that takes somebody out is still seen by them, and nothing else is. */
export const momentAfter = (at: Instant): Instant =>
  new Date(Date.parse(at) + 1).toISOString() as Instant
