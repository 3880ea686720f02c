import type { Instant } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { isForPeople, urgencyOf } from '@tocsin/domain/network.ts'
import type { WithdrawalId } from '@tocsin/domain/withdrawal.ts'
import { AudienceObject, audienceVersion } from '@tocsin/records/audience-object.ts'
import { digestOf, type KeyOf, type Signed } from '@tocsin/records/jws.ts'
import { type RecordHeader, readRecord } from '@tocsin/records/record.ts'
import { WithdrawalObject } from '@tocsin/records/stix/withdrawal.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { effectiveAt, listAudienceVersions, readersOf } from './audience-reading.ts'
import { bringIntoEffect } from './effect.ts'
import { expectReceipts } from './erasures.ts'
import { type Kept, keepRecord, queueRecord, shareObject } from './keep.ts'
import { appendToLog } from './log.ts'
import { markingOf } from './marking.ts'
import { lockHead, moveHead } from './order.ts'
import { keepSharing } from './share.ts'
import { isWithdrawn } from './tombstones.ts'

/**
 * Takes back one record that an organisation of this node had said and this node has forgotten: kept as
 * its own, readable, in line for every reader and for the log, and its order goes on behind it. Proven
 * by the organisation's own signature, whoever hands it over; twice is once.
 */
export async function restoreOwn(app: App, tx: Tx, record: Signed, keyOf: KeyOf): Promise<void> {
  const digest = digestOf(record)
  const read = readRecord(record, keyOf)
  if ('fault' in read) {
    app.log.error({ digest, fault: read.fault }, 'an own record is not taken back')
    return
  }
  const { header, object } = read
  const at = app.clock()
  const head = await lockHead(tx, header)
  if (await isPlaceTaken(app, tx, header, digest)) return
  const told = object.type === 'audience' ? AudienceObject.safeParse(object).data : undefined
  const version = told && audienceVersion(told)
  const versions = await listAudienceVersions(tx, header.aud)
  const current = effectiveAt(versions, at) ?? versions[0]
  const audiences = [current, version].filter((one) => one !== undefined)
  if (audiences.length === 0) {
    app.log.error({ digest, audience: header.aud }, 'an own record is of an audience unknown here')
    return
  }
  const withdrawn = await isWithdrawn(tx, header.org, object)
  const readers = readersOf(header.org, audiences)
  const kept: Kept = {
    ...{ digest, header, object, readers, marking: markingOf(object), at },
    ...{ statement: withdrawn ? null : record, from: null, waiting: false },
  }
  await keepRecord(tx, kept)
  if (header.aseq > head.seq) {
    await moveHead(tx, header, { seq: header.aseq, digest, known_seq: header.aseq })
  }
  if (withdrawn) await markWithdrawn(tx, digest, at)
  else await giveEffect(app, tx, kept)
  await queueRecord(tx, kept, urgencyOf(object.type))
  await appendToLog(tx, header.org, digest)
}

/** Here already; or this node has itself put something else in its place, and people must look. */
async function isPlaceTaken(app: App, tx: Tx, { org, aud, aseq }: RecordHeader, digest: string) {
  const there = await tx
    .selectFrom('network_record')
    .select('digest')
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .where('seq', '=', aseq)
    .executeTakeFirst()
  if (there && there.digest !== digest) {
    app.log.error({ organisation: org, audience: aud, seq: aseq }, 'an own place is taken twice')
  }
  return there !== undefined
}

const markWithdrawn = (tx: Tx, digest: Kept['digest'], at: Instant) =>
  tx.updateTable('network_record').set({ withdrawn_at: at }).where('digest', '=', digest).execute()

async function giveEffect(app: App, tx: Tx, kept: Kept): Promise<void> {
  const { object } = kept
  // What keeps the network going acts as it does elsewhere; what people did is not done once more.
  if (['audience', 'audience-key', 'withdrawal'].includes(object.type)) {
    await bringIntoEffect(app, tx, kept)
  } else if (isForPeople(object.type)) {
    await shareObject(tx, kept)
  }
  if (object.type === 'audience') await settleAudience(app, tx, kept)
  if (object.type === 'withdrawal') await settleWithdrawal(tx, kept)
}

/** It was made before the restore, and what came of it then is not to come of it again. */
async function settleAudience(app: App, tx: Tx, { header, object, at }: Kept): Promise<void> {
  const told = audienceVersion(AudienceObject.parse(object))
  const { id, version, organisation, audience, excluded } = told
  if (organisation !== header.org) return
  const isInEffect = told.effectiveAt <= at
  await tx
    .updateTable('audience')
    .set({ made_at: object.modified as Instant, ...(isInEffect && { applied_at: at }) })
    .where('id', '=', id)
    .where('version', '=', version)
    .execute()
  const isCurrent = effectiveAt(await listAudienceVersions(tx, id), at)?.version === version
  if (!isCurrent) return
  const readers = { audience: [...audience], excluded: [...excluded] }
  await tx.updateTable('shared_object').set(readers).where('audience_id', '=', id).execute()
  const matter = await tx
    .updateTable('matter')
    .set(readers)
    .where('id', '=', id as string as MatterId)
    .where('organisation', '=', organisation)
    .returning('id')
    .executeTakeFirst()
  // A matter's own audience goes on being told of it.
  if (!matter) return
  const sharing = { kind: 'matter', audience: id, redacted: [], asksWhoRead: false } as const
  await keepSharing(app, tx, { organisation, item: matter.id }, sharing)
}

async function settleWithdrawal(tx: Tx, { digest, header, object, readers, at }: Kept) {
  const { target_ref, class: of, created, versions } = WithdrawalObject.parse(object)
  // What is gone for good stood in the log all the same.
  for (const version of versions) await appendToLog(tx, header.org, version.digest)
  const id = newId<WithdrawalId>()
  const row = { id, organisation: header.org, object_id: target_ref, class: of }
  const made = await tx
    .insertInto('withdrawal')
    .values({ ...row, reason: null, withdrawn_by: null, withdrawn_at: created as Instant })
    .onConflict((conflict) => conflict.column('object_id').doNothing())
    .executeTakeFirstOrThrow()
  if (made.numInsertedOrUpdatedRows !== 1n) return
  const told = [{ record: digest, audience: header.aud, readers: readers.audience }]
  await expectReceipts(tx, { withdrawal: id, organisation: header.org, told, at })
}
