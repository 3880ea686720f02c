import type { CapacityCheck } from '@tocsin/domain/capacity-check.ts'
import type { LiaisonRequest, LiaisonRequestId } from '@tocsin/domain/liaison.ts'
import type { LiaisonNote, LiaisonNoteId } from '@tocsin/domain/liaison-note.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Selectable } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>

export const requestOf = (row: Row<'liaison_request'>): LiaisonRequest => ({
  id: row.id,
  organisation: row.organisation,
  kind: row.kind,
  direction: row.direction,
  subject: row.subject,
  text: row.text,
  locale: row.locale,
  matter: row.matter,
  wantedBy: row.wanted_by,
  cameOn: row.came_on,
  state: row.state,
  madeAt: row.made_at,
  steps: row.steps,
})

export const checkOf = (row: Row<'capacity_check'>): CapacityCheck => ({
  id: row.id,
  organisation: row.organisation,
  answers: row.answers,
  by: row.made_by,
  at: row.at,
})

export const noteOf = (row: Row<'liaison_note'>): LiaisonNote => ({
  id: row.id,
  organisation: row.organisation,
  matter: row.matter,
  locale: row.locale,
  content: row.content,
  marking: row.marking,
  isExercise: row.is_exercise,
  madeAt: row.made_at,
  madeBy: row.made_by,
  releasedAt: row.released_at,
  handOver:
    row.handed_on && row.handed_to && row.recorded_at
      ? { handedOn: row.handed_on, how: row.how, to: row.handed_to, recordedAt: row.recorded_at }
      : null,
  receipt: row.received_on && { on: row.received_on, words: row.received_words },
})

export async function findRequest(
  tx: Tx,
  id: LiaisonRequestId,
): Promise<LiaisonRequest | undefined> {
  const row = await tx
    .selectFrom('liaison_request')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && requestOf(row)
}

export async function findNote(tx: Tx, id: LiaisonNoteId): Promise<LiaisonNote | undefined> {
  const row = await tx
    .selectFrom('liaison_note')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && noteOf(row)
}

export async function getNote(tx: Tx, id: LiaisonNoteId): Promise<LiaisonNote> {
  const note = await findNote(tx, id)
  if (!note) throw new Problem('liaison.note-not-found')
  return note
}
