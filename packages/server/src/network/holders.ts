import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { ErasedList, ErasedPart } from '@tocsin/records/stix/withdrawal.ts'
import { eraseFile } from '../attachments/erase.ts'
import type { Tx } from '../database/database.ts'
import type { ActionPlanTables } from '../database/schema/action-plans.ts'
import type { AgendaTables } from '../database/schema/agendas.ts'
import type { AuditTables } from '../database/schema/audit.ts'
import type { CalendarTables } from '../database/schema/calendar.ts'
import type { DocketTables } from '../database/schema/docket.ts'
import type { ExerciseTables } from '../database/schema/exercises.ts'
import type { LiaisonTables } from '../database/schema/liaison.ts'
import type { PeopleTables } from '../database/schema/people.ts'
import type { RiskTables } from '../database/schema/risk.ts'
import type { SourceTables } from '../database/schema/sources.ts'
import type { Schema } from '../database/schema.ts'

/** What is erased: an object in all of its versions, by its creator. */
export type Target = {
  readonly organisation: OrganisationId
  readonly object: string
  readonly withdrawnAt: Instant
}

/** Removes whatever a table holds of the object; answers how many rows held something. */
type Erase = (tx: Tx, target: Target) => Promise<number>

type Holder = { readonly part: ErasedPart; readonly erase: Erase } | 'holds no content'

/** Tables of the areas that hold what is written here, and never what is shared. */
type OwnTables = ActionPlanTables &
  AgendaTables &
  AuditTables &
  CalendarTables &
  DocketTables &
  ExerciseTables &
  LiaisonTables &
  PeopleTables &
  RiskTables &
  SourceTables

/**
 * Everything that may hold what somebody shared. A new table that is not named here does not compile:
 * whoever makes one says how it forgets, or that it holds no content.
 */
const holders: Readonly<Record<Exclude<keyof Schema, keyof OwnTables>, Holder>> = {
  // Before the objects that tell of it. Its name and key go with the sealed bytes, and so do their pieces.
  blob: { part: 'attachment', erase: eraseFile },
  attachment: 'holds no content',
  blob_piece: 'holds no content',
  // Before the records themselves, which it finds them by.
  record_queue: { part: 'outgoing', erase: eraseOutgoing },
  network_record: { part: 'record', erase: eraseRecords },
  barred_record: { part: 'quarantine', erase: eraseBarred },
  shared_object: { part: 'object', erase: eraseObject },
  audience: 'holds no content',
  audience_key: 'holds no content',
  audience_terms: 'holds no content',
  awaited_answer: 'holds no content',
  awaited_entry: 'holds no content',
  consultation_look: 'holds no content',
  // One's own words before they are said: what they answer was cut off.
  mailed_reply: 'holds no content',
  room_notice: 'holds no content',
  // Sealed to somebody else: nobody here can open it, and its reader's tombstone meets it there.
  carried_record: 'holds no content',
  ended_log: 'holds no content',
  erasure: 'holds no content',
  erasure_task: 'holds no content',
  exchange_hour: 'holds no content',
  fingerprint_typing: 'holds no content',
  known_log: 'holds no content',
  log_checkpoint: 'holds no content',
  log_cosignature: 'holds no content',
  log_entry: 'holds no content',
  log_finding: 'holds no content',
  log_tile: 'holds no content',
  member: 'holds no content',
  member_directory: 'holds no content',
  member_key: 'holds no content',
  missing_record: 'holds no content',
  network_client: 'holds no content',
  node_account: 'holds no content',
  organisation_key_end: 'holds no content',
  peer: 'holds no content',
  push_status: 'holds no content',
  quarantine_trim: 'holds no content',
  // Sealed: opened and looked through by the round (erasure-round.ts).
  quarantined_record: 'holds no content',
  record_head: 'holds no content',
  request_nonce: 'holds no content',
  sharing: 'holds no content',
  sharing_stop: 'holds no content',
  sync_cursor: 'holds no content',
  taken_up: 'holds no content',
  tombstone: 'holds no content',
  transparency_log: 'holds no content',
  trust_file: 'holds no content',
  withdrawal: 'holds no content',
}

/** Erases an object from every table, in the caller's transaction and as the node itself. */
export async function eraseRows(tx: Tx, target: Target): Promise<ErasedList> {
  const erased: ErasedList[number][] = []
  for (const holder of Object.values(holders)) {
    if (holder === 'holds no content') continue
    const count = await holder.erase(tx, target)
    if (count > 0) erased.push({ part: holder.part, count })
  }
  return erased
}

/** What waits to leave names its record; the withdrawal that follows closes the gap. */
async function eraseOutgoing(tx: Tx, { organisation, object }: Target): Promise<number> {
  const rows = await tx
    .deleteFrom('record_queue')
    .where('taken_at', 'is', null)
    .where('digest', 'in', (records) =>
      records
        .selectFrom('network_record')
        .select('digest')
        .where('organisation', '=', organisation)
        .where('object_id', '=', object),
    )
    .returning('id')
    .execute()
  return rows.length
}

/** The place in its author's order stays, with the digest, so that the order still holds. */
async function eraseRecords(
  tx: Tx,
  { organisation, object, withdrawnAt }: Target,
): Promise<number> {
  const rows = await tx
    .updateTable('network_record')
    .set({ statement: null, waiting: false, withdrawn_at: withdrawnAt })
    .where('organisation', '=', organisation)
    .where('object_id', '=', object)
    .where('withdrawn_at', 'is', null)
    .returning('digest')
    .execute()
  return rows.length
}

async function eraseBarred(tx: Tx, { organisation, object }: Target): Promise<number> {
  const rows = await tx
    .deleteFrom('barred_record')
    .where('organisation', '=', organisation)
    .where('object_id', '=', object)
    .returning('digest')
    .execute()
  return rows.length
}

async function eraseObject(tx: Tx, { organisation, object }: Target): Promise<number> {
  const rows = await tx
    .deleteFrom('shared_object')
    .where('organisation', '=', organisation)
    .where('id', '=', object)
    .returning('id')
    .execute()
  return rows.length
}
