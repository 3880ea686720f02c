import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayBeTakenLater, Refusal } from '@tocsin/domain/network.ts'
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
}

const TAKEN_LATER = Refusal.options.filter(mayBeTakenLater)

/** What came too early and has been taken since was not refused: people need not look into it. */
export async function endQuarantine(tx: Tx, taken: readonly Sha256[]): Promise<void> {
  if (taken.length === 0) return
  await tx
    .deleteFrom('quarantined_record')
    .where('digest', 'in', [...taken])
    .where('reason', 'in', TAKEN_LATER)
    .execute()
}

/**
 * Keeps of each member the latest that were refused, and counts what makes room for them, by reason
 * and day. A round of its own does this, so that members whose records are refused wait for no other.
 */
export async function trimQuarantine(app: App): Promise<void> {
  await app.db.as(system, (tx) =>
    sql`with crowded as (
        select member from quarantined_record group by member having count(*) > ${KEPT}
      ), ranked as (
        select id, row_number() over (partition by member order by refused_at desc, id desc) as place
        from quarantined_record where member in (select member from crowded)
      ), gone as (
        delete from quarantined_record where id in (select id from ranked where place > ${KEPT})
        returning member, reason, refused_at
      )
      insert into quarantine_trim (member, reason, day, n, last_at)
      select member, reason, (refused_at at time zone 'UTC')::date, count(*), max(refused_at)
      from gone group by 1, 2, 3
      on conflict (member, reason, day) do update set n = quarantine_trim.n + excluded.n,
        last_at = greatest(quarantine_trim.last_at, excluded.last_at)`.execute(tx),
  )
}
