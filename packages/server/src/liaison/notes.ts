import type { Outcome } from '@tocsin/api/people.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { isMoreClosed, type Marking } from '@tocsin/domain/audience.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import {
  type HandOver,
  type LiaisonNote,
  LiaisonNoteId,
  mayBeTold,
  type NoteForm,
  type OfficeReceipt,
} from '@tocsin/domain/liaison-note.ts'
import { noteContentOf, unfounded } from '@tocsin/domain/liaison-redaction.ts'
import type { Matter, MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { getMatter } from '../docket/queries.ts'
import { appendEntry, authorOf } from '../docket/record.ts'
import { requirePast } from './commands.ts'
import { type Findable, listFindable, listNames } from './findings.ts'
import { findNote, getNote } from './store.ts'

/**
 * Makes a note of what was chosen, without its sources. It leaves nothing: it waits until two persons
 * have released it and one has handed it over. Changed, it is another note.
 */
export async function makeNote(
  app: App,
  actor: Actor,
  on: { readonly matter: MatterId; readonly note: LiaisonNoteId },
  form: NoteForm,
): Promise<LiaisonNote> {
  return app.db.as(actor, async (tx) => {
    await holdId(tx, on.note)
    const known = await findNote(tx, on.note)
    if (known) return known
    const matter = await getMatter(tx, on.matter)
    if (!mayWorkOnMatter(actor, matter)) throw new Problem('permission.denied')
    const chosen = await requireTellable(tx, matter, form)
    const { judgements } = form
    const missing = unfounded({ chosen, judgements })
    if (missing.length > 0) throw new Problem('liaison.factor-unfounded', { factors: missing })
    const persons = await listNames(tx)
    const content = noteContentOf({ matter, chosen, judgements, persons })
    const at = app.clock()
    const { organisation } = matter
    const { name } = await authorOf(tx, actor, organisation, at)
    await tx
      .insertInto('liaison_note')
      .values({
        id: on.note,
        organisation,
        matter: matter.id,
        locale: form.locale,
        content: JSON.stringify(content),
        chosen: JSON.stringify(form.chosen),
        marking: closestOf([matter.marking, ...chosen.map(({ marking }) => marking)]),
        is_exercise: matter.isExercise,
        made_by: name,
        made_at: at,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    const note = await getNote(tx, on.note)
    await recordAudit(tx, { at, actor, act: 'liaison.note-made', subject: note.id })
    return note
  })
}

/** What was chosen, as it stands on the matter; each once, and nothing that its marking keeps here. */
async function requireTellable(
  tx: Tx,
  matter: Matter,
  { chosen }: NoteForm,
): Promise<readonly Findable[]> {
  if (!mayBeTold(matter.marking)) throw new Problem('liaison.too-closed')
  const findable = await listFindable(tx, matter)
  const found = chosen.map(({ kind, id, factors }) => {
    const one = findable.find((other) => other.kind === kind && other.id === id)
    if (!one) throw new Problem('liaison.finding-unknown')
    if (!mayBeTold(one.marking)) throw new Problem('liaison.too-closed')
    return { ...one, factors: [...new Set(factors)] }
  })
  if (new Set(found.map(({ id }) => id)).size < found.length) {
    throw new Problem('request.invalid', { issues: [{ path: 'chosen', code: 'twice' }] })
  }
  return found
}

/** The most closed of all: who reads the note is bound by whatever binds one part of it. */
const closestOf = (markings: readonly Marking[]): Marking =>
  markings.reduce((one, other) => (isMoreClosed(other, one) ? other : one))

/** The note, held: of two who act at once one sees what the other did. */
export async function holdNote(tx: Tx, actor: Actor, id: LiaisonNoteId): Promise<LiaisonNote> {
  await holdId(tx, id)
  const note = await getNote(tx, id)
  if (!mayWorkOnMatter(actor, note)) throw new Problem('permission.denied')
  return note
}

/** Proposes that a note may leave; asked for what was released, nothing is done. */
export async function releaseNote(app: App, actor: Actor, id: LiaisonNoteId): Promise<Outcome> {
  return app.db.as(actor, async (tx) => {
    const note = await holdNote(tx, actor, id)
    if (note.releasedAt !== null) return { state: 'done', alone: false, link: null }
    const matter = await getMatter(tx, note.matter)
    const details = { name: symbolOf('M', matter), matter: matter.id, made: note.madeAt }
    const act = { kind: 'liaison.release-note', subject: id, details } as const
    return proposeAct(app, tx, actor, act, doReleaseNote)
  })
}

export const doReleaseNote: Execute = async (app, tx, actor, { subject }) => {
  const note = await holdNote(tx, actor, LiaisonNoteId.parse(subject))
  if (note.releasedAt !== null) return { link: null }
  const at = app.clock()
  await tx.updateTable('liaison_note').set({ released_at: at }).where('id', '=', note.id).execute()
  await recordAudit(tx, { at, actor, act: 'liaison.note-released', subject: note.id })
  return { link: null }
}

/**
 * Puts on record that a person handed the note over. Its matter's record says that, and of which factors
 * it told: never what, and never of whom it came.
 */
export async function recordHandOver(
  app: App,
  actor: Actor,
  id: LiaisonNoteId,
  { handedOn, how, to }: HandOver,
): Promise<LiaisonNote> {
  return app.db.as(actor, async (tx) => {
    const note = await holdNote(tx, actor, id)
    const { handOver: before, releasedAt } = note
    if (before) {
      const isSame = before.handedOn === handedOn && before.how === how && before.to === to
      if (isSame) return note
      throw new Problem('liaison.note-handed-over')
    }
    if (releasedAt === null) throw new Problem('liaison.note-not-released')
    const at = app.clock()
    requirePast(handedOn, at, 'handedOn')
    await handOver(app, tx, actor, { note, given: { handedOn, how, to } })
    return getNote(tx, id)
  })
}

type Given = {
  readonly note: LiaisonNote
  readonly given: Omit<NonNullable<LiaisonNote['handOver']>, 'recordedAt'>
}

/** Keeps by which way a note left, and tells the record of its matter. */
export async function handOver(
  app: App,
  tx: Tx,
  actor: Actor,
  { note: { id, matter, content, marking }, given: { handedOn, how, to } }: Given,
): Promise<void> {
  await tx
    .updateTable('liaison_note')
    .set({ handed_on: handedOn, how, handed_to: to, recorded_at: app.clock() })
    .where('id', '=', id)
    .execute()
  const told = content.factors.filter(({ findings }) => findings.length > 0)
  const factors = told.map(({ factor }) => factor)
  // To whom and by which way stays with the note: whoever reads the matter may be the one concerned.
  const facts = { note: id, handedOn, marking, factors }
  await appendEntry(app, tx, { matter, kind: 'office.informed', actor, facts })
}

/** Puts on record that the Office said it has the note. */
export async function recordReceipt(
  app: App,
  actor: Actor,
  id: LiaisonNoteId,
  { on, words }: OfficeReceipt,
): Promise<LiaisonNote> {
  return app.db.as(actor, async (tx) => {
    const note = await holdNote(tx, actor, id)
    if (note.receipt) {
      if (note.receipt.on === on && note.receipt.words === words) return note
      throw new Problem('liaison.note-received')
    }
    if (!note.handOver) throw new Problem('liaison.note-not-handed-over')
    const at = app.clock()
    requirePast(on, at, 'on')
    if (on < note.handOver.handedOn) {
      throw new Problem('request.invalid', { issues: [{ path: 'on', code: 'before-hand-over' }] })
    }
    await tx
      .updateTable('liaison_note')
      .set({ received_on: on, received_words: words })
      .where('id', '=', id)
      .execute()
    await recordAudit(tx, { at, actor, act: 'liaison.note-received', subject: id })
    return getNote(tx, id)
  })
}
