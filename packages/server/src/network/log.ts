import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { readVerifierKey } from '@tocsin/records/log/note.ts'
import { formatProof } from '@tocsin/records/log/proof-file.ts'
import { inclusionRanges } from '@tocsin/records/log/proofs.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { hashesOf } from './log-tiles.ts'

/**
 * Puts a digest in line for the organisation's log, in the caller's transaction; a second time changes
 * nothing. What is urgent gets its place at the next look, everything else within a minute.
 */
export async function appendToLog(
  tx: Tx,
  organisation: OrganisationId,
  digest: Sha256,
  urgency: 'routine' | 'urgent' = 'routine',
): Promise<void> {
  await tx
    .insertInto('log_entry')
    .values({ organisation, digest, is_urgent: urgency === 'urgent', index: null })
    .onConflict((conflict) => conflict.columns(['organisation', 'digest']).doNothing())
    .execute()
}

/** How long an author may take to put into its log what it has already sent. */
export const PUBLISHED_WITHIN_MS = 10 * 60_000

/** Expects records that were received in the logs of those who signed them. */
export async function awaitInLogs(
  app: App,
  tx: Tx,
  received: readonly {
    readonly header: { readonly org: OrganisationId }
    readonly digest: Sha256
  }[],
): Promise<void> {
  const due = addMilliseconds(app.clock(), PUBLISHED_WITHIN_MS)
  const authors = received.map(({ header }) => header.org)
  const digests = received.map(({ digest }) => digest)
  await sql`insert into awaited_entry (origin, digest, due_at)
    select log.origin, record.digest, ${due}
    from unnest(${authors}::uuid[], ${digests}::text[]) as record (author, digest)
    join lateral (select origin from known_log
      where organisation = author and ended_at is null limit 1) as log on true
    on conflict do nothing`.execute(tx)
}

type Introduction = {
  readonly organisation: OrganisationId | null
  readonly verifierKey: string
  /** Where the log is served, without a slash at the end. */
  readonly address: string
  readonly witnessKey: string | null
  /** Where its node takes checkpoints to cosign, without a slash at the end. */
  readonly witnessAddress: string | null
}

/** Watches the log of another node from now on; known already, it moves or changes its witness. */
export async function watchLog(tx: Tx, log: Introduction): Promise<void> {
  const key = readVerifierKey(log.verifierKey)
  if (key?.use !== 'note') throw new TypeError('not the key of a log')
  const told = {
    organisation: log.organisation,
    verifier_key: log.verifierKey,
    address: log.address,
    witness_key: log.witnessKey,
    witness_address: log.witnessAddress,
  }
  await tx
    .insertInto('known_log')
    .values({ origin: key.name, ...told })
    .onConflict((conflict) => conflict.column('origin').doUpdateSet(told))
    .execute()
}

/** The checkpoint of that size with all cosignatures; the latest where no size is said. */
export async function readCosigned(tx: Tx, organisation: OrganisationId, size?: number) {
  const checkpoint = await tx
    .selectFrom('log_checkpoint')
    .select(['size', 'note'])
    .where('organisation', '=', organisation)
    .$if(size !== undefined, (query) => query.where('size', '=', size as number))
    .orderBy('size', 'desc')
    .executeTakeFirst()
  if (!checkpoint) return undefined
  const lines = await tx
    .selectFrom('log_cosignature')
    .select('line')
    .where('organisation', '=', organisation)
    .where('size', '=', checkpoint.size)
    .orderBy('witness')
    .execute()
  const text = checkpoint.note + lines.map(({ line }) => line).join('')
  return { size: checkpoint.size, note: checkpoint.note, text }
}

/**
 * The `.tlog-proof` of an entry: by the checkpoint that most witnesses have cosigned, of these the
 * latest. Undefined while it has no place in the log.
 */
export async function proveLogged(app: App, organisation: OrganisationId, digest: Sha256) {
  return app.db.as(system, (tx) => proveIn(tx, organisation, digest))
}

/** The same in the caller's transaction. */
export async function proveIn(tx: Tx, organisation: OrganisationId, digest: Sha256) {
  const bytes = Buffer.from(digest, 'hex')
  const index = await indexOf(tx, organisation, digest)
  if (index === undefined) return undefined
  const best = await tx
    .selectFrom('log_cosignature')
    .select(['size', (of) => of.fn.countAll().as('witnesses')])
    .where('organisation', '=', organisation)
    .where('size', '>', index)
    .groupBy('size')
    .orderBy('witnesses', 'desc')
    .orderBy('size', 'desc')
    .executeTakeFirst()
  const checkpoint = await readCosigned(tx, organisation, best?.size)
  if (!checkpoint || checkpoint.size <= index) return undefined
  const ranges = inclusionRanges(index, { from: 0, to: checkpoint.size })
  const path = await hashesOf(tx, organisation, ranges)
  return formatProof({ digest: bytes, index, path, checkpoint: checkpoint.text })
}

async function indexOf(tx: Tx, organisation: OrganisationId, digest: Sha256) {
  const row = await tx
    .selectFrom('log_entry')
    .select('index')
    .where('organisation', '=', organisation)
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row?.index ?? undefined
}
