import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { operator } from '@tocsin/domain/actor.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Config } from '../config.ts'
import { openDatabase } from '../database/database.ts'
import { openHome } from '../postgres/embedded.ts'
import { withDatabase, withDatabaseAlone } from '../postgres/reach.ts'
import { type BackupFacts, makeBackup } from './make.ts'
import { lastBackupFile } from './queries.ts'
import { restoreBackup } from './restore.ts'

type Place = Pick<Config, 'home' | 'databaseUrl'>

/** Backs a node up to a new file, whether it runs or not; the audit log says that it was done. */
export async function backUpNode(
  place: Place,
  file: string,
  product: string,
): Promise<BackupFacts> {
  const home = await openHome(place.home)
  return withDatabase(place, async (databaseUrl) => {
    const facts = await makeBackup({ databaseUrl, home, product }, file)
    await writeDown(databaseUrl, 'node.backed-up', file, facts)
    const note = JSON.stringify({ ...facts, file })
    await writeFile(join(home, lastBackupFile), note, { mode: 0o600 })
    return facts
  })
}

/** Puts a backup in the place of a node that does not run. */
export async function restoreNode(
  place: Place,
  file: string,
  replace: boolean,
): Promise<BackupFacts> {
  const home = await openHome(place.home)
  return withDatabaseAlone(place, async (databaseUrl) => {
    const facts = await restoreBackup({ databaseUrl, home, replace }, file)
    await writeDown(databaseUrl, 'node.restored', file, facts)
    return facts
  })
}

async function writeDown(
  databaseUrl: string,
  act: string,
  file: string,
  { madeAt, sha256 }: BackupFacts,
): Promise<void> {
  const db = openDatabase(databaseUrl, 1)
  try {
    const deed = { at: systemClock(), actor: operator, act, subject: basename(file) }
    await db.as(operator, (tx) => recordAudit(tx, { ...deed, details: { madeAt, sha256 } }))
  } finally {
    await db.close()
  }
}
