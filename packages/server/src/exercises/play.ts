import { system } from '@tocsin/domain/actor.ts'
import { type ExerciseId, replayedAt } from '@tocsin/domain/exercise.ts'
import { Confidence, Level } from '@tocsin/domain/level.ts'
import { Author } from '@tocsin/domain/matter.ts'
import { WarningId } from '@tocsin/domain/warning.ts'
import type { Json } from '@tocsin/records/canonical.ts'
import type { Selectable } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { appendEntry } from '../docket/record.ts'
import { endExercise } from './commands.ts'
import { type ExerciseRecord, exerciseOf } from './queries.ts'
import { replayWarning, withdrawReplayed } from './replay-warning.ts'

type EntryRow = Selectable<Schema['entry']>

/** Lets everything reappear whose time has come round again in a running replay. */
export async function playExercises(app: App): Promise<void> {
  const running = await app.db.as(system, (tx) =>
    tx
      .selectFrom('exercise')
      .select('id')
      .where('ended_at', 'is', null)
      .where('paused_at', 'is', null)
      .execute(),
  )
  const broken: unknown[] = []
  for (const { id } of running) await playOn(app, id).catch((error) => broken.push(error))
  for (const error of broken) throw error
}

async function playOn(app: App, id: ExerciseId): Promise<void> {
  while (await playNext(app, id));
}

/** One entry in one transaction; answers whether there may be more. */
async function playNext(app: App, id: ExerciseId): Promise<boolean> {
  return app.db.as(system, async (tx) => {
    const row = await tx
      .selectFrom('exercise')
      .selectAll()
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .where('paused_at', 'is', null)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!row) return false
    const { closed_at } = await tx
      .selectFrom('matter')
      .select('closed_at')
      .where('id', '=', row.matter)
      .executeTakeFirstOrThrow()
    const entry = await tx
      .selectFrom('entry')
      .selectAll()
      .where('matter', '=', row.source)
      .where('seq', '=', row.played + 1)
      .executeTakeFirst()
    // Somebody closed the exercise's matter, or all of the past has passed.
    if (!entry || closed_at !== null) {
      await endExercise(app, tx, system, row)
      return false
    }
    if (replayedAt(exerciseOf(row), entry.at) > app.clock()) return false
    await replay(app, tx, row, entry)
    const played = row.played + 1
    await tx.updateTable('exercise').set({ played }).where('id', '=', id).execute()
    return true
  })
}

/** Puts an entry of the past on the record of the exercise, and does again what it did. */
async function replay(app: App, tx: Tx, row: ExerciseRecord, entry: EntryRow): Promise<void> {
  const { report: _, ...told } = entry.facts as Record<string, Json>
  const warning = WarningId.safeParse(told['warning']).data
  const isSent = entry.kind === 'warning.sent' || entry.kind === 'warning.updated'
  const sent = warning && isSent ? await replayWarning(app, tx, row, warning) : undefined
  await appendEntry(app, tx, {
    matter: row.matter,
    kind: entry.kind,
    actor: system,
    by: Author.parse(entry.author),
    text: entry.text,
    facts: {
      ...told,
      ...(sent && { warning: sent }),
      replayOf: entry.digest,
      originalAt: entry.at,
    },
    isReplayed: true,
  })
  if (warning && entry.kind === 'warning.cancelled') await withdrawReplayed(app, tx, row, warning)
  if (entry.kind === 'matter.assessed') {
    const [level, confidence] = [Level.parse(told['level']), Confidence.parse(told['confidence'])]
    const { matter } = row
    await tx.updateTable('matter').set({ level, confidence }).where('id', '=', matter).execute()
  }
}
