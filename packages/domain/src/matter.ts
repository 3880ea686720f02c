import { z } from 'zod'
import { Audience, Marking } from './audience.ts'
import { CountryCode, Day, Instant, OrganisationId, PersonId, Sha256 } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { Confidence, Level } from './level.ts'
import { Line } from './people.ts'
import { ClockKind } from './service-clock.ts'
import { Paragraphs } from './text.ts'

export const MatterId = z.uuidv7().brand<'MatterId'>()
export type MatterId = z.infer<typeof MatterId>

/** The eight stations of a matter, in the order in which they are reached. */
export const Station = z.enum([
  'observed',
  'assessed',
  'warned',
  'acknowledged',
  'consulted',
  'decided',
  'acted',
  'reviewed',
])
export type Station = z.infer<typeof Station>

/** When each station was first reached; those that are not reached are not named. */
export const Stations = z.partialRecord(Station, Instant)
export type Stations = Readonly<z.infer<typeof Stations>>

/** A situation that an organisation is seized of, until people close it with reasons. */
export const Matter = Audience.extend({
  id: MatterId,
  /** The organisation's own count within a year, for the symbol. */
  year: z.int(),
  number: z.int().positive(),
  title: Line,
  summary: Paragraphs,
  /** The State whose population is at risk; none where it is not one State's. */
  country: CountryCode.nullable(),
  place: Line.nullable(),
  level: Level,
  confidence: Confidence.nullable(),
  marking: Marking,
  /** A drill: never among real matters. */
  isExercise: z.boolean(),
  stations: Stations,
  openedAt: Instant,
  reviewBy: Instant,
  closedAt: Instant.nullable(),
})
export type Matter = Readonly<z.infer<typeof Matter>>

/** What opens a matter; the client makes the id, so that sending it twice opens one. */
export const MatterOpening = Matter.pick({
  id: true,
  title: true,
  summary: true,
  country: true,
  place: true,
  marking: true,
  audience: true,
  excluded: true,
  isExercise: true,
})
export type MatterOpening = Readonly<z.infer<typeof MatterOpening>>

/** What was done on a matter: each a signed, unchangeable entry of its record. */
export const EntryKind = z.enum([
  'matter.opened',
  'report.attached',
  'matter.assessed',
  'warning.sent',
  'warning.updated',
  'warning.cancelled',
  'warning.expired',
  'notification.opened',
  'notification.acknowledged',
  'notification.answered',
  'notification.failed',
  'notification.called',
  'clock.escalated',
  'clock.skipped',
  'clock.answered-for',
  'matter.consulted',
  'matter.decided',
  'matter.acted',
  'matter.effect-seen',
  'matter.reviewed',
  'matter.closed',
  'warning.after-action',
  'entry.corrected',
  'matter.shared',
  'matter.taken-up',
  'receipt.received',
  'shared.withdrawn',
  'attachment.added',
  'attachment.removed',
  'action.planned',
  'action.moved',
  'action.reported',
  'council.informed',
  'agenda.tabled',
  'agenda.answered',
  'agenda.deferred',
  'agenda.reasons-asked',
  'agenda.returned',
  'office.informed',
])
export type EntryKind = z.infer<typeof EntryKind>

/** The station that an entry reaches, where it reaches one. */
export const stationOf: Readonly<Partial<Record<EntryKind, Station>>> = {
  'report.attached': 'observed',
  'matter.assessed': 'assessed',
  'warning.sent': 'warned',
  'notification.acknowledged': 'acknowledged',
  'matter.consulted': 'consulted',
  'notification.answered': 'decided',
  'agenda.answered': 'decided',
  'matter.decided': 'decided',
  'matter.acted': 'acted',
  'matter.reviewed': 'reviewed',
  'matter.closed': 'reviewed',
}

/** Who did it, as known at that time; nobody for what the node noticed itself. */
export const Author = z.object({
  person: PersonId.nullable(),
  name: Line.nullable(),
  office: Line.nullable(),
  organisation: OrganisationId,
  organisationName: Line,
})
export type Author = Readonly<z.infer<typeof Author>>

/** One entry of the record: what stands in it, who wrote it, and its place in the chain. */
export const Entry = z.object({
  matter: MatterId,
  /** From 1, without gaps. */
  seq: z.int().positive(),
  kind: EntryKind,
  at: Instant,
  by: Author,
  /** Words of a person, in the language they were written in; none for what the node noticed. */
  text: z.string().nullable(),
  /** Facts of the entry: strings, integers and lists of them. */
  facts: z.record(z.string(), z.json()),
  digest: Sha256,
})
export type Entry = Readonly<z.infer<typeof Entry>>

const DAY_MS = 86_400_000

/** A matter that no warning has set a clock for is looked at again after three months at the latest. */
export const firstReview = (openedAt: Instant): Instant => addMilliseconds(openedAt, 90 * DAY_MS)

/** What a signed review may do: keep the level, change it, or close the matter. */
export const Review = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('keep'), reasons: Paragraphs, reviewBy: Day }),
  z.object({
    outcome: z.literal('change-level'),
    level: Level,
    confidence: Confidence,
    reasons: Paragraphs,
    reviewBy: Day,
  }),
  z.object({ outcome: z.literal('close'), reasons: Paragraphs }),
])
export type Review = Readonly<z.infer<typeof Review>>

/** The clock of a matter that runs out first, and what happens then. */
export const RunningClock = z.object({
  kind: ClockKind,
  startedAt: Instant,
  dueAt: Instant,
  /** The office that is waited for; none for the organisation's own review. */
  waitingFor: Line.nullable(),
  nextStep: z.object({ tell: z.string(), dueAt: Instant }).nullable(),
})
export type RunningClock = Readonly<z.infer<typeof RunningClock>>

/** The parts of the docket, in order of urgency. */
export const DocketPart = z.enum(['over-time', 'today', 'later', 'standing'])
export type DocketPart = z.infer<typeof DocketPart>

/** Where a matter stands on the docket: by its first clock, and the review counts as standing. */
export function docketPartOf(
  clock: Pick<RunningClock, 'kind' | 'dueAt'> | undefined,
  { now, endOfDay }: { readonly now: Instant; readonly endOfDay: Instant },
): DocketPart {
  if (!clock) return 'standing'
  if (clock.dueAt <= now) return 'over-time'
  if (clock.dueAt <= endOfDay) return 'today'
  return clock.kind === 'review' ? 'standing' : 'later'
}
