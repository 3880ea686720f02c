import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant, PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import { AuditEntry, chainStart, findChainFault } from '@tocsin/records/chain.ts'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'

type Filters = {
  readonly person?: PersonId | undefined
  readonly act?: string | undefined
  readonly from?: Instant | undefined
  readonly until?: Instant | undefined
}

const BATCH = 1000

/** One page of the log as the actor may see it, the latest first. */
export async function listEntries(
  app: App,
  actor: Actor,
  {
    before,
    limit,
    ...filters
  }: Filters & { readonly before?: number | undefined } & {
    readonly limit: number
  },
) {
  const rows = await app.db.as(actor, (tx) => {
    let query = matching(tx, filters)
      .leftJoin('person', (join) =>
        join.on(sql<boolean>`person.id = (audit_entry.actor ->> 'person')::uuid`),
      )
      .selectAll('audit_entry')
      .select('person.name as actorName')
      .orderBy('seq', 'desc')
      .limit(limit + 1)
    if (before !== undefined) query = query.where('seq', '<', before)
    return query.execute()
  })
  const entries = rows
    .slice(0, limit)
    .map(({ actorName, ...row }) => ({ ...AuditEntry.parse(row), actorName }))
  return { entries, before: rows.length > limit ? (entries.at(-1)?.seq ?? null) : null }
}

function matching(
  tx: Tx,
  { person, act, from, until }: Filters,
): SelectQueryBuilder<Schema, 'audit_entry', object> {
  let query = tx.selectFrom('audit_entry')
  if (person) query = query.where(sql<boolean>`audit_entry.actor ->> 'person' = ${person}`)
  if (act) query = query.where(sql<boolean>`(act = ${act} or starts_with(act, ${`${act}.`}))`)
  if (from) query = query.where('at', '>=', from)
  if (until) query = query.where('at', '<', until)
  return query
}

/** The end of the chain at this moment. */
export async function readHead(app: App, actor: Actor) {
  return app.db.as(actor, (tx) =>
    tx.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirstOrThrow(),
  )
}

/** All entries the actor may see up to one, oldest first, a batch in memory at a time. */
export async function* walkEntries(
  app: App,
  actor: Actor,
  filters: Filters,
  last: number,
): AsyncGenerator<readonly AuditEntry[]> {
  let after = 0
  for (;;) {
    const rows = await app.db.as(actor, (tx) =>
      matching(tx, filters)
        .selectAll('audit_entry')
        .where('seq', '>', after)
        .where('seq', '<=', last)
        .orderBy('seq')
        .limit(BATCH)
        .execute(),
    )
    if (rows.length === 0) return
    const entries = rows.map((row) => AuditEntry.parse(row))
    yield entries
    after = entries.at(-1)?.seq ?? last
  }
}

/** Recomputes the whole chain from the rows; `cut` when it ends before the head that was written. */
export async function verifyEntries(app: App, actor: Actor) {
  const head = await readHead(app, actor)
  let at: { readonly seq: number; readonly hash: Sha256 } = { seq: 0, hash: chainStart }
  for await (const batch of walkEntries(app, actor, {}, head.seq)) {
    const fault = findChainFault(batch, at)
    if (fault) return { entries: head.seq, fault }
    at = batch.at(-1) ?? at
  }
  const whole = at.seq === head.seq && at.hash === head.hash
  return { entries: head.seq, fault: whole ? null : { seq: at.seq + 1, fault: 'cut' as const } }
}
