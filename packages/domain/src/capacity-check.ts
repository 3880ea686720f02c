import { z } from 'zod'
import { Instant, OrganisationId } from './brand.ts'
import { Line } from './people.ts'
import { Paragraphs } from './text.ts'

/*
 * How a focal point looks at its own capacity. The questions are worded for this product; each names the
 * text that it follows, and whether somebody has checked it there. There is no score: what is not known
 * is not a no, and no sum would say more than the answers do.
 */

export const CapacityCheckId = z.uuidv7().brand<'CapacityCheckId'>()
export type CapacityCheckId = z.infer<typeof CapacityCheckId>

export const CapacityQuestionId = z.enum([
  'mandate',
  'access',
  'staff',
  'means',
  'information',
  'source-safety',
  'assessment',
  'authorities',
  'region',
  'incitement',
  'training',
  'plan',
  'office',
])
export type CapacityQuestionId = z.infer<typeof CapacityQuestionId>

/** The texts that questions follow, as they are cited. */
export const capacityTexts = {
  conclusions: 'Brussels 2014',
  'secretary-general-2013': 'A/67/929',
  framework: 'A/70/741-S/2016/71',
  rabat: 'A/HRC/22/17/Add.4',
} as const
export type CapacityText = keyof typeof capacityTexts

type Question = {
  readonly id: CapacityQuestionId
  readonly follows: CapacityText
  /** The place in it: a commitment's letter, an indicator's number; none where the whole is meant. */
  readonly place: string | null
  /** Whether somebody has read it in the text itself. */
  readonly verified: boolean
}

export const capacityQuestions: readonly Question[] = [
  { id: 'mandate', follows: 'conclusions', place: 'e', verified: true },
  { id: 'access', follows: 'secretary-general-2013', place: null, verified: false },
  { id: 'staff', follows: 'secretary-general-2013', place: null, verified: false },
  { id: 'means', follows: 'framework', place: '3.9', verified: false },
  { id: 'information', follows: 'conclusions', place: 'e', verified: true },
  { id: 'source-safety', follows: 'framework', place: null, verified: false },
  { id: 'assessment', follows: 'conclusions', place: 'm', verified: true },
  { id: 'authorities', follows: 'conclusions', place: 'e', verified: true },
  { id: 'region', follows: 'conclusions', place: 'f', verified: true },
  { id: 'incitement', follows: 'rabat', place: null, verified: false },
  { id: 'training', follows: 'framework', place: '3.7', verified: false },
  { id: 'plan', follows: 'secretary-general-2013', place: null, verified: false },
  { id: 'office', follows: 'conclusions', place: 'g', verified: true },
]

export const CapacityAnswer = z.enum(['yes', 'partly', 'no', 'unknown'])
export type CapacityAnswer = z.infer<typeof CapacityAnswer>

/** What was answered; a question that is left out was not looked at. */
export const CapacityAnswers = z.partialRecord(
  CapacityQuestionId,
  z.object({ answer: CapacityAnswer, note: Paragraphs.nullable() }),
)
export type CapacityAnswers = Readonly<z.infer<typeof CapacityAnswers>>

/** Answers of one day; a later check stands beside it and changes nothing in it. */
export const CapacityCheck = z.object({
  id: CapacityCheckId,
  organisation: OrganisationId,
  answers: CapacityAnswers,
  by: Line.nullable(),
  at: Instant,
})
export type CapacityCheck = Readonly<z.infer<typeof CapacityCheck>>

/** The questions in which help could be asked for, in their order. */
export const gapsIn = (answers: CapacityAnswers): readonly CapacityQuestionId[] =>
  CapacityQuestionId.options.filter((id) => {
    const said = answers[id]?.answer
    return said === 'no' || said === 'partly'
  })
