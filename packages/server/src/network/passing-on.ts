import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { mayPassOn, type Release } from '@tocsin/domain/sharing.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import { readReceiptObject } from '@tocsin/records/stix/receipt.ts'
import type { Tx } from '../database/database.ts'

/** The author's own word that others may be given a thing of theirs. */
async function listReleases(tx: Tx, object: string, author: OrganisationId): Promise<Release[]> {
  const rows = await tx
    .selectFrom('shared_object')
    .select('object')
    .where('type', '=', 'receipt')
    .where('organisation', '=', author)
    .execute()
  return rows.flatMap((row): Release[] => {
    const receipt = readReceiptObject(RecordedObject.parse(row.object))
    return receipt.kind === 'release' && receipt.about === object
      ? [{ by: author, to: receipt.releasedTo }]
      : []
  })
}

/** A matter that was opened on what another shared goes only to those whom its author lets have it. */
export async function requireMayPassOn(
  tx: Tx,
  { id, organisation }: Pick<Matter, 'id' | 'organisation'>,
  to: readonly OrganisationId[],
): Promise<void> {
  const origin = await tx
    .selectFrom('taken_up')
    .selectAll()
    .where('matter', '=', id)
    .executeTakeFirst()
  if (!origin) return
  const releases = await listReleases(tx, origin.object_id, origin.author)
  const barred = to.filter(
    (one) => !mayPassOn({ ...origin, releases }, { by: organisation, to: one }),
  )
  if (barred.length > 0) throw new Problem('sharing.needs-release', { n: barred.length })
}
