import type { LiaisonNoteFacts } from '@tocsin/documents/liaison-note.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { LiaisonNoteId } from '@tocsin/domain/liaison-note.ts'
import type { App } from '../app.ts'
import { findCountry } from '../countries/queries.ts'
import { listOrganisationNames } from '../people/queries.ts'
import { getNote } from './store.ts'

/** What the document of a note says: the note itself and who writes it, and nothing else of the matter. */
export async function readNoteFacts(
  app: App,
  actor: Actor,
  id: LiaisonNoteId,
): Promise<LiaisonNoteFacts> {
  const note = await app.db.as(actor, (tx) => getNote(tx, id))
  const names = await app.db.as(system, (tx) => listOrganisationNames(tx, [note.organisation]))
  return {
    note,
    issuer: names.get(note.organisation) ?? '',
    country: (code, locale) => findCountry(code)?.names[locale] ?? code,
  }
}
