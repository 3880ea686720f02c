import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import type { Tombstone } from '@tocsin/domain/withdrawal.ts'
import { newObjectExtension } from '@tocsin/records/stix/extension.ts'
import { identityRef } from '@tocsin/records/stix/shared-object.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import { ErasedList, type ErasureReceipt } from '@tocsin/records/stix/withdrawal.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { waitsSince } from './catching-up.ts'
import { directAudience } from './direct-audience.ts'
import { eraseSealed } from './erase-sealed.ts'
import { publishRecord } from './publish.ts'
import { keepTombstones } from './tombstone-file.ts'
import { findTombstone } from './tombstones.ts'

const AT_ONCE = 20

/**
 * Finishes what a withdrawal began: erases what only the node's keys open, writes the tombstone down
 * beside the database, and answers the author when nothing is left. What fails is done again.
 */
export async function runErasures(app: App): Promise<void> {
  const tasks = await app.db.as(system, listTasks)
  for (const task of tasks) {
    const tombstone = await app.db.as(system, (tx) =>
      findTombstone(tx, { organisation: task.organisation, object: task.object_id }),
    )
    if (!tombstone) continue
    const sealed = await eraseSealed(app, tombstone)
    await keepTombstones(app.node.home, [tombstone])
    await app.db.as(system, (tx) => finish(app, tx, { ...task, tombstone, sealed }))
  }
}

const listTasks = (tx: Tx) =>
  tx
    .selectFrom('erasure_task')
    .select(['record', 'reader', 'organisation', 'object_id'])
    .where('done_at', 'is', null)
    .orderBy('came_at')
    .limit(AT_ONCE)
    .execute()

type Done = {
  readonly record: Sha256
  readonly reader: OrganisationId
  readonly tombstone: Tombstone
  readonly sealed: ErasedList
}

async function finish(app: App, tx: Tx, { record, reader, tombstone, sealed }: Done) {
  const task = await tx
    .selectFrom('erasure_task')
    .select('erased')
    .where('record', '=', record)
    .where('reader', '=', reader)
    .where('done_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  // Another process has finished it meanwhile; or the answer must wait (catching-up.ts).
  if (!task || (await waitsSince(tx, reader))) return
  const erased = [...ErasedList.parse(task.erased), ...sealed]
  const answer = { reader, record, tombstone, erased }
  const receipt = reader === tombstone.organisation ? null : await answerAuthor(app, tx, answer)
  await tx
    .updateTable('erasure_task')
    .set({ done_at: app.clock(), receipt, erased: JSON.stringify(erased) })
    .where('record', '=', record)
    .where('reader', '=', reader)
    .execute()
}

type AnswerTo = Omit<Done, 'sealed'> & { readonly erased: ErasedList }

/** A signed receipt to the author alone: what was held here, and that it is gone. */
async function answerAuthor(app: App, tx: Tx, { reader, record, tombstone, erased }: AnswerTo) {
  const { object_id } = await tx
    .selectFrom('network_record')
    .select('object_id')
    .where('digest', '=', record)
    .executeTakeFirstOrThrow()
  const at = app.clock()
  const object: ErasureReceipt = {
    type: 'receipt',
    spec_version: '2.1',
    id: `receipt--${crypto.randomUUID()}`,
    created: at,
    modified: at,
    created_by_ref: identityRef(reader),
    extensions: newObjectExtension,
    object_marking_refs: [markingRef('TLP:RED')],
    kind: 'erasure',
    withdrawal_ref: object_id,
    target_ref: tombstone.object,
    erased: [...erased],
  }
  const audience = await directAudience(app, tx, { from: reader, to: tombstone.organisation })
  return publishRecord(app, tx, {
    ...{ organisation: reader, audience, object },
    refs: [record],
    urgency: 'withdrawal',
  })
}
