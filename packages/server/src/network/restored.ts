import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { system } from '@tocsin/domain/actor.ts'
import { Instant, type OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Tombstone, type WithdrawalId } from '@tocsin/domain/withdrawal.ts'
import type pg from 'pg'
import { z } from 'zod'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { expectReceipts } from './erasures.ts'
import { eraseRows } from './holders.ts'
import { retellWithdrawal } from './tell-withdrawal.ts'
import { keepTombstones, readTombstones } from './tombstone-file.ts'
import { putTombstone } from './tombstones.ts'
import { listVersions } from './versions.ts'

/*
 * A restored backup knows nothing of what was taken back after it was made, nor of what was said. Three
 * things know what was taken back: the database that it replaces, the file of tombstones beside it, and
 * the members' nodes; these alone know what was said, so nothing is said before they have been asked.
 */

const noteOf = (home: string) => join(home, 'restored.json')
const Note = z.object({ madeAt: Instant })

/** Writes down the tombstones of a database that is about to be replaced. */
export async function keepTombstonesOf(client: pg.Client, home: string): Promise<void> {
  const { rows: tables } = await client.query<{ name: string | null }>(
    `select to_regclass('public.tombstone')::text as name`,
  )
  if (!tables[0]?.name) return
  const { rows } = await client.query(
    `select organisation, object_id as object, class,
       to_char(withdrawn_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "withdrawnAt"
     from tombstone`,
  )
  await keepTombstones(
    home,
    rows.map((row) => Tombstone.parse(row)),
  )
}

/** Says to the next start that an older state came back, and how old it is. */
export async function noteRestored(home: string, madeAt: string): Promise<void> {
  await writeFile(noteOf(home), JSON.stringify({ madeAt }), { mode: 0o600, flush: true })
}

/**
 * What a node does before it serves anything: what is known to be withdrawn is erased, and after a
 * restore all that members shared is kept back until their nodes have said what they took back since.
 */
export async function replayTombstones(app: App): Promise<void> {
  const { home } = app.node
  const known = await app.db.as(system, listTombstones)
  await keepTombstones(home, known)
  const isKnown = new Set(known.map(({ organisation, object }) => `${organisation} ${object}`))
  const forgotten = (await readTombstones(home)).filter(
    ({ organisation, object }) => !isKnown.has(`${organisation} ${object}`),
  )
  for (const tombstone of forgotten) {
    await app.db.as(system, async (tx) => {
      await putTombstone(tx, tombstone)
      await tellAgain(app, tx, tombstone)
      await eraseRows(tx, tombstone)
      await recordAudit(tx, {
        at: app.clock(),
        actor: system,
        organisation: null,
        act: 'network.erased-again',
        subject: tombstone.object,
        details: { organisation: tombstone.organisation, class: tombstone.class },
      })
    })
  }
  await awaitAnswers(app)
}

/** What an organisation of this node took back may not have reached everybody before the restore. */
async function tellAgain(app: App, tx: Tx, tombstone: Tombstone): Promise<void> {
  const { organisation, object, class: of, withdrawnAt } = tombstone
  const own = await listOwnOrganisations(tx)
  if (!own.includes(organisation)) return
  const versions = await listVersions(tx, object)
  const ours = versions.filter((version) => version.organisation === organisation)
  const id = newId<WithdrawalId>()
  const row = { id, organisation, object_id: object, class: of, withdrawn_at: withdrawnAt }
  await tx
    .insertInto('withdrawal')
    .values({ ...row, reason: null, withdrawn_by: null })
    .execute()
  const told = await retellWithdrawal(app, tx, { id, tombstone, versions: ours })
  await expectReceipts(tx, { withdrawal: id, organisation, told, at: app.clock() })
}

/** Those that sign here. */
export async function listOwnOrganisations(tx: Tx): Promise<readonly OrganisationId[]> {
  const rows = await tx
    .selectFrom('organisation_key')
    .leftJoin('member', 'member.organisation', 'organisation_key.organisation')
    .select('organisation_key.organisation')
    .where('member.organisation', 'is', null)
    .distinct()
    .execute()
  return rows.map(({ organisation }) => organisation)
}

async function listTombstones(tx: Tx): Promise<readonly Tombstone[]> {
  const rows = await tx.selectFrom('tombstone').selectAll().execute()
  return rows.map(({ organisation, object_id, class: of, withdrawn_at }) => ({
    organisation,
    object: object_id,
    class: of,
    withdrawnAt: withdrawn_at,
  }))
}

/** Clocks of other nodes are not this one's: a day more is asked for. */
const MARGIN_MS = 86_400_000

async function awaitAnswers(app: App): Promise<void> {
  const { home } = app.node
  const text = await readFile(noteOf(home), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (text === undefined) return
  const since = addMilliseconds(Note.parse(JSON.parse(text)).madeAt, -MARGIN_MS)
  await app.db.as(system, async (tx) => {
    const pinned = await tx
      .selectFrom('member')
      .select('organisation')
      .where('state', '=', 'pinned')
      .execute()
    const own = await listOwnOrganisations(tx)
    const all = [...pinned.map(({ organisation }) => organisation), ...own]
    if (all.length === 0) return
    const at = app.clock()
    const waits = { since, next_ask_at: at, began_at: at }
    await tx
      .insertInto('awaited_answer')
      .values(all.map((organisation) => ({ organisation, ...waits })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
  await rm(noteOf(home))
}
