import { Sha256 } from '@tocsin/domain/brand.ts'
import { isSameText, Proposal, ProposalId, TextHashes } from '@tocsin/domain/proposal.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { z } from 'zod'
import { hashTexts } from '../proposal-text.ts'
import type { RecordedObject } from '../record.ts'
import { roomObject, roomParts } from './room-object.ts'
import { readContent } from './shared-object.ts'

/** A proposal as it is put, with all that decides about it: from now on nothing of it changes. */
export const Question = z
  .object({
    ...roomParts,
    proposal: Proposal,
    texts: TextHashes,
    /** The amendments of the reading before that are in this text, in their order, by their records. */
    accepted: z.array(Sha256).max(200),
    /** The item of the room's agenda that it belongs to; none where it is left out. */
    item: z.int().positive().optional(),
  })
  .refine(
    ({ proposal, texts }) => isSameText(texts, hashTexts(proposal)),
    'the text has other hashes',
  )
  .refine(({ proposal, consultation }) => proposal.consultation === consultation)
  .refine(({ proposal, accepted }) => proposal.reading > 1 || accepted.length === 0)
export type Question = Readonly<z.infer<typeof Question>>

export const questionObject = (question: Question): RecordedObject =>
  roomObject('question', [question.proposal.id, question.proposal.reading], Question, question)

export const readQuestionObject = (object: RecordedObject): Question =>
  readContent(Question, object)

/** Whoever put a proposal takes it back before it is closed; it stays to be read. */
export const QuestionEnd = z.object({
  ...roomParts,
  proposal: ProposalId,
  reading: z.int().positive(),
  reasons: Paragraphs,
})
export type QuestionEnd = Readonly<z.infer<typeof QuestionEnd>>

export const questionEndObject = (end: QuestionEnd): RecordedObject =>
  roomObject('question-end', [end.proposal, end.reading], QuestionEnd, end)

export const readQuestionEndObject = (object: RecordedObject): QuestionEnd =>
  readContent(QuestionEnd, object)
