import type { ReceivedNote } from '@tocsin/api/liaison.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Day, OrganisationId } from '@tocsin/domain/brand.ts'
import type { LiaisonNote, LiaisonNoteId } from '@tocsin/domain/liaison-note.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import {
  noteReceiptObject,
  readNoteReceipt,
  readToldNote,
  type ToldNote,
  toldNoteObject,
} from '@tocsin/records/stix/liaison.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { requirePerson } from '../identity/step-up.ts'
import { directAudience } from '../network/direct-audience.ts'
import { publishRecord } from '../network/publish.ts'
import { getOrganisation, listOrganisationNames } from '../people/queries.ts'
import { handOver, holdNote } from './notes.ts'
import { requireOffice } from './offices.ts'
import { getNote } from './store.ts'

/* Notes that go to the Office over the network, and its receipts: signed records to one reader each. */

/**
 * Sends a released note to the Office's node, as it stands. That is its hand-over, and the record of the
 * matter says so; sent again, nothing more is told.
 */
export async function sendNote(
  app: App,
  actor: Actor,
  id: LiaisonNoteId,
  { office }: { readonly office: OrganisationId },
): Promise<LiaisonNote> {
  return app.db.as(actor, async (tx) => {
    const note = await holdNote(tx, actor, id)
    const { organisation, marking, isExercise, locale, madeAt } = note
    if (note.handOver) {
      if (note.handOver.how === null) return note
      throw new Problem('liaison.note-handed-over')
    }
    if (note.releasedAt === null) throw new Problem('liaison.note-not-released')
    const { name: to } = await requireOffice(tx, organisation, office)
    const { name: organisationName } = await getOrganisation(tx, organisation)
    const saidAt = app.clock()
    const audience = await directAudience(app, tx, { from: organisation, to: office })
    const object = toldNoteObject({
      ...{ organisation, organisationName, audience, marking, isExercise, note: id, saidAt },
      ...{ locale, said: note.content, madeAt },
    })
    await publishRecord(app, tx, { organisation, audience, object })
    const handedOn = saidAt.slice(0, 10) as Day
    await handOver(app, tx, actor, { note, given: { handedOn, how: null, to } })
    return getNote(tx, id)
  })
}

/** Under which name each note that went over the network stands there; none for what was taken back. */
export async function listSent(
  tx: Tx,
  organisation: OrganisationId,
  notes: readonly LiaisonNote[],
): Promise<{ note: LiaisonNoteId; object: ObjectId }[]> {
  const ids = notes.filter(({ handOver }) => handOver?.how === null).map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('shared_object')
    .select(['id', sql<LiaisonNoteId>`object -> 'content' ->> 'note'`.as('note')])
    .where('type', '=', 'liaison-note')
    .where('organisation', '=', organisation)
    .where(sql<boolean>`object -> 'content' ->> 'note' = any (${ids})`)
    .execute()
  return rows.map(({ id, note }) => ({ note, object: ObjectId.parse(id) }))
}

/** What came, and whether its receipt was given. */
export async function listReceived(
  app: App,
  actor: Actor,
  { exercise, limit }: { readonly exercise: boolean; readonly limit: number },
): Promise<ReceivedNote[]> {
  const { organisation: own } = requirePerson(actor)
  const { told, receipts } = await app.db.as(actor, async (tx) => {
    const rows = await listTold(tx, own, { exercise, limit })
    const about = rows.map(({ id }) => id)
    return { told: rows, receipts: await listReceipts(tx, own, about) }
  })
  const authors = [...new Set(told.map(({ note }) => note.organisation))]
  // Whoever may read a note may read whose it is.
  const names = await app.db.as(system, (tx) => listOrganisationNames(tx, authors))
  return told.map(({ id, kept_at: keptAt, note }) => ({
    object: ObjectId.parse(id),
    author: names.get(note.organisation) ?? note.organisation,
    keptAt,
    note: contentOf(note),
    receipt: receipts.get(id) ?? null,
  }))
}

async function listTold(
  tx: Tx,
  own: OrganisationId,
  { exercise, limit }: { readonly exercise: boolean; readonly limit: number },
) {
  const rows = await tx
    .selectFrom('shared_object')
    .select(['id', 'object', 'kept_at'])
    .where('type', '=', 'liaison-note')
    .where('organisation', '<>', own)
    .where(sql<boolean>`(object -> 'content' -> 'is_exercise')::boolean = ${exercise}`)
    .orderBy('kept_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ object, ...row }) => ({
    ...row,
    note: readToldNote(RecordedObject.parse(object)),
  }))
}

const contentOf = ({ note: id, locale, said: content, marking, isExercise, madeAt }: ToldNote) => ({
  ...{ id, locale, content, marking, isExercise, madeAt },
})

async function listReceipts(
  tx: Tx,
  own: OrganisationId,
  about: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<ReceivedNote['receipt']>>> {
  if (about.length === 0) return new Map()
  const rows = await tx
    .selectFrom('shared_object')
    .select('object')
    .where('type', '=', 'liaison-receipt')
    .where('organisation', '=', own)
    .where(sql<boolean>`object -> 'content' ->> 'about' = any (${about})`)
    .execute()
  return new Map(
    rows.map(({ object }) => {
      const receipt = readNoteReceipt(RecordedObject.parse(object))
      return [receipt.about, { at: receipt.saidAt, words: receipt.words }]
    }),
  )
}

/** As the Office: says to its author alone that a note is here; the same again is one. */
export async function acknowledgeNote(
  app: App,
  actor: Actor,
  object: ObjectId,
  { words }: { readonly words: string | null },
): Promise<void> {
  const { organisation } = requirePerson(actor)
  await app.db.as(actor, async (tx) => {
    await holdId(tx, object)
    const row = await tx
      .selectFrom('shared_object')
      .select('object')
      .where('id', '=', object)
      .where('type', '=', 'liaison-note')
      .where('organisation', '<>', organisation)
      .executeTakeFirst()
    if (!row) throw new Problem('liaison.note-not-found')
    const told = readToldNote(RecordedObject.parse(row.object))
    const given = (await listReceipts(tx, organisation, [object])).get(object)
    if (given && given.words !== words) throw new Problem('liaison.note-received')
    if (given) return
    const { name: organisationName } = await getOrganisation(tx, organisation)
    const { note, marking, isExercise } = told
    const audience = await directAudience(app, tx, { from: organisation, to: told.organisation })
    const saidAt = app.clock()
    const receipt = noteReceiptObject({
      ...{ organisation, organisationName, audience, marking, isExercise, note, saidAt },
      ...{ about: object, words },
    })
    await publishRecord(app, tx, { organisation, audience, object: receipt })
    const deed = { at: saidAt, actor, organisation, subject: object }
    await recordAudit(tx, { ...deed, act: 'liaison.receipt-given' })
  })
}
