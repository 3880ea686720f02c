import type { Matter } from '@tocsin/domain/matter.ts'
import type { SharingVersion } from '@tocsin/domain/sharing.ts'
import { attachmentObject } from '@tocsin/records/stix/attachment.ts'
import { nameObject } from '@tocsin/records/stix/shared-object.ts'
import type { App } from '../app.ts'
import { listSealed } from '../attachments/queries.ts'
import type { Tx } from '../database/database.ts'
import { listVersions, versionsAt } from './audiences.ts'
import type { Telling, Told } from './telling.ts'
import { findTombstone } from './tombstones.ts'

/**
 * Whether an audience is told of no file: where its author leaves them out, and where it hears the
 * State concerned, for a file may show who took it.
 */
export async function leavesFilesOut(
  tx: Tx,
  { id, includesStateConcerned }: Pick<SharingVersion, 'id' | 'includesStateConcerned'>,
): Promise<boolean> {
  if (includesStateConcerned) return true
  const sharings = await tx
    .selectFrom('sharing')
    .select('redacted')
    .where('audience_id', '=', id)
    .execute()
  return sharings.some(({ redacted }) => redacted.includes('attachments'))
}

/** The files of a matter; what was taken back from this audience stays so. */
export async function attachmentTellings(
  app: App,
  tx: Tx,
  { matter, told }: { readonly matter: Matter; readonly told: Told },
): Promise<readonly Telling[]> {
  const { current } = versionsAt(await listVersions(tx, told.audience), app.clock())
  if (!current || (await leavesFilesOut(tx, current))) return []
  const { id, marking, isExercise, organisation } = matter
  const tellings: Telling[] = []
  for (const file of await listSealed(app, tx, id)) {
    const object = nameObject('attachment', file.attachment, told.audience)
    if (await findTombstone(tx, { organisation, object })) continue
    const facts = { ...told, ...file, matter: id, marking, isExercise, created: file.addedAt }
    tellings.push({ marking, make: (modified) => attachmentObject({ ...facts, modified }) })
  }
  return tellings
}
