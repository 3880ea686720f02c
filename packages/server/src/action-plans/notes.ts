import type { Actor } from '@tocsin/domain/actor.ts'
import {
  type Article54Note,
  type NoteId,
  type NoteSending,
  type NoteText,
  type ToldActivity,
  untold,
} from '@tocsin/domain/article-54.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { actionOf, listNotes, noteOf } from './store.ts'

/** Every regional activity, taken or in contemplation, has a draft until the Council was told of it. */
export async function draftOwedNote(app: App, tx: Tx, matter: MatterId): Promise<void> {
  const notes = await listNotes(tx, matter)
  const isDrafted = notes.some(({ sent_at }) => sent_at === null)
  if (isDrafted || (await listUntold(tx, matter)).length === 0) return
  await tx
    .insertInto('article_54_note')
    .values({
      id: newId<NoteId>(),
      matter,
      made_at: app.clock(),
      text: null,
      saved_by: null,
      saved_at: null,
      sent_on: null,
      how: null,
      signed_by: null,
      sent_at: null,
    })
    .execute()
}

/** The activities on a matter of which no note that was sent tells as they stand. */
export async function listUntold(tx: Tx, matter: MatterId): Promise<readonly ToldActivity[]> {
  const rows = await tx.selectFrom('action').selectAll().where('matter', '=', matter).execute()
  const sent = (await listNotes(tx, matter)).filter(({ sent_at }) => sent_at !== null)
  return untold(
    rows.map(actionOf),
    sent.flatMap(({ told }) => told),
  )
}

export async function getNote(tx: Tx, id: NoteId) {
  const row = await tx
    .selectFrom('article_54_note')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('note.not-found')
  return row
}

/** A draft that the actor may write, held with its matter. */
async function holdDraft(tx: Tx, actor: Actor, id: NoteId) {
  const { matter: on } = await getNote(tx, id)
  const matter = await getMatter(tx, on)
  if (!mayWorkOnMatter(actor, matter)) throw new Problem('permission.denied')
  await tx.selectFrom('matter').select('id').where('id', '=', on).forUpdate().execute()
  return { matter, row: await getNote(tx, id) }
}

export async function saveNote(
  app: App,
  actor: Actor,
  id: NoteId,
  text: NoteText,
): Promise<Article54Note> {
  return app.db.as(actor, async (tx) => {
    const { row } = await holdDraft(tx, actor, id)
    if (row.sent_at !== null) throw new Problem('note.sent')
    const at = app.clock()
    const saved_by = actor.kind === 'person' ? actor.person : null
    await tx
      .updateTable('article_54_note')
      .set({ text: JSON.stringify(text), saved_by, saved_at: at })
      .where('id', '=', id)
      .execute()
    await recordAudit(tx, { at, actor, act: 'article-54.note-saved', subject: id })
    return noteOf(await getNote(tx, id))
  })
}

/**
 * Puts on record that a person signed the note and that it was sent: a text that somebody has read and
 * saved, never one as generated. It told of what stands on the plan at this moment.
 */
export async function recordSent(
  app: App,
  actor: Actor,
  id: NoteId,
  { sentOn, how, signedBy }: NoteSending,
): Promise<Article54Note> {
  return app.db.as(actor, async (tx) => {
    const { matter, row } = await holdDraft(tx, actor, id)
    const same = row.sent_on === sentOn && row.how === how && row.signed_by === signedBy
    if (row.sent_at !== null && same) return noteOf(row)
    if (row.sent_at !== null) throw new Problem('note.sent')
    if (row.text === null) throw new Problem('note.not-read')
    const told = await listUntold(tx, matter.id)
    if (told.length === 0) throw new Problem('note.nothing-to-tell')
    const at = app.clock()
    if (sentOn > at.slice(0, 10)) {
      const issues = [{ path: 'sentOn', code: 'future' }]
      throw new Problem('request.invalid', { issues })
    }
    await tx
      .updateTable('article_54_note')
      .set({
        sent_on: sentOn,
        how,
        signed_by: signedBy,
        sent_at: at,
        told: JSON.stringify(told),
      })
      .where('id', '=', id)
      .execute()
    const facts = { note: id, sentOn, how, signedBy, told: told.map((one) => ({ ...one })) }
    await appendEntry(app, tx, { matter: matter.id, kind: 'council.informed', actor, facts })
    return noteOf(await getNote(tx, id))
  })
}
