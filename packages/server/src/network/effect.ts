import { Audience } from '@tocsin/domain/audience.ts'
import { isForPeople, type Refusal } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { type RecordedObject, type RecordHeader, readKept } from '@tocsin/records/record.ts'
import { sql } from 'kysely'
import { ZodError } from 'zod'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { type Kept, shareObjects } from './keep.ts'
import { moveHead } from './order.ts'
import { quarantine } from './quarantine.ts'
import { ReceivedType } from './receivers.ts'

/**
 * Makes a record readable and lets its area act on it. What its area refuses leaves nothing behind
 * but its place in its author's order.
 */
export async function bringIntoEffect(app: App, tx: Tx, kept: Kept): Promise<Refusal | undefined> {
  await sql`savepoint effect`.execute(tx)
  const refused = await act(app, tx, kept).catch(refusalOf)
  if (refused) await sql`rollback to savepoint effect`.execute(tx)
  await sql`release savepoint effect`.execute(tx)
  if (refused) await forget(tx, [kept])
  else if (kept.waiting) {
    await tx
      .updateTable('network_record')
      .set({ waiting: false })
      .where('digest', '=', kept.digest)
      .execute()
  }
  return refused
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Problem && error.code === 'withdrawal.not-own') return 'not-the-author'
  if (error instanceof Problem || error instanceof ZodError) return 'not-accepted'
  throw error
}

async function act(app: App, tx: Tx, kept: Kept): Promise<Refusal | undefined> {
  const [refusal] = await readable(app, tx, [kept])
  const receiver = receiverOf(app, kept.object)
  if (!refusal && receiver && !('check' in receiver)) {
    await receiver(app, tx, kept.header, kept.object)
  }
  return refusal
}

const receiverOf = (app: App, { type }: RecordedObject) => {
  const received = ReceivedType.safeParse(type).data
  return received && app.receivers[received]
}

/** Whether nothing comes of its arrival but that it is read. */
export function isOnlyRead(app: App, object: RecordedObject): boolean {
  const receiver = receiverOf(app, object)
  return isForPeople(object.type) && (!receiver || 'check' in receiver)
}

/** The same as `bringIntoEffect` for records that are only read, which wait for nothing any more. */
export async function bringAllIntoEffect(
  app: App,
  tx: Tx,
  all: readonly Kept[],
): Promise<readonly (Refusal | undefined)[]> {
  if (all.length === 0) return []
  const refusals = await readable(app, tx, all)
  await forget(
    tx,
    all.filter((_, index) => refusals[index]),
  )
  return refusals
}

/** Makes readable what is for people. */
async function readable(
  app: App,
  tx: Tx,
  all: readonly Kept[],
): Promise<readonly (Refusal | undefined)[]> {
  if (!all.every(({ object }) => isForPeople(object.type))) return []
  return shareObjects(tx, all, ({ header, object }) => {
    const receiver = receiverOf(app, object)
    try {
      if (receiver && 'check' in receiver) receiver.check(header, object)
      return undefined
    } catch (error) {
      return refusalOf(error)
    }
  })
}

/** Of what was refused nothing is left but its place. */
async function forget(tx: Tx, refused: readonly Kept[]): Promise<void> {
  if (refused.length === 0) return
  await sql`update network_record set waiting = false, statement = null
    where digest = any (${refused.map(({ digest }) => digest)})`.execute(tx)
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
