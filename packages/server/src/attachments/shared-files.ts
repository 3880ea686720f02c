import type { SharedAttachmentLine } from '@tocsin/api/attachments.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { fetchStateOf } from '@tocsin/domain/attachment.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import { readAttachmentObject, type SharedAttachment } from '@tocsin/records/stix/attachment.ts'
import { hasContent } from '@tocsin/records/stix/shared-object.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { requirePerson } from '../identity/step-up.ts'
import { requireShared } from '../network/shared.ts'

/* Files of other organisations: told by a record, and here only once somebody asked for them. */

/** The file that a shared object tells of, if the actor may read it. */
export async function requireFile(tx: Tx, actor: Actor, id: string): Promise<SharedAttachment> {
  const { object } = await requireShared(tx, actor, id)
  if (object.type !== 'attachment' || !hasContent(object)) throw new Problem('attachment.not-found')
  return readAttachmentObject(object)
}

/** The files told with a matter of others, or the one that an object tells of. */
export async function listSharedFiles(
  app: App,
  actor: Actor,
  id: string,
): Promise<SharedAttachmentLine[]> {
  return app.db.as(actor, async (tx) => {
    const thing = await requireShared(tx, actor, id)
    const rows = await tx
      .selectFrom('shared_object')
      .select(['id', 'object'])
      .where('type', '=', 'attachment')
      .where('organisation', '=', thing.organisation)
      // Told to two audiences, it is one file to whoever is in both.
      .where('audience_id', '=', thing.audience)
      .where((eb) =>
        thing.object.type === 'attachment'
          ? eb('id', '=', id)
          : eb(sql`object -> 'content' ->> 'matter'`, '=', String(thing.content['matter'])),
      )
      .orderBy('created')
      .orderBy('id')
      .execute()
    const lines: SharedAttachmentLine[] = []
    for (const row of rows) {
      const object = RecordedObject.parse(row.object)
      // What says nothing in our words is read as STIX, and there is nothing to fetch.
      if (!hasContent(object)) continue
      lines.push(await lineOf(tx, ObjectId.parse(row.id), readAttachmentObject(object)))
    }
    return lines
  })
}

async function lineOf(tx: Tx, id: ObjectId, file: SharedAttachment): Promise<SharedAttachmentLine> {
  const { name, mediaType, size, sha256, blobSize } = file
  const row = await blobOf(tx, file)
  const state = fetchStateOf(
    row && {
      isWanted: row.next_at !== null,
      isWhole: row.whole_at !== null,
      fault: row.fault,
    },
  )
  const { kept = 0, fault = null } = row ?? {}
  return { id, name, mediaType, size, sha256, state, sealedSize: blobSize, kept, fault }
}

type Named = { readonly organisation: OrganisationId; readonly blob: Sha256 }

const blobOf = (tx: Tx, { organisation, blob }: Named) =>
  tx
    .selectFrom('blob')
    .select(['id', 'size', 'kept', 'next_at', 'whole_at', 'fault'])
    .where('organisation', '=', organisation)
    .where('sha256', '=', blob)
    .executeTakeFirst()

/** Where the bytes of a fetched file are, and what opens them. */
export async function openShared(app: App, actor: Actor, id: string) {
  return app.db.as(actor, async (tx) => {
    const { decryptionKey: identity, ...file } = await requireFile(tx, actor, id)
    const blob = await blobOf(tx, file)
    if (!blob?.whole_at) throw new Problem('attachment.not-here')
    return { ...file, blob, identity }
  })
}

/** Sets the fetching of a file going, or going again where it failed; the rounds do the rest. */
export async function startFetch(app: App, actor: Actor, id: ObjectId): Promise<void> {
  const { file, reader } = await requireFetchable(app, actor, id)
  const { organisation, blob: sha256, blobSize: size } = file
  const at = app.clock()
  await app.db.asOne(async (as) => {
    await as(system, async (tx) => {
      await holdId(tx, `${organisation}/${sha256}`)
      const row = await blobOf(tx, file)
      if (row?.whole_at) return
      const wanted = { reader, object_id: id, next_at: at, attempts: 0, fault: null }
      if (row) {
        await tx.updateTable('blob').set(wanted).where('id', '=', row.id).execute()
        return
      }
      const made = { id: crypto.randomUUID(), organisation, sha256, size, touched_at: at }
      await tx
        .insertInto('blob')
        .values({ ...made, ...wanted })
        .execute()
    })
    await as(actor, (tx) =>
      recordAudit(tx, { at, actor, act: 'attachments.asked-for', subject: id }),
    )
  })
}

/** What came of a file so far is thrown away; one that is whole stays. */
export async function cancelFetch(app: App, actor: Actor, id: ObjectId): Promise<void> {
  const { file } = await requireFetchable(app, actor, id)
  await app.db.as(system, (tx) =>
    tx
      .deleteFrom('blob')
      .where('organisation', '=', file.organisation)
      .where('sha256', '=', file.blob)
      .where('whole_at', 'is', null)
      .execute(),
  )
}

async function requireFetchable(app: App, actor: Actor, id: ObjectId) {
  if (!mayWork(actor)) throw new Problem('permission.denied')
  const { organisation: reader } = requirePerson(actor)
  return { file: await app.db.as(actor, (tx) => requireFile(tx, actor, id)), reader }
}
