import type { Audience, Marking } from '@tocsin/domain/audience.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import type { Tx } from '../database/database.ts'

/** A version of an object that is here, and who could read it. */
export type Version = Audience & {
  readonly digest: Sha256
  readonly audienceId: AudienceId
  readonly epoch: number
  readonly seq: number
  readonly previous: Sha256 | null
  readonly marking: Marking
}

/** Every version of an object by whoever made it, those that were refused left out; oldest first. */
export async function listVersions(tx: Tx, object: string): Promise<readonly Version[]> {
  const rows = await tx
    .selectFrom('network_record')
    .select(['digest', 'audience_id', 'epoch', 'seq', 'previous', 'marking'])
    .select(['organisation', 'audience', 'excluded'])
    .where('object_id', '=', object)
    .where((eb) => eb.or([eb('statement', 'is not', null), eb('withdrawn_at', 'is not', null)]))
    .orderBy('seq')
    .execute()
  return rows.map(({ audience_id, ...row }) => ({ ...row, audienceId: audience_id }))
}

/** Whoever else made something of that name that is here: only its creator takes it back. */
export async function findOtherCreator(
  tx: Tx,
  object: string,
  than: OrganisationId,
): Promise<OrganisationId | undefined> {
  const row = await tx
    .selectFrom('network_record')
    .select('organisation')
    .where('object_id', '=', object)
    .where('organisation', '<>', than)
    .where('statement', 'is not', null)
    .executeTakeFirst()
  return row?.organisation
}
