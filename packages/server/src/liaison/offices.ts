import type { NamedOffice } from '@tocsin/api/liaison.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Tx } from '../database/database.ts'
import { listParties, listStopped } from '../network/parties.ts'

/** The UN Office where it has a node of its own that is trusted here, and is sent to; mostly one or none. */
export async function listOffices(tx: Tx, own: OrganisationId): Promise<readonly NamedOffice[]> {
  const stopped = await listStopped(tx, own)
  return (await listParties(tx))
    .filter(({ kind, standing }) => kind === 'un-office' && standing === 'pinned')
    .filter(({ id }) => id !== own && !stopped.includes(id))
    .map(({ id, name }) => ({ id, name }))
}

export async function requireOffice(
  tx: Tx,
  own: OrganisationId,
  id: OrganisationId,
): Promise<NamedOffice> {
  const office = (await listOffices(tx, own)).find((one) => one.id === id)
  if (!office) throw new Problem('liaison.office-not-reached')
  return office
}
