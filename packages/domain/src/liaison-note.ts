import { z } from 'zod'
import { ActionStatus, RISK_FACTORS } from './action-plan.ts'
import { Marking } from './audience.ts'
import { CountryCode, Day, Instant, OrganisationId } from './brand.ts'
import { Confidence, Level, WarningLevel } from './level.ts'
import { Locale } from './locale.ts'
import { MatterId } from './matter.ts'
import { Line } from './people.ts'
import { InformationGrade, Report, SourceGrade } from './report.ts'
import { Paragraphs } from './text.ts'
import { TriggerKind } from './trigger-date.ts'

/*
 * A note to the UN Office, ordered by the fourteen risk factors of its Framework of Analysis. What may
 * stand in it is listed here part by part: whatever is not listed cannot leave by it.
 */

export const LiaisonNoteId = z.uuidv7().brand<'LiaisonNoteId'>()
export type LiaisonNoteId = z.infer<typeof LiaisonNoteId>

export const RiskFactor = z.int().min(1).max(RISK_FACTORS)
export const riskFactors = Array.from({ length: RISK_FACTORS }, (_, index) => index + 1)

/** How a factor is judged. Unknown is not absent, and what was not looked at says so. */
export const Presence = z.enum(['present', 'partial', 'absent', 'unknown', 'not-assessed'])
export type Presence = z.infer<typeof Presence>

/** A day, or the month alone where the day could lead to somebody. */
const DayOrMonth = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/)

/** What is said of a thing that was chosen: facts, and no words that its writers wrote. */
export const NoteFinding = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('report'),
    what: Report.shape.kind,
    from: DayOrMonth,
    until: DayOrMonth,
    country: CountryCode.nullable(),
    /** The first-level division, or nothing. */
    place: z.string().nullable(),
    groups: z.string().nullable(),
    harm: Report.shape.harm,
    sourceGrade: SourceGrade,
    informationGrade: InformationGrade,
  }),
  z.object({
    kind: z.literal('warning'),
    level: WarningLevel,
    confidence: Confidence,
    populations: z.array(z.string()),
    sentOn: Day,
    from: Day,
    until: Day,
  }),
  z.object({
    kind: z.literal('date'),
    what: TriggerKind,
    from: Day,
    until: Day,
    country: CountryCode.nullable(),
  }),
  z.object({
    kind: z.literal('action'),
    card: z.string().nullable(),
    status: ActionStatus,
    since: Day,
  }),
])
export type NoteFinding = Readonly<z.infer<typeof NoteFinding>>

/** Everything that is taken out, so that the reader knows that it was there. */
export const LeftOut = z.enum([
  'writer',
  'reference',
  'words',
  'place',
  'day',
  'harm',
  'title',
  'office',
  'addressees',
  'named-person',
  'named-place',
  'contact',
])
export type LeftOut = z.infer<typeof LeftOut>

export const JudgedFactor = z.object({
  factor: RiskFactor,
  presence: Presence,
  /** Words written for this note. */
  words: z.string().nullable(),
  /** The findings that bear on it, by their number from 1. */
  findings: z.array(z.int().positive()),
})
export type JudgedFactor = Readonly<z.infer<typeof JudgedFactor>>

/** Whether a note says anything of a factor: of the others it says that nobody looked at them. */
export const isLookedAt = ({ presence, words, findings }: JudgedFactor): boolean =>
  presence !== 'not-assessed' || words !== null || findings.length > 0

export const NoteContent = z.object({
  country: CountryCode.nullable(),
  level: Level,
  confidence: Confidence.nullable(),
  findings: z.array(NoteFinding),
  /** All fourteen, in their order. */
  factors: z.array(JudgedFactor).length(RISK_FACTORS),
  /** How often each was taken out; what was not is not named. */
  leftOut: z.array(z.object({ what: LeftOut, count: z.int().positive() })),
})
export type NoteContent = Readonly<z.infer<typeof NoteContent>>

export const FindingKind = z.enum(['report', 'warning', 'date', 'action'])
export type FindingKind = z.infer<typeof FindingKind>

/** Something on the matter that is chosen, and the factors that a person says it bears on. */
export const ChosenFinding = z.object({
  kind: FindingKind,
  /** Of the report, warning, date or action. */
  id: z.uuidv7(),
  factors: z.array(RiskFactor).min(1).max(RISK_FACTORS),
})
export type ChosenFinding = Readonly<z.infer<typeof ChosenFinding>>

/** How a person judges a factor, in words written for this note. */
export const Judgement = z.object({
  factor: RiskFactor,
  /** None where it is left as it follows from what is chosen. */
  presence: Presence.nullable(),
  words: Paragraphs.nullable(),
})
export type Judgement = Readonly<z.infer<typeof Judgement>>

/** What makes a note; a factor that is not judged stands as reported and not judged, or not assessed. */
export const NoteForm = z.object({
  /** The language of the words. */
  locale: Locale,
  chosen: z.array(ChosenFinding).min(1).max(100),
  judgements: z.array(Judgement).max(RISK_FACTORS),
})
export type NoteForm = Readonly<z.infer<typeof NoteForm>>

/** That a released note was handed over by a person: on which day, how and to whom. */
export const HandOver = z.object({ handedOn: Day, how: Line, to: Line })
export type HandOver = Readonly<z.infer<typeof HandOver>>

/** That the Office said it has the note. */
export const OfficeReceipt = z.object({ on: Day, words: Paragraphs.nullable() })
export type OfficeReceipt = Readonly<z.infer<typeof OfficeReceipt>>

export const LiaisonNote = z.object({
  id: LiaisonNoteId,
  organisation: OrganisationId,
  matter: MatterId,
  locale: Locale,
  content: NoteContent,
  marking: Marking,
  isExercise: z.boolean(),
  madeAt: Instant,
  madeBy: Line.nullable(),
  /** When two persons had released it; a draft before that. */
  releasedAt: Instant.nullable(),
  /** By which way is null where it went over the network. */
  handOver: HandOver.extend({ how: Line.nullable(), recordedAt: Instant }).nullable(),
  receipt: OfficeReceipt.nullable(),
})
export type LiaisonNote = Readonly<z.infer<typeof LiaisonNote>>

/** How a note is cited by both sides: by its day, and nothing that leads back to a matter. */
export const noteSymbol = ({ id, madeAt }: Pick<LiaisonNote, 'id' | 'madeAt'>): string =>
  `LN-${madeAt.slice(0, 10)}/${id.slice(-4)}`

/** What is marked for named persons alone goes into no note. */
export const mayBeTold = (marking: Marking): boolean => marking !== 'TLP:RED'
