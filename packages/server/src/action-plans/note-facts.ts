import { type ActivityFacts, type NoteFacts, notePassages } from '@tocsin/documents/article-54.ts'
import { wordingIn } from '@tocsin/documents/wording.ts'
import { type Action, needsAuthorisation } from '@tocsin/domain/action-plan.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import {
  type Article54Note,
  type NoteId,
  type NoteText,
  stageOf,
} from '@tocsin/domain/article-54.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { App } from '../app.ts'
import { getMatter } from '../docket/queries.ts'
import { listOrganisationNames } from '../people/queries.ts'
import { getNote } from './notes.ts'
import { actionOf, noteOf } from './store.ts'

type Read = { readonly note: Article54Note; readonly facts: NoteFacts }

/** What a note says: its matter and the regional activities on it, as they stand. */
export async function readNoteFacts(app: App, actor: Actor, id: NoteId): Promise<Read> {
  const { row, matter, actions } = await app.db.as(actor, async (tx) => {
    const row = await getNote(tx, id)
    const found = await tx
      .selectFrom('action')
      .selectAll()
      .where('matter', '=', row.matter)
      .orderBy('planned_at')
      .orderBy('id')
      .execute()
    return { row, matter: await getMatter(tx, row.matter), actions: found.map(actionOf) }
  })
  const names = await app.db.as(system, (tx) => listOrganisationNames(tx, [matter.organisation]))
  const { marking, isExercise, title, place, level, openedAt, stations } = matter
  const note = noteOf(row)
  const facts = {
    ...{ marking, isExercise, title, place, level, openedAt },
    issuer: names.get(matter.organisation) ?? '',
    symbol: symbolOf('M', matter),
    warnedAt: stations.warned ?? null,
    at: row.sent_at ?? app.clock(),
    activities: actions.flatMap(activityOf),
    text: note.text,
    sending: note.sending,
  }
  return { note, facts }
}

function activityOf(action: Action): ActivityFacts[] {
  const stage = stageOf(action)
  if (stage === undefined) return []
  const { title, lead, startedAt, due, authorisation } = action
  const isBound = needsAuthorisation(action)
  return [{ title, lead, stage, startedAt, due, needsAuthorisation: isBound, authorisation }]
}

/** The text of a note: as people wrote it, else as the record gives it in a language. */
export async function readNoteText(
  app: App,
  actor: Actor,
  id: NoteId,
  locale: Locale,
): Promise<{ readonly note: Article54Note; readonly text: NoteText }> {
  const { note, facts } = await readNoteFacts(app, actor, id)
  const generated = { locale, paragraphs: [...notePassages(facts, wordingIn(locale))] }
  return { note, text: note.text ?? generated }
}
