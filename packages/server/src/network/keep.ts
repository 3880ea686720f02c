import type { Audience, Marking } from '@tocsin/domain/audience.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { type AudienceId, Urgency } from '@tocsin/domain/network.ts'
import type { Signed } from '@tocsin/records/jws.ts'
import type { RecordedObject, RecordHeader } from '@tocsin/records/record.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

/** A record as this node keeps it. */
export type Kept = {
  readonly digest: Sha256
  readonly header: RecordHeader
  readonly object: RecordedObject
  readonly readers: Audience
  readonly marking: Marking
  /** Nothing but the place in its author's order is kept of a record that was refused. */
  readonly statement: Signed | null
  readonly from: OrganisationId | null
  readonly waiting: boolean
  readonly at: Instant
}

/** Keeps a record; false where it is here already. */
export async function keepRecord(tx: Tx, kept: Kept): Promise<boolean> {
  const { digest, header, object, readers, marking, statement, from, waiting, at } = kept
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('network_record')
    .values({
      digest,
      ...readersRow(readers),
      audience_id: header.aud,
      epoch: header.aep,
      seq: header.aseq,
      previous: header.aprev,
      object_type: object.type,
      object_id: object.id,
      modified: object.modified as Instant,
      marking,
      statement: statement && JSON.stringify(statement),
      received_from: from,
      kept_at: at,
      waiting,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

const readersRow = ({ organisation, audience, excluded }: Audience) => ({
  organisation,
  audience: [...audience],
  excluded: [...excluded],
})

type Shared = Omit<Kept, 'statement' | 'from' | 'waiting' | 'header'> & {
  readonly audienceId: AudienceId
}

/**
 * Makes an object readable, as the newest version that its author told. In one audience the later
 * record counts, whatever its date; told to several audiences, one version is read by all of them,
 * and a newer one only by those whom it was told.
 */
export async function shareObject(tx: Tx, shared: Shared): Promise<'shared' | 'not-the-author'> {
  const { digest, object, readers, marking, at, audienceId } = shared
  const before = await tx
    .selectFrom('shared_object')
    .select(['organisation', 'audience', 'excluded', 'audience_id', 'modified'])
    .where('id', '=', object.id)
    .executeTakeFirst()
  if (before && before.organisation !== readers.organisation) return 'not-the-author'
  const isOther = before !== undefined && before.audience_id !== audienceId
  if (isOther && before.modified > object.modified) return 'shared'
  const isSame = isOther && before.modified === object.modified
  const row = {
    digest,
    ...(isSame ? readersRow(joined(before, readers)) : readersRow(readers)),
    audience_id: audienceId,
    object: JSON.stringify(object),
    marking,
    modified: object.modified as Instant,
    kept_at: at,
    // A new version is read anew by those who read on from where they were.
    added_us: null,
  }
  await tx
    .insertInto('shared_object')
    .values({ ...row, id: object.id, type: object.type, created: object.created as Instant })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  return 'shared'
}

/** Those of both; whom one of them shuts out stays out. */
function joined(one: Audience, other: Audience): Audience {
  return {
    organisation: one.organisation,
    audience: [...new Set([...one.audience, ...other.audience])],
    excluded: [...new Set([...one.excluded, ...other.excluded])],
  }
}

/** Puts a record in line for the node of each reader that is elsewhere, whatever is wrong with it now. */
export async function queueRecord(
  tx: Tx,
  { digest, readers, at }: Pick<Kept, 'digest' | 'readers' | 'at'>,
  urgency: Urgency,
): Promise<void> {
  const members = readers.audience.filter((who) => isInAudience(readers, who))
  if (members.length === 0) return
  await sql`insert into record_queue (member, digest, organisation, urgency, next_at, made_at)
    select organisation, ${digest}, ${readers.organisation},
      ${Urgency.options.indexOf(urgency)}, ${at}, ${at}
    from member where state = 'pinned' and organisation = any (${members})`.execute(tx)
}
