import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { signCheckpoint } from '@tocsin/records/log/checkpoint.ts'
import { emptyRoot, type Hash, isSameHash } from '@tocsin/records/log/tree.ts'
import { type Selectable, sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { askWitnesses } from './log-cosigning.ts'
import { recordFinding } from './log-findings.ts'
import { logSeed, originOfLog, paddingOf } from './log-keys.ts'
import { extendTiles, hashesOf } from './log-tiles.ts'
import { lastSigned } from './log-verify.ts'

/** A log grows at this pace whether its organisation is busy or not. */
export const CADENCE_MS = 60_000
/** And by multiples of this. */
const BATCH = 8
const MOST_AT_ONCE = 4096

/**
 * Gives what waits its place in each organisation's log, and signs. After a restore the log stands still
 * until another takes its place (log-anew.ts).
 */
export async function sequenceLogs(app: App): Promise<void> {
  const organisations = await app.db.as(system, (tx) =>
    tx
      .selectFrom('log_entry')
      .select('organisation')
      .where('index', 'is', null)
      .union(tx.selectFrom('transparency_log').select('organisation'))
      .except(tx.selectFrom('awaited_answer').select('organisation'))
      .execute(),
  )
  for (const { organisation } of organisations) {
    const log = await app.db.as(system, (tx) => openLog(app, tx, organisation))
    if (await isDue(app, log)) await sequence(app, organisation)
  }
}

export type Log = Selectable<Schema['transparency_log']>

/** Only what is due troubles the witnesses: nothing is signed before one of them has been asked. */
async function isDue(app: App, log: Log): Promise<boolean> {
  const isDueNow = await app.db.as(system, (tx) => isTime(app, tx, log))
  return isDueNow && (await askWitnesses(app, log.organisation))
}

async function isTime(app: App, tx: Tx, { organisation, size, signed_at }: Log): Promise<boolean> {
  if (size === 0 || addMilliseconds(signed_at, CADENCE_MS) <= app.clock()) return true
  const urgent = await waiting(tx, organisation).where('is_urgent', '=', true).executeTakeFirst()
  return urgent !== undefined
}

/** The organisation's log; a new one begins with a signed tree without leaves. */
async function openLog(app: App, tx: Tx, organisation: OrganisationId): Promise<Log> {
  const find = () =>
    tx
      .selectFrom('transparency_log')
      .selectAll()
      .where('organisation', '=', organisation)
      .executeTakeFirst()
  const known = await find()
  if (known) return known
  const at = app.clock()
  const origin = originOfLog(app, organisation)
  const made = await tx
    .insertInto('transparency_log')
    .values({ organisation, origin, size: 0, signed_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!made) return (await find()) ?? Promise.reject(new Error(`another log is called ${origin}`))
  await sign(app, tx, made, emptyRoot)
  return made
}

async function sequence(app: App, organisation: OrganisationId): Promise<void> {
  await app.db.as(system, async (tx) => {
    if (!(await isOnlyOne(tx, organisation))) return
    const log = await tx
      .selectFrom('transparency_log')
      .selectAll()
      .where('organisation', '=', organisation)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (!(await isTime(app, tx, log)) || !(await mayGrow(app, tx, log))) return
    if (!(await isAsSigned(app, tx, log))) return
    const entries = await waiting(tx, organisation).limit(MOST_AT_ONCE).execute()
    const count = Math.max(1, Math.ceil(entries.length / BATCH)) * BATCH
    const padding = await paddingOf(app, log.origin)
    const digests = Array.from({ length: count }, (_, at) =>
      Buffer.from(entries[at]?.digest ?? padding(log.size + at), 'hex'),
    )
    await extendTiles(tx, organisation, log.size, digests)
    await place(
      tx,
      organisation,
      log.size,
      entries.map(({ digest }) => digest),
    )
    const size = log.size + count
    const [root] = await hashesOf(tx, organisation, [{ from: 0, to: size }])
    const at = app.clock()
    await tx
      .updateTable('transparency_log')
      .set({ size, signed_at: at })
      .where('organisation', '=', organisation)
      .execute()
    await sign(app, tx, { ...log, size }, root as Hash)
  })
}

/** The lease: whoever holds it until the transaction ends writes alone, over all processes. */
async function isOnlyOne(tx: Tx, organisation: OrganisationId): Promise<boolean> {
  const name = `tocsin-log-${organisation}`
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as held`.execute(tx)
  return rows[0]?.held === true
}

/**
 * A log that is smaller than what a witness has seen of it was restored from a backup: to sign would be
 * to fork it. It stands still, and what is to be in it waits.
 */
async function mayGrow(app: App, tx: Tx, log: Log): Promise<boolean> {
  if (log.size >= log.cosigned_size && !log.halted_at) return true
  if (log.halted_at) return false
  await tx
    .updateTable('transparency_log')
    .set({ halted_at: app.clock() })
    .where('organisation', '=', log.organisation)
    .execute()
  const evidence = { size: log.size, cosignedSize: log.cosigned_size }
  await recordFinding(app, tx, { origin: log.origin, kind: 'rollback', evidence })
  return false
}

/**
 * What was altered behind the node's back gets no new signature, or the check would hold it against that
 * one and find nothing. The log stands still, the check (log-verify.ts) names the entry and tells people.
 */
async function isAsSigned(app: App, tx: Tx, log: Log): Promise<boolean> {
  const signed = await lastSigned(app, tx, log)
  if (signed?.size !== log.size) return false
  if (log.size === 0) return true
  const whole = [{ from: 0, to: log.size }]
  // A tile that is gone is an alteration too.
  const [root] = await hashesOf(tx, log.organisation, whole).catch(() => [])
  return root !== undefined && isSameHash(root, signed.root)
}

/**
 * What waits. A row is taken when it is seen, and not by a number that all before must have reached: one
 * that is committed late is taken late, and none is passed over.
 */
const waiting = (tx: Tx, organisation: OrganisationId) =>
  tx
    .selectFrom('log_entry')
    .select('digest')
    .where('organisation', '=', organisation)
    .where('index', 'is', null)
    .orderBy('seq')

async function place(
  tx: Tx,
  organisation: OrganisationId,
  from: number,
  digests: readonly string[],
): Promise<void> {
  await sql`update log_entry set index = ${from} + placed.at - 1
    from unnest(${digests}::text[]) with ordinality as placed (digest, at)
    where organisation = ${organisation} and log_entry.digest = placed.digest`.execute(tx)
}

/** Signs a tree of that size and root as the log's next checkpoint. */
export async function sign(app: App, tx: Tx, log: Log, root: Hash): Promise<void> {
  const { organisation, origin, size } = log
  const note = signCheckpoint({ origin, size, root }, await logSeed(app, origin))
  await tx
    .insertInto('log_checkpoint')
    .values({ organisation, size, note, signed_at: app.clock() })
    .execute()
}
