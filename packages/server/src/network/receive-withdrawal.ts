import { system } from '@tocsin/domain/actor.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { isWithdrawable, type Tombstone } from '@tocsin/domain/withdrawal.ts'
import type { RecordHeader } from '@tocsin/records/record.ts'
import { identityRef } from '@tocsin/records/stix/shared-object.ts'
import { ErasureReceipt, WithdrawalObject } from '@tocsin/records/stix/withdrawal.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { bringNextIntoEffect } from './effect.ts'
import { addTask, takeReceipt } from './erasures.ts'
import { eraseRows } from './holders.ts'
import { keepRecord } from './keep.ts'
import { takePlace } from './order.ts'
import type { Receiver } from './receivers.ts'
import { putTombstone } from './tombstones.ts'
import { findOtherCreator } from './versions.ts'

/**
 * Erases what its creator takes back, whether it is here, comes later or comes again, and puts the
 * answer in line. Nobody takes back what another made.
 */
export const receiveWithdrawal: Receiver = async (app, tx, header, object) => {
  const told = WithdrawalObject.parse(object)
  const { org } = header
  if (!isWithdrawable(told.target_ref)) throw new Problem('withdrawal.not-withdrawable')
  const isOwn = told.created_by_ref === identityRef(org)
  if (!isOwn || (await findOtherCreator(tx, told.target_ref, org))) {
    throw new Problem('withdrawal.not-own')
  }
  const at = app.clock()
  const tombstone: Tombstone = {
    organisation: org,
    object: told.target_ref,
    class: told.class,
    withdrawnAt: told.created as Instant,
  }
  await putTombstone(tx, tombstone)
  const erased = await eraseRows(tx, tombstone)
  await closeGaps(app, tx, header, told)
  const { digest, readers } = await listReadersHere(tx, header)
  for (const reader of readers) {
    const task = { record: digest, reader, organisation: org, object: told.target_ref }
    await addTask(tx, { ...task, erased, at })
  }
  await recordAudit(tx, {
    at,
    actor: system,
    organisation: null,
    act: 'network.erased',
    subject: told.target_ref,
    details: { organisation: org, class: told.class, record: digest },
  })
}

/** The organisations of this node that could read the withdrawal: each answers its author. */
async function listReadersHere(tx: Tx, { org, aud, aseq }: RecordHeader) {
  const record = await tx
    .selectFrom('network_record')
    .select(['digest', 'organisation', 'audience', 'excluded'])
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .where('seq', '=', aseq)
    .where('object_type', '=', 'withdrawal')
    .executeTakeFirstOrThrow()
  const readers = record.audience.filter((who) => isInAudience(record, who))
  const elsewhere = await tx
    .selectFrom('member')
    .select('organisation')
    .where('organisation', 'in', readers)
    .execute()
  const isElsewhere = new Set(elsewhere.map(({ organisation }) => organisation))
  return { digest: record.digest, readers: readers.filter((who) => !isElsewhere.has(who)) }
}

/**
 * A version that is missing here will not come: its digest takes its place in the author's order, so
 * that what was said after it is heard.
 */
async function closeGaps(
  app: App,
  tx: Tx,
  header: RecordHeader,
  { target_ref, versions, created }: WithdrawalObject,
): Promise<void> {
  for (const { digest, audience, epoch, seq, previous } of versions) {
    if (audience !== header.aud || !(await isMissing(tx, header, seq))) continue
    const place = { ...header, aseq: seq, aprev: previous, aep: epoch }
    const at = app.clock()
    const taken = await takePlace(tx, { header: place, digest }, { at, joinedLate: false })
    await keepRecord(tx, {
      digest,
      header: place,
      object: {
        type: target_ref.split('--')[0] ?? '',
        spec_version: '2.1',
        id: target_ref,
        created,
        modified: created,
      },
      readers: { organisation: header.org, audience: [], excluded: [] },
      marking: 'TLP:RED',
      statement: null,
      from: null,
      waiting: false,
      at,
    })
    await tx
      .updateTable('network_record')
      .set({ withdrawn_at: created as Instant })
      .where('digest', '=', digest)
      .where('organisation', '=', header.org)
      .execute()
    if (taken === 'next') await bringNextIntoEffect(app, tx, place)
  }
}

async function isMissing(tx: Tx, { org, aud }: RecordHeader, seq: number): Promise<boolean> {
  const gap = await tx
    .selectFrom('missing_record')
    .select('from_seq')
    .where('organisation', '=', org)
    .where('audience_id', '=', aud)
    .where('from_seq', '<=', seq)
    .where('to_seq', '>=', seq)
    .executeTakeFirst()
  return gap !== undefined
}

/** A reader says that it erased what an organisation of this node took back. */
export const receiveErasureReceipt: Receiver = async (app, tx, { org }, object) => {
  if (object['kind'] !== 'erasure') return
  const receipt = ErasureReceipt.parse(object)
  if (receipt.created_by_ref !== identityRef(org)) throw new Problem('withdrawal.not-own')
  await takeReceipt(tx, org, receipt, app.clock())
}
