import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Refusal } from '@tocsin/domain/network.ts'
import { digestOf, payloadOf, readHeader, type Signed } from '@tocsin/records/jws.ts'
import { RecordedObject, RecordHeader } from '@tocsin/records/record.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { openVault } from '../identity/secrets.ts'
import { isTakenBack } from './tombstones.ts'

/** How many are kept of each member: the latest. */
const KEPT = 500
/** What is longer is kept as its digest and size; so is what was taken back, however it was altered. */
const KEPT_BYTES = 65_536

type Refused = {
  readonly record: Signed
  readonly from: OrganisationId
  readonly reason: Refusal
  readonly at: Instant
}

/** Keeps what was refused and why, the bytes sealed, so that somebody can look into it. */
export async function quarantine(
  app: App,
  tx: Tx,
  { record, from, reason, at }: Refused,
): Promise<void> {
  const id = newId<string>()
  const header = readHeader(RecordHeader, record)
  const text = JSON.stringify(record)
  const said = RecordedObject.safeParse(payloadOf(record)).data
  const isGone = said !== undefined && (await isTakenBack(tx, said.id))
  const isKept = text.length <= KEPT_BYTES && !isGone
  const vault = await openVault(app.node.home)
  const row = {
    id,
    member: from,
    digest: digestOf(record),
    author: header?.org ?? null,
    audience_id: header?.aud ?? null,
    reason,
    size: text.length,
    sealed: isKept ? vault.seal(text, `quarantine-${id}`) : null,
    refused_at: at,
  }
  await tx.insertInto('quarantined_record').values(row).execute()
  await sql`delete from quarantined_record where id in (select id from quarantined_record
    where member = ${from} order by refused_at desc, id desc offset ${KEPT})`.execute(tx)
}
