import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { nextAsk, type ObjectId, type WithdrawalId } from '@tocsin/domain/withdrawal.ts'
import type { ErasedList, ErasureReceipt } from '@tocsin/records/stix/withdrawal.ts'
import type { Tx } from '../database/database.ts'
import type { Told } from './tell-withdrawal.ts'

type Task = {
  readonly record: Sha256
  readonly reader: OrganisationId
  readonly organisation: OrganisationId
  readonly object: ObjectId
  readonly erased: ErasedList
  readonly at: Instant
}

/** Puts in line what is still to be done once the tables are erased. */
export async function addTask(tx: Tx, { object, erased, at, ...task }: Task): Promise<void> {
  await tx
    .insertInto('erasure_task')
    .values({ ...task, object_id: object, erased: JSON.stringify(erased), came_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

type Expected = {
  readonly withdrawal: WithdrawalId
  readonly organisation: OrganisationId
  readonly told: readonly Told[]
  readonly at: Instant
}

/** Notes who elsewhere must erase: each is asked again until it has answered. */
export async function expectReceipts(tx: Tx, { told, at, ...own }: Expected): Promise<void> {
  for (const { record, readers } of told) {
    if (readers.length === 0) continue
    const members = await tx
      .selectFrom('member')
      .select('organisation')
      .where('organisation', 'in', [...readers])
      .execute()
    const rows = members.map(({ organisation: reader }) => ({
      ...{ ...own, reader, record, next_ask_at: nextAsk(at, 0) },
    }))
    if (rows.length === 0) continue
    await tx
      .insertInto('erasure')
      .values(rows)
      // Told in two audiences, it answers once.
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Takes a reader's word that it erased; one that says what it held counts more than a repetition. */
export async function takeReceipt(
  tx: Tx,
  reader: OrganisationId,
  { target_ref, erased }: ErasureReceipt,
  at: Instant,
): Promise<void> {
  await tx
    .updateTable('erasure')
    .set({ erased: JSON.stringify(erased), receipted_at: at })
    .where('reader', '=', reader)
    .where('withdrawal', 'in', (own) =>
      own.selectFrom('withdrawal').select('id').where('object_id', '=', target_ref),
    )
    .where((eb) => (erased.length > 0 ? eb.lit(true) : eb('receipted_at', 'is', null)))
    .execute()
}
