import { system } from '@tocsin/domain/actor.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import {
  noteReceiptObject,
  readNoteReceipt,
  readToldNote,
  toldNoteObject,
} from '@tocsin/records/stix/liaison.ts'
import { recordAudit } from '../audit/audit.ts'
import { requireOwnWord } from './receive-shared.ts'
import type { Check, Receiver } from './receivers.ts'

/** A note is read where it is kept, under its own name: none takes the place of another. */
export const receiveToldNote: Check = {
  check: (header, object) => {
    const told = readToldNote(object)
    requireOwnWord(header, object, told)
    if (toldNoteObject(told).id !== object.id) throw new Problem('audience.not-the-author')
  },
}

/** The receipt of whoever a note was sent to stands with the note, once; any other has no effect. */
export const receiveNoteReceipt: Receiver = async (app, tx, header, object) => {
  const receipt = readNoteReceipt(object)
  requireOwnWord(header, object, receipt)
  if (noteReceiptObject(receipt).id !== object.id) throw new Problem('audience.not-the-author')
  const sent = await tx
    .selectFrom('shared_object')
    .select(['organisation', 'audience', 'excluded'])
    .where('id', '=', receipt.about)
    .where('type', '=', 'liaison-note')
    .executeTakeFirst()
  const note = await tx
    .selectFrom('liaison_note')
    .select(['id', 'organisation', 'handed_on'])
    .where('id', '=', receipt.note)
    .where('recorded_at', 'is not', null)
    .where('how', 'is', null)
    .where('received_on', 'is', null)
    .executeTakeFirst()
  if (!sent || !note?.handed_on) return
  if (sent.organisation !== note.organisation || !isInAudience(sent, header.org)) return
  const said = receipt.saidAt.slice(0, 10) as Day
  // By the Office's own clock, which may be behind ours.
  const on = [said, note.handed_on].toSorted().at(-1)
  await tx
    .updateTable('liaison_note')
    .set({ received_on: on, received_words: receipt.words })
    .where('id', '=', note.id)
    .execute()
  const deed = { at: app.clock(), actor: system, organisation: note.organisation, subject: note.id }
  await recordAudit(tx, { ...deed, act: 'liaison.note-received' })
}
