import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { openCheckpoint, type SignedCheckpoint } from '@tocsin/records/log/checkpoint.ts'
import { verifierKeyOf } from '@tocsin/records/log/note.ts'
import { emptyRoot } from '@tocsin/records/log/tree.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { readCosigned } from './log.ts'
import { logSeed, nextOrigin, originOfLog } from './log-keys.ts'
import { sign } from './log-sequencer.ts'

/*
 * A log that came back from a backup is shorter than what others have seen of it, and nobody else keeps
 * its entries: to go on with it would be a second history. It ends, and another takes its place.
 */

/**
 * Ends an organisation's log where its last signed checkpoint that can be shown says, and begins the next
 * with everything that stood in it; one that is not known here may have begun after the backup. Which took whose place is said in the directory (own-directory.ts).
 */
export async function beginLogAnew(
  app: App,
  tx: Tx,
  organisation: OrganisationId,
  seen: SignedCheckpoint | undefined,
): Promise<void> {
  const { origin } = await readLogNames(app, tx, organisation)
  const at = app.clock()
  const key = verifierKeyOf(origin, 'note', await logSeed(app, origin))
  const own = await readCosigned(tx, organisation)
  const last = [own && openCheckpoint(own.note, key), seen]
    .filter((one) => one !== undefined)
    .sort((one, other) => other.size - one.size)[0]
  if (last) {
    const end = { origin, organisation, note: last.bare, ended_at: at }
    await tx.insertInto('ended_log').values(end).execute()
  }
  for (const table of ['log_cosignature', 'log_checkpoint', 'log_tile'] as const) {
    await tx.deleteFrom(table).where('organisation', '=', organisation).execute()
  }
  const again = { index: null }
  await tx.updateTable('log_entry').set(again).where('organisation', '=', organisation).execute()
  const checks = { halted_at: null, checked_at: null, checked_size: null, holds: null }
  const next = { ...checks, origin: nextOrigin(app, organisation, at), size: 0, cosigned_size: 0 }
  const log = await tx
    .insertInto('transparency_log')
    .values({ organisation, ...next, signed_at: at })
    .onConflict((conflict) =>
      conflict.column('organisation').doUpdateSet({ ...next, signed_at: at }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  await sign(app, tx, log, emptyRoot)
}

/** What an organisation's log is called now, and the last checkpoints of those that ended, newest first. */
export async function readLogNames(app: App, tx: Tx, organisation: OrganisationId) {
  const log = await tx
    .selectFrom('transparency_log')
    .select('origin')
    .where('organisation', '=', organisation)
    .executeTakeFirst()
  const ended = await tx
    .selectFrom('ended_log')
    .select('note')
    .where('organisation', '=', organisation)
    .orderBy('ended_at', 'desc')
    .limit(MOST_ENDED)
    .execute()
  return {
    origin: log?.origin ?? originOfLog(app, organisation),
    ended: ended.map(({ note }) => note),
  }
}

/** So many a directory names. */
const MOST_ENDED = 10
