import type { Matter } from '@tocsin/domain/matter.ts'
import { attachmentObject } from '@tocsin/records/stix/attachment.ts'
import { nameObject } from '@tocsin/records/stix/shared-object.ts'
import type { App } from '../app.ts'
import { listSealed } from '../attachments/queries.ts'
import type { Tx } from '../database/database.ts'
import { listVersions, versionsAt } from './audiences.ts'
import type { Telling, Told } from './telling.ts'
import { findTombstone } from './tombstones.ts'

/**
 * The files of a matter, unless they are left out. A file may show who took it: none goes to an
 * audience that hears the State concerned. What was taken back from this audience stays so.
 */
export async function attachmentTellings(
  app: App,
  tx: Tx,
  { matter, told }: { readonly matter: Matter; readonly told: Told },
): Promise<readonly Telling[]> {
  if (told.redacted.includes('attachments')) return []
  const { current } = versionsAt(await listVersions(tx, told.audience), app.clock())
  if (!current || current.includesStateConcerned) return []
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
