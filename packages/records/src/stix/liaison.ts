import { Marking } from '@tocsin/domain/audience.ts'
import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { LiaisonNoteId, NoteContent } from '@tocsin/domain/liaison-note.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { AudienceId } from '@tocsin/domain/network.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { makeObject, nameObject, readContent } from './shared-object.ts'

/*
 * What goes between an organisation and the UN Office over the network, each to an audience of one reader.
 * A note is what two persons released, and nothing of what it was made of: neither its matter nor who wrote it.
 */

const between = {
  organisation: OrganisationId,
  organisationName: Line,
  audience: AudienceId,
  marking: Marking,
  isExercise: z.boolean(),
  note: LiaisonNoteId,
  saidAt: Instant,
}

/** A note as the Office reads it. */
export const ToldNote = z.object({
  ...between,
  /** The language of its words. */
  locale: Locale,
  said: NoteContent,
  /** When it was made: it is cited by that day. */
  madeAt: Instant,
})
export type ToldNote = Readonly<z.infer<typeof ToldNote>>

/** That the Office has it, in its own words if any. */
export const NoteReceipt = z.object({
  ...between,
  /** The object that was read. */
  about: ObjectId,
  words: Paragraphs.nullable(),
})
export type NoteReceipt = Readonly<z.infer<typeof NoteReceipt>>

const standing = ({ saidAt, ...said }: ToldNote | NoteReceipt) => ({
  ...said,
  created: saidAt,
  modified: saidAt,
})

/** A note is sent once and has no later version. */
export const toldNoteObject = (told: ToldNote): RecordedObject =>
  makeObject({
    type: 'liaison-note',
    id: nameObject('liaison-note', `${told.organisation}/${told.note}`, told.audience),
    standing: standing(told),
    schema: ToldNote,
    content: told,
  })

export const readToldNote = (object: RecordedObject): ToldNote => readContent(ToldNote, object)

/** So is a receipt. */
export const noteReceiptObject = (receipt: NoteReceipt): RecordedObject =>
  makeObject({
    type: 'liaison-receipt',
    id: nameObject('liaison-receipt', `${receipt.organisation}/${receipt.about}`, receipt.audience),
    standing: standing(receipt),
    schema: NoteReceipt,
    content: receipt,
  })

export const readNoteReceipt = (object: RecordedObject): NoteReceipt =>
  readContent(NoteReceipt, object)
