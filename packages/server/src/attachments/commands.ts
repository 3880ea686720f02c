import { createHash } from 'node:crypto'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import {
  ATTACHMENT_BYTES,
  type Attachment,
  type AttachmentId,
  cleanName,
  type MediaType,
  mediaTypeOf,
} from '@tocsin/domain/attachment.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ObjectId, WithdrawalForm } from '@tocsin/domain/withdrawal.ts'
import { encryptStreamTo, newAgeKey } from '@tocsin/records/age.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { getMatter, requireOpenMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { openVault } from '../identity/secrets.ts'
import { withdrawRecord } from '../network/withdraw.ts'
import { eraseBlob } from './erase.ts'
import { findAttachment, keyOwner } from './queries.ts'
import { beginUpload, dropBlob, keepStream } from './store.ts'

type Wanted = {
  readonly id: AttachmentId
  readonly matter: MatterId
  /** As whoever sends it calls it. */
  readonly name: string
}

/**
 * Puts a file on a matter as it streams in: sealed before it is written, on record once all of it is
 * here. Of half a file nothing is left.
 */
export async function addAttachment(
  app: App,
  actor: Actor,
  wanted: Wanted,
  stream: AsyncIterable<Uint8Array>,
): Promise<Attachment> {
  const name = cleanName(wanted.name)
  const mediaType = name && mediaTypeOf(name)
  if (!name || !mediaType) throw new Problem('attachment.wrong-type')
  const { organisation } = await app.db.as(actor, (tx) =>
    requireOpenMatter(tx, actor, wanted.matter),
  )
  const known = await app.db.as(actor, (tx) => findAttachment(tx, wanted.id))
  if (known) return known
  const blob = await beginUpload(app, organisation)
  try {
    await seal(app, actor, { ...wanted, name, mediaType, blob }, stream)
  } catch (error) {
    await dropBlob(app, blob)
    // Sent twice at once, the other was first.
    const other = await app.db.as(actor, (tx) => findAttachment(tx, wanted.id))
    if (!other) throw error
  }
  const kept = await app.db.as(actor, (tx) => findAttachment(tx, wanted.id))
  if (!kept) throw new Problem('attachment.not-found')
  return kept
}

type Sealing = Wanted & { readonly mediaType: MediaType; readonly blob: string }

async function seal(
  app: App,
  actor: Actor,
  { id, matter, name, mediaType, blob }: Sealing,
  stream: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { recipient, identity } = await newAgeKey()
  const plain = openMeasure()
  const closing = await encryptStreamTo([recipient], ReadableStream.from(plain.pass(stream)))
  const sealed = await keepStream(app, blob, closing)
  const { size, sha256 } = plain.end()
  if (size === 0) throw new Problem('attachment.empty')
  const vault = await openVault(app.node.home)
  const at = app.clock()
  await app.db.asOne(async (as) => {
    await as(system, (tx) =>
      tx
        .updateTable('blob')
        .set({ ...sealed, whole_at: at })
        .where('id', '=', blob)
        .execute(),
    )
    await as(actor, async (tx) => {
      await requireOpenMatter(tx, actor, matter)
      const row = {
        ...{ id, matter, name, size, sha256, blob: sealed.sha256 },
        media_type: mediaType,
        sealed_identity: vault.seal(identity, keyOwner(id)),
        added_by: actor.kind === 'person' ? actor.person : null,
        added_at: at,
      }
      await tx.insertInto('attachment').values(row).execute()
      // Neither the name nor a hash that could be guessed from: the record outlasts the file.
      const facts = { attachment: id, blob: sealed.sha256, size, mediaType }
      await appendEntry(app, tx, { matter, kind: 'attachment.added', actor, facts })
    })
  })
}

/** Counts and hashes a file as it passes, and stops one that is too large. */
function openMeasure() {
  const hash = createHash('sha256')
  let size = 0
  async function* pass(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const part of stream) {
      size += part.length
      if (size > ATTACHMENT_BYTES) throw new Problem('attachment.too-large')
      hash.update(part)
      yield part
    }
  }
  return { pass, end: () => ({ size, sha256: hash.digest('hex') as Sha256 }) }
}

/**
 * Takes a file off its matter: taken back from everybody it was shared with, and erased here. The
 * record says that it was there and that it was removed. Protective, so a closed matter allows it too.
 */
export async function removeAttachment(
  app: App,
  actor: Actor,
  id: AttachmentId,
  { class: of, reason }: Omit<WithdrawalForm, 'object'>,
): Promise<void> {
  const { matter, organisation, blob, objects } = await app.db.as(actor, async (tx) => {
    const row = await tx
      .selectFrom('attachment')
      .select(['matter', 'blob'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) throw new Problem('attachment.not-found')
    const { organisation, ...rest } = await getMatter(tx, row.matter)
    if (!mayWorkOnMatter(actor, { organisation })) throw new Problem('permission.denied')
    const told = await listTold(tx, row.blob)
    const own = told.filter((object) => object.organisation === organisation)
    return { ...row, matter: rest.id, organisation, objects: own.map((object) => object.id) }
  })
  for (const object of objects) {
    await withdrawRecord(app, actor, { object: object as ObjectId, class: of, reason })
  }
  await app.db.asOne(async (as) => {
    await as(system, (tx) => eraseBlob(tx, { organisation, blob }))
    const facts = { attachment: id, blob, class: of }
    await as(actor, (tx) =>
      appendEntry(app, tx, { matter, kind: 'attachment.removed', actor, facts }),
    )
  })
}

/** The objects that tell others of a file. */
const listTold = (tx: Tx, blob: Sha256) =>
  tx
    .selectFrom('shared_object')
    .select(['id', 'organisation'])
    .where('type', '=', 'attachment')
    .where(sql<boolean>`object -> 'content' ->> 'blob' = ${blob}`)
    .orderBy('id')
    .execute()
