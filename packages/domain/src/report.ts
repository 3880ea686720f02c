import { z } from 'zod'
import { Marking } from './audience.ts'
import { CountryCode, Day, Instant, OrganisationId, PersonId } from './brand.ts'
import { MatterId } from './matter.ts'
import { Line } from './people.ts'
import { Paragraphs } from './text.ts'

export const ReportId = z.uuidv7().brand<'ReportId'>()
export type ReportId = z.infer<typeof ReportId>

/** How reliable the source is, A to E; F cannot be judged (Admiralty system). */
export const SourceGrade = z.enum(['A', 'B', 'C', 'D', 'E', 'F'])
export type SourceGrade = z.infer<typeof SourceGrade>

/** How credible what is said is, 1 to 5; 6 cannot be judged. */
export const InformationGrade = z.enum(['1', '2', '3', '4', '5', '6'])
export type InformationGrade = z.infer<typeof InformationGrade>

/** How exactly the place may be said; nothing finer than a kilometre is kept here. */
export const PlacePrecision = z.enum(['1-km', '11-km', 'half-degree', 'adm-2', 'adm-1', 'country'])

/** Low, best and high count of people; unknown is none of the three, never zero. */
export const Estimate = z
  .object({
    low: z.int().min(0).max(99_999_999),
    best: z.int().min(0).max(99_999_999).nullable(),
    high: z.int().min(0).max(99_999_999),
  })
  .refine(({ low, best, high }) => low <= (best ?? low) && (best ?? high) <= high && low <= high)
export type Estimate = Readonly<z.infer<typeof Estimate>>

export const Harm = z.enum(['killed', 'injured', 'abducted', 'displaced'])
export type Harm = z.infer<typeof Harm>

/** What somebody says happened or may happen. Who the source is never stands here. */
export const Report = z.object({
  id: ReportId,
  organisation: OrganisationId,
  matter: MatterId.nullable(),
  year: z.int(),
  number: z.int().positive(),
  kind: z.enum(['incident', 'situation']),
  what: Paragraphs,
  fromDay: Day,
  untilDay: Day,
  country: CountryCode.nullable(),
  place: Line.nullable(),
  precision: PlacePrecision.nullable(),
  /** Groups that are said to be targeted: never persons. */
  groups: Line.nullable(),
  harm: z.partialRecord(Harm, Estimate),
  sourceGrade: SourceGrade,
  informationGrade: InformationGrade,
  marking: Marking,
  /** Whether somebody may come to harm because this was reported. */
  someoneAtRisk: z.boolean(),
  isExercise: z.boolean(),
  writtenBy: PersonId,
  writtenAt: Instant,
})
export type Report = Readonly<z.infer<typeof Report>>

/** What the form sends; the client makes the id, so that sending it twice makes one report. */
export const ReportForm = Report.omit({
  organisation: true,
  year: true,
  number: true,
  writtenBy: true,
  writtenAt: true,
}).refine(({ fromDay, untilDay }) => fromDay <= untilDay, { path: ['untilDay'] })
export type ReportForm = Readonly<z.infer<typeof ReportForm>>
