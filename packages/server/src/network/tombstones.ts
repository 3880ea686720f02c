import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { type ObjectId, settle, type Tombstone } from '@tocsin/domain/withdrawal.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

type Named = { readonly organisation: OrganisationId; readonly object: string }

/** Tells this lock apart from others that are kept by number. */
const LOCK = 1_108_021

type Said = { readonly organisation: OrganisationId; readonly object: RecordedObject }

/**
 * Which of these objects their creator took back. Asked in the transaction that would keep a version
 * of them, and before that holds anything else: of a version and a withdrawal that arrive at once, one
 * waits for the other, so that no version slips in beside its tombstone.
 */
export async function listWithdrawn(tx: Tx, all: readonly Said[]): Promise<(one: Said) => boolean> {
  for (const { object } of all) {
    if (typeof object['target_ref'] === 'string') await holdObject(tx, object['target_ref'])
  }
  const ids = all.map(({ object }) => object.id)
  await sql`select pg_advisory_xact_lock_shared(${LOCK}, hash) from (select distinct hashtext(id) as hash
    from unnest(${ids}::text[]) as id order by hash) as named`.execute(tx)
  const { rows } = await sql<Named>`select organisation, object_id as object from tombstone
    where object_id = any (${ids})`.execute(tx)
  return ({ organisation, object }) =>
    rows.some((row) => row.organisation === organisation && row.object === object.id)
}

/** The same for one. */
export async function isWithdrawn(
  tx: Tx,
  organisation: OrganisationId,
  object: RecordedObject,
): Promise<boolean> {
  const said = { organisation, object }
  return (await listWithdrawn(tx, [said]))(said)
}

/** Whether anybody took back an object of that name: asked of copies whose author is not proven. */
export async function isTakenBack(tx: Tx, object: string): Promise<boolean> {
  const row = await tx
    .selectFrom('tombstone')
    .select('object_id')
    .where('object_id', '=', object as ObjectId)
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps everybody else from making a version of the object, or taking it back, until the end. */
export async function holdObject(tx: Tx, object: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${object}))`.execute(tx)
}

export async function findTombstone(
  tx: Tx,
  { organisation, object }: Named,
): Promise<Tombstone | undefined> {
  const row = await tx
    .selectFrom('tombstone')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('object_id', '=', object as ObjectId)
    .executeTakeFirst()
  return (
    row && {
      organisation: row.organisation,
      object: row.object_id,
      class: row.class,
      withdrawnAt: row.withdrawn_at,
    }
  )
}

/** Puts up a tombstone that stays; of several for one object all nodes end with the same. */
export async function putTombstone(tx: Tx, tombstone: Tombstone): Promise<void> {
  await holdObject(tx, tombstone.object)
  const before = await findTombstone(tx, tombstone)
  const { organisation, object, ...left } = before ? settle(before, tombstone) : tombstone
  const row = { class: left.class, withdrawn_at: left.withdrawnAt }
  await tx
    .insertInto('tombstone')
    .values({ organisation, object_id: object, ...row })
    .onConflict((conflict) => conflict.columns(['organisation', 'object_id']).doUpdateSet(row))
    .execute()
}
