import { replayedAt } from '@tocsin/domain/exercise.ts'
import { newId } from '@tocsin/domain/id.ts'
import { WarningDraft, WarningId } from '@tocsin/domain/warning.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { planOn, readClockSettings, startClock } from '../docket/clocks.ts'
import { takeNumber } from '../docket/numbering.ts'
import { getMatter } from '../docket/queries.ts'
import { hashDraft } from '../warnings/drafts.ts'
import { queueNotices } from '../warnings/outbox.ts'
import { insertNotification, startMatterClocks, stopWaiting, supersede } from '../warnings/send.ts'
import { type ExerciseRecord, exerciseOf } from './queries.ts'

const Replayed = z.record(WarningId, WarningId)

/**
 * Sends a warning of the past once more, within the exercise: to the same offices on paper, to the
 * participants in fact, by the ladder that the organisation has today.
 */
export async function replayWarning(
  app: App,
  tx: Tx,
  row: ExerciseRecord,
  source: WarningId,
): Promise<WarningId> {
  const { matter, organisation } = row
  const at = app.clock()
  const past = await tx
    .selectFrom('warning')
    .select(['draft', 'replaces'])
    .where('id', '=', source)
    .executeTakeFirstOrThrow()
  const said = WarningDraft.parse(past.draft)
  const expiresAt = replayedAt(exerciseOf(row), said.expiresAt)
  // The reports behind it stay with the real matter.
  const draft: WarningDraft = { ...said, expiresAt, evidence: [] }
  const { level, confidence } = draft
  const known = Replayed.parse(row.warnings)
  const replaces = (past.replaces && known[past.replaces]) ?? null
  const id = newId<WarningId>()
  await tx
    .insertInto('warning')
    .values({
      id,
      matter,
      organisation,
      ...(await takeNumber(tx, { organisation, at, what: 'drill-warning' })),
      state: 'sent',
      draft: JSON.stringify(draft),
      sha256: hashDraft(draft),
      replaces,
      written_by: row.started_by,
      saved_by: row.started_by,
      returned: null,
      saved_at: at,
      sent_at: at,
      expires_at: expiresAt,
    })
    .execute()
  const warnings = JSON.stringify({ ...known, [source]: id })
  await tx.updateTable('exercise').set({ warnings }).where('id', '=', row.id).execute()
  await tx.updateTable('matter').set({ level, confidence }).where('id', '=', matter).execute()
  if (replaces) await supersede(tx, at, matter, replaces)
  await notifyAgain(app, tx, row, { id, source, draft })
  return id
}

type Sent = { readonly id: WarningId; readonly source: WarningId; readonly draft: WarningDraft }

/** A notification and its clocks for each that the past had; the notices go to the participants. */
async function notifyAgain(
  app: App,
  tx: Tx,
  { matter, organisation }: ExerciseRecord,
  { id, source, draft }: Sent,
): Promise<void> {
  const { level } = draft
  const start = app.clock()
  const settings = await readClockSettings(tx, organisation)
  const { excluded } = await getMatter(tx, matter)
  const told = await tx
    .selectFrom('notification')
    .select(['post', 'organisation', 'authority', 'office', 'legal_basis'])
    .where('warning', '=', source)
    .orderBy('id')
    .execute()
  const due = async (kind: 'acknowledge' | 'decide') =>
    (await planOn(tx, settings, { matter, kind, level, start }))?.dueAt
  for (const { post, legal_basis: legalBasis, ...who } of told) {
    const notification = await insertNotification(
      tx,
      { id, matter, draft },
      { post, legalBasis },
      {
        ...who,
        acknowledgeBy: (await due('acknowledge')) ?? draft.expiresAt,
        answerBy: (await due('decide')) ?? null,
      },
    )
    for (const kind of ['acknowledge', 'decide'] as const) {
      await startClock(tx, settings, { matter, notification, kind, level, start })
    }
    const of = { matter, notification, post, excluded }
    await queueNotices(app, tx, { ...of, step: 'first', name: 'warned' })
  }
  await startMatterClocks(tx, settings, { matter, level, start })
}

/** The warning of the exercise that stands for this one of the past is withdrawn, as that was. */
export async function withdrawReplayed(
  app: App,
  tx: Tx,
  { matter, warnings }: ExerciseRecord,
  source: WarningId,
): Promise<void> {
  const id = Replayed.parse(warnings)[source]
  if (!id) return
  await tx.updateTable('warning').set({ state: 'cancelled' }).where('id', '=', id).execute()
  await stopWaiting(tx, app.clock(), matter, id)
}
