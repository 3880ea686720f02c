import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { readVerifierKey } from '@tocsin/records/log/note.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { proveLogged } from './log.ts'
import { publicLogKeys } from './log-keys.ts'

/* What somebody takes along to show, without this node, that a record was told and by when. */

/** The proof of the latest record of the reader's organisation that witnesses have seen, else of any. */
export async function proveLatest(app: App, actor: Actor): Promise<string> {
  const { organisation } = requirePerson(actor)
  const digest = await app.db.as(system, (tx) => latestSeen(tx, organisation))
  const proof = digest && (await proveLogged(app, organisation, digest))
  if (!proof) throw new Problem('request.not-found')
  return proof
}

async function latestSeen(tx: Tx, organisation: OrganisationId): Promise<Sha256 | undefined> {
  const { rows } = await sql<{ digest: Sha256 }>`
    select entry.digest from log_entry as entry
      join network_record as record on record.digest = entry.digest
    where entry.organisation = ${organisation} and entry.index < coalesce(
      (select max(size) from log_cosignature where organisation = ${organisation}),
      (select max(size) from log_checkpoint where organisation = ${organisation}))
    order by entry.index desc limit 1`.execute(tx)
  return rows[0]?.digest
}

/** A policy to check such proofs by: our log, and any one of the witnesses that this node knows. */
export async function writePolicy(app: App, actor: Actor): Promise<string> {
  const { organisation } = requirePerson(actor)
  const { origin, witnesses } = await app.db.as(system, async (tx) => ({
    origin: await originOf(tx, organisation),
    witnesses: await tx
      .selectFrom('known_log')
      .select('witness_key')
      .distinct()
      .where('witness_key', 'is not', null)
      .orderBy('witness_key')
      .execute(),
  }))
  const { verifierKey } = await publicLogKeys(app, origin)
  const keys = witnesses.flatMap(({ witness_key: key }) => key ?? [])
  const named = keys.flatMap((key) => {
    const name = readVerifierKey(key)?.name
    return name ? [{ name, key }] : []
  })
  const names = named.map(({ name }) => name)
  const lines = [
    '# Which log and whose cosignatures count (C2SP tlog-policy). Compare each key with its owner.',
    `log ${verifierKey}`,
    ...named.map(({ name, key }) => `witness ${name} ${key}`),
    ...(names.length > 0 ? [`group witnesses any ${names.join(' ')}`] : []),
    `quorum ${names.length > 0 ? 'witnesses' : 'none'}`,
  ]
  return `${lines.join('\n')}\n`
}

async function originOf(tx: Tx, organisation: OrganisationId): Promise<string> {
  const log = await tx
    .selectFrom('transparency_log')
    .select('origin')
    .where('organisation', '=', organisation)
    .executeTakeFirst()
  if (!log) throw new Problem('request.not-found')
  return log.origin
}
