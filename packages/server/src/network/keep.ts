import type { Audience, Marking } from '@tocsin/domain/audience.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { type AudienceId, type Refusal, Urgency } from '@tocsin/domain/network.ts'
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
  return (await keepRecords(tx, [kept])) === 1
}

/** Keeps those that are not here already; answers how many that were. */
export async function keepRecords(tx: Tx, all: readonly Kept[]): Promise<number> {
  const rows = all.map(({ header, object, ...kept }) => ({
    digest: kept.digest,
    ...readersRow(kept.readers),
    audience_id: header.aud,
    epoch: header.aep,
    seq: header.aseq,
    previous: header.aprev,
    object_type: object.type,
    object_id: object.id,
    modified: object.modified,
    marking: kept.marking,
    statement: kept.statement,
    received_from: kept.from,
    kept_at: kept.at,
    waiting: kept.waiting,
  }))
  const { numAffectedRows } = await sql`insert into network_record (digest, organisation, audience,
      excluded, audience_id, epoch, seq, previous, object_type, object_id, modified, marking,
      statement, received_from, kept_at, waiting)
    select digest, organisation, audience, excluded, audience_id, epoch, seq, previous, object_type,
      object_id, modified, marking, statement, received_from, kept_at, waiting
    from jsonb_to_recordset(${JSON.stringify(rows)}) as record (digest char(64), organisation uuid,
      audience uuid[], excluded uuid[], audience_id uuid, epoch int, seq int, previous char(64),
      object_type text, object_id text, modified timestamptz, marking text, statement jsonb,
      received_from uuid, kept_at timestamptz, waiting boolean)
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

const readersRow = ({ organisation, audience, excluded }: Audience) => ({
  organisation,
  audience: [...audience],
  excluded: [...excluded],
})

type Shared = Pick<Kept, 'digest' | 'header' | 'object' | 'readers' | 'marking' | 'at'>

/** As the newest version of an object is kept. */
type Version = Audience & {
  readonly id: string
  readonly audience_id: AudienceId
  readonly modified: string
  /** Its record's place in its author's order. */
  readonly seq: number
}

type Fresh = Version & {
  readonly digest: Sha256
  readonly type: string
  readonly object: RecordedObject
  readonly marking: Marking
  readonly created: string
  readonly kept_at: Instant
}

/** Makes an object readable, as `shareObjects` does. */
export async function shareObject(tx: Tx, shared: Shared): Promise<Refusal | undefined> {
  return (await shareObjects(tx, [shared]))[0]
}

/**
 * Makes objects readable, one after the other, each as the newest version that its author told. In
 * one audience the later record counts, whatever its date; told to several audiences, one version is
 * read by all of them, and a newer one only by those whom it was told. Answers for each why it was
 * refused, if it was: for what its author may not say, or for a reason of the caller's.
 */
export async function shareObjects<One extends Shared>(
  tx: Tx,
  all: readonly One[],
  refusalOf: (one: One) => Refusal | undefined = () => undefined,
): Promise<readonly (Refusal | undefined)[]> {
  const versions = await listNewest(
    tx,
    all.map(({ object }) => object.id),
  )
  const fresh = new Map<string, Fresh>()
  const refusals = all.map((one): Refusal | undefined => {
    const before = versions.get(one.object.id)
    if (before && before.organisation !== one.readers.organisation) return 'not-the-author'
    const refusal = refusalOf(one)
    if (refusal) return refusal
    const version = isNewer(one, before) ? versionOf(one, before) : undefined
    if (!version) return undefined
    versions.set(version.id, version)
    // What an object is and when it was made stay as they were.
    const { type, created } = fresh.get(version.id) ?? version
    // It takes its place after what was told before it.
    fresh.delete(version.id)
    fresh.set(version.id, { ...version, type, created })
    return undefined
  })
  if (fresh.size > 0) await keepNewest(tx, [...fresh.values()])
  return refusals
}

async function listNewest(tx: Tx, ids: readonly string[]): Promise<Map<string, Version>> {
  const { rows } = await sql<Version>`select id, shared.organisation, shared.audience,
      shared.excluded, shared.audience_id, shared.modified, record.seq
    from shared_object as shared join network_record as record on record.digest = shared.digest
    where shared.id = any (${ids})`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** In its own audience by its place, since what was said later may have had its effect earlier. */
function isNewer({ header, object }: Shared, before: Version | undefined): boolean {
  if (!before) return true
  return before.audience_id === header.aud
    ? before.seq <= header.aseq
    : before.modified <= object.modified
}

function versionOf({ header, object, readers, ...shared }: Shared, before?: Version): Fresh {
  const isSame = before?.audience_id !== header.aud && before?.modified === object.modified
  return {
    ...readersRow(before && isSame ? joined(before, readers) : readers),
    id: object.id,
    audience_id: header.aud,
    modified: object.modified,
    seq: header.aseq,
    digest: shared.digest,
    type: object.type,
    object,
    marking: shared.marking,
    created: object.created,
    kept_at: shared.at,
  }
}

/** A new version is read anew by those who read on from where they were. */
async function keepNewest(tx: Tx, all: readonly Fresh[]): Promise<void> {
  await sql`insert into shared_object (id, digest, organisation, audience_id, audience, excluded,
      type, object, marking, created, modified, kept_at)
    select id, digest, organisation, audience_id, audience, excluded, type, object, marking, created,
      modified, kept_at
    from jsonb_to_recordset(${JSON.stringify(all)}) as shared (id text, digest char(64),
      organisation uuid, audience_id uuid, audience uuid[], excluded uuid[], type text, object jsonb,
      marking text, created timestamptz, modified timestamptz, kept_at timestamptz)
    on conflict (id) do update set digest = excluded.digest, organisation = excluded.organisation,
      audience_id = excluded.audience_id, audience = excluded.audience, excluded = excluded.excluded,
      object = excluded.object, marking = excluded.marking, modified = excluded.modified,
      kept_at = excluded.kept_at, added_us = null`.execute(tx)
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
