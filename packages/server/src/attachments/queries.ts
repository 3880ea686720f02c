import type { Attachment, AttachmentId } from '@tocsin/domain/attachment.ts'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { SharedAttachment } from '@tocsin/records/stix/attachment.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { openVault } from '../identity/secrets.ts'

const attachments = (tx: Tx) =>
  tx
    .selectFrom('attachment')
    .leftJoin('person', 'person.id', 'attachment.added_by')
    .select(['attachment.id', 'attachment.name', 'media_type as mediaType', 'size', 'sha256'])
    .select(['added_at as addedAt', 'person.name as addedBy'])

/** The files of a matter, the first of them first. */
export const listAttachments = (tx: Tx, matter: MatterId): Promise<Attachment[]> =>
  attachments(tx)
    .where('matter', '=', matter)
    .orderBy('added_at')
    .orderBy('attachment.id')
    .execute()

export const findAttachment = (tx: Tx, id: AttachmentId): Promise<Attachment | undefined> =>
  attachments(tx).where('attachment.id', '=', id).executeTakeFirst()

/** To whom the sealed key of a file belongs: moved to another row it does not open. */
export const keyOwner = (id: AttachmentId): string => `attachment-${id}`

const sealed = (tx: Tx) =>
  tx
    .selectFrom('attachment')
    .innerJoin('matter', 'matter.id', 'attachment.matter')
    .innerJoin('blob', (join) =>
      join
        .onRef('blob.sha256', '=', 'attachment.blob')
        .onRef('blob.organisation', '=', 'matter.organisation'),
    )
    .selectAll('attachment')
    .select(['blob.id as blobId', 'blob.size as blobSize'])

/** What is told of a file to those who may open it, and where its bytes are. */
type Sealed = Pick<
  SharedAttachment,
  'attachment' | 'name' | 'mediaType' | 'size' | 'sha256' | 'blob' | 'blobSize' | 'decryptionKey'
> & { readonly addedAt: Instant; readonly blobId: string }

/** The files of a matter with what opens them, for whoever shares the matter. */
export async function listSealed(app: App, tx: Tx, matter: MatterId): Promise<readonly Sealed[]> {
  const rows = await sealed(tx)
    .where('attachment.matter', '=', matter)
    .orderBy('added_at')
    .execute()
  return Promise.all(rows.map((row) => unsealed(app, row)))
}

export async function getSealed(app: App, tx: Tx, id: AttachmentId): Promise<Sealed> {
  const row = await sealed(tx).where('attachment.id', '=', id).executeTakeFirst()
  if (!row) throw new Problem('attachment.not-found')
  return unsealed(app, row)
}

type Row = Awaited<ReturnType<ReturnType<typeof sealed>['execute']>>[number]

async function unsealed(app: App, row: Row): Promise<Sealed> {
  const { id, name, size, sha256, blob, blobSize, blobId } = row
  const vault = await openVault(app.node.home)
  const decryptionKey = vault.unseal(row.sealed_identity, keyOwner(id))
  if (decryptionKey === undefined) throw new Error(`the key of attachment ${id} does not open`)
  const told = { name, mediaType: row.media_type, size, sha256, blob, blobSize, decryptionKey }
  return { ...told, attachment: id, addedAt: row.added_at, blobId }
}

/** Sealed bytes that are whole here and that the actor may read. */
export const findBlob = (tx: Tx, sha256: Sha256) =>
  tx
    .selectFrom('blob')
    .select(['id', 'size'])
    .where('sha256', '=', sha256)
    .where('whole_at', 'is not', null)
    .executeTakeFirst()
