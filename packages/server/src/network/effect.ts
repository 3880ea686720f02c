import { Audience } from '@tocsin/domain/audience.ts'
import { isForPeople, type Refusal } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { type RecordHeader, readKept } from '@tocsin/records/record.ts'
import { sql } from 'kysely'
import { ZodError } from 'zod'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { type Kept, shareObject } from './keep.ts'
import { moveHead } from './order.ts'
import { quarantine } from './quarantine.ts'
import { ReceivedType } from './receivers.ts'

/**
 * Makes a record readable and lets its area act on it. What its area refuses leaves nothing behind
 * but its place in its author's order.
 */
export async function bringIntoEffect(app: App, tx: Tx, kept: Kept): Promise<Refusal | undefined> {
  await sql`savepoint effect`.execute(tx)
  const refused = await act(app, tx, kept).catch((error: unknown): Refusal => {
    if (error instanceof Problem && error.code === 'withdrawal.not-own') return 'not-the-author'
    if (error instanceof Problem || error instanceof ZodError) return 'not-accepted'
    throw error
  })
  if (refused) await sql`rollback to savepoint effect`.execute(tx)
  await sql`release savepoint effect`.execute(tx)
  const fate = refused ? { waiting: false, statement: null } : { waiting: false }
  if (refused || kept.waiting) {
    await tx.updateTable('network_record').set(fate).where('digest', '=', kept.digest).execute()
  }
  return refused
}

async function act(app: App, tx: Tx, kept: Kept): Promise<Refusal | undefined> {
  const { header, object } = kept
  if (isForPeople(object.type) && !(await isOutdated(tx, kept))) {
    const shared = await shareObject(tx, { ...kept, audienceId: header.aud })
    if (shared === 'not-the-author') return shared
  }
  const type = ReceivedType.safeParse(object.type)
  if (type.success) await app.receivers[type.data](app, tx, header, object)
  return undefined
}

/** Whether its author has told the same audience a later version, which had effect before this came. */
export async function isOutdated(tx: Tx, { header, object }: Kept): Promise<boolean> {
  const later = await tx
    .selectFrom('shared_object')
    .innerJoin('network_record', 'network_record.digest', 'shared_object.digest')
    .select('shared_object.id')
    .where('shared_object.id', '=', object.id)
    .where('network_record.organisation', '=', header.org)
    .where('network_record.audience_id', '=', header.aud)
    .where('network_record.seq', '>', header.aseq)
    .executeTakeFirst()
  return later !== undefined
}

/** Whatever waited only for the record that has just taken its place has its effect now, in order. */
export async function bringNextIntoEffect(
  app: App,
  tx: Tx,
  { org, aud, aseq }: RecordHeader,
): Promise<void> {
  for (let seq = aseq + 1; ; seq += 1) {
    const row = await tx
      .selectFrom('network_record')
      .select(['digest', 'organisation', 'audience', 'excluded', 'marking', 'statement'])
      .select(['received_from', 'waiting'])
      .where('organisation', '=', org)
      .where('audience_id', '=', aud)
      .where('seq', '=', seq)
      .executeTakeFirst()
    if (!row) return
    await moveHead(tx, { org, aud }, { seq, digest: row.digest })
    if (!row.waiting || !row.statement || !row.received_from) continue
    const record = Signed.parse(row.statement)
    const at = app.clock()
    const kept: Kept = {
      ...readKept(record),
      digest: row.digest,
      readers: Audience.parse(row),
      marking: row.marking,
      statement: record,
      from: row.received_from,
      waiting: true,
      at,
    }
    const reason = await bringIntoEffect(app, tx, kept)
    if (reason) await quarantine(app, tx, { record, from: row.received_from, reason, at })
  }
}
