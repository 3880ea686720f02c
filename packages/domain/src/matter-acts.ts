import { z } from 'zod'
import type { OrganisationId } from './brand.ts'
import type { Entry, EntryKind } from './matter.ts'
import { Line } from './people.ts'
import { Paragraphs } from './text.ts'
import { WarningId } from './warning.ts'

/** How far a consultation has come: opened, held, or the matter put on the organ's agenda. */
export const ConsultationStep = z.enum(['opened', 'held', 'on-agenda'])
export type ConsultationStep = z.infer<typeof ConsultationStep>

/** That others were consulted: who, and what was asked or came of it. */
export const Consultation = z.object({ step: ConsultationStep, who: Line, what: Paragraphs })
export type Consultation = Readonly<z.infer<typeof Consultation>>

/** What was seen to follow from what was done, and whether that was what had been expected. */
export const Effect = z.object({
  what: Paragraphs,
  asExpected: z.enum(['yes', 'partly', 'no', 'unknown']),
})
export type Effect = Readonly<z.infer<typeof Effect>>

/** What became of what was warned of. */
export const AfterActionOutcome = z.enum(['averted', 'occurred', 'false-alarm', 'undetermined'])

/** What an organisation learns from a warning once its time is over. */
export const AfterAction = z.object({
  warning: WarningId,
  outcome: AfterActionOutcome,
  expected: Paragraphs,
  happened: Paragraphs,
  /** What delayed us; none where nothing did. */
  delayed: Paragraphs.nullable(),
  change: Paragraphs,
})
export type AfterAction = Readonly<z.infer<typeof AfterAction>>

/** Entries whose words are the organisation's own; a warning is updated or cancelled instead. */
const ownWords: readonly EntryKind[] = [
  'matter.opened',
  'report.attached',
  'matter.assessed',
  'matter.consulted',
  'matter.acted',
  'matter.effect-seen',
  'matter.reviewed',
  'warning.after-action',
  'action.planned',
  'action.moved',
  'action.reported',
]

/** Whether the organisation may put another text beside the entry's; both stay to be read. */
export function isCorrectable({ kind, text, by }: Entry, who: OrganisationId): boolean {
  return ownWords.includes(kind) && text !== null && by.organisation === who
}
