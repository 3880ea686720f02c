import { z } from 'zod'
import { CountryCode, Day, Instant, OrganisationId } from './brand.ts'
import { MatterId } from './matter.ts'
import { Line } from './people.ts'
import { Paragraphs } from './text.ts'

export const TriggerDateId = z.uuidv7().brand<'TriggerDateId'>()
export type TriggerDateId = z.infer<typeof TriggerDateId>

/** What kind of day may set violence off (Framework of Analysis, risk factor 8). */
export const TriggerKind = z.enum([
  'election',
  'referendum',
  'verdict',
  'anniversary',
  'festival',
  'eviction',
  'census',
  'end-of-mandate',
  'other',
])
export type TriggerKind = z.infer<typeof TriggerKind>

/** A day, or a span of days, that may set violence off, known ahead. */
export const TriggerDate = z.object({
  id: TriggerDateId,
  organisation: OrganisationId,
  kind: TriggerKind,
  title: Line,
  /** Both included. */
  fromDay: Day,
  untilDay: Day,
  country: CountryCode.nullable(),
  place: Line.nullable(),
  /** The matter it bears on; none where it concerns no open matter. */
  matter: MatterId.nullable(),
  /** How many days before it preparing begins. */
  leadDays: z.int().min(0).max(730),
  note: Paragraphs.nullable(),
  changedAt: Instant,
})
export type TriggerDate = Readonly<z.infer<typeof TriggerDate>>

/** What the form sends; the client makes the id, so that sending it twice makes one date. */
export const TriggerDateForm = TriggerDate.omit({
  id: true,
  organisation: true,
  changedAt: true,
}).refine(({ fromDay, untilDay }) => fromDay <= untilDay, { path: ['untilDay'] })
export type TriggerDateForm = Readonly<z.infer<typeof TriggerDateForm>>

const DAY_MS = 86_400_000

/** The day so many days later; earlier where the number is negative. */
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10) as Day

/** The day from which to prepare. */
export const prepareFrom = ({
  fromDay,
  leadDays,
}: Pick<TriggerDate, 'fromDay' | 'leadDays'>): Day => addDays(fromDay, -leadDays)

/** The calendar looks two years ahead. */
export const CALENDAR_DAYS = 730
