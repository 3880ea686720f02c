import { Attachment } from '@tocsin/domain/attachment.ts'
import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { Confidence, Level } from '@tocsin/domain/level.ts'
import {
  DocketPart,
  Entry,
  Matter,
  MatterId,
  MatterOpening,
  Review,
  RunningClock,
  Stations,
} from '@tocsin/domain/matter.ts'
import { Morning } from '@tocsin/domain/morning.ts'
import { Notification } from '@tocsin/domain/notification.ts'
import { Line, Organisation } from '@tocsin/domain/people.ts'
import { Report } from '@tocsin/domain/report.ts'
import { ClockKind, ClockSettings, RungOffice } from '@tocsin/domain/service-clock.ts'
import { Stamp } from '@tocsin/domain/stamps.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { Warning } from '@tocsin/domain/warning.ts'
import { z } from 'zod'
import { Outcome } from './people.ts'
import type { Route } from './route.ts'
import { Left } from './sharing.ts'

/** One matter on the docket, by the clock that runs out first. */
export const DocketRow = Matter.pick({
  id: true,
  organisation: true,
  year: true,
  number: true,
  title: true,
  country: true,
  place: true,
  level: true,
  marking: true,
  isExercise: true,
  openedAt: true,
}).extend({
  part: DocketPart,
  stations: Stations,
  clock: RunningClock.nullable(),
  /** Whether the next rung names an office that the organisation has not set: nobody will be told. */
  tellsNobody: z.boolean(),
  /** When rungs of this clock were told already. */
  escalatedAt: z.array(Instant),
  /** A draft warning that waits to be signed. */
  draft: z
    .object({
      warning: Warning.shape.id,
      savedAt: Instant,
      signatures: z.int(),
      signaturesNeeded: z.int(),
      isReturned: z.boolean(),
    })
    .nullable(),
  /** Rungs that told nobody, or too late, until somebody writes what was done about it. */
  missed: z.int(),
})
export type DocketRow = Readonly<z.infer<typeof DocketRow>>

export const Docket = z.object({
  asOf: Instant,
  /** Whose docket it is; its State tells which matters are at home. */
  organisation: Organisation.pick({ id: true, name: true, country: true }),
  /** Of all open matters that the reader may see, also those beyond the rows given. */
  counts: z.record(DocketPart, z.int()),
  /** By urgency, as many as were asked for. */
  rows: z.array(DocketRow),
  /** Names of the other organisations whose matters are among the rows. */
  names: z.record(OrganisationId, Line),
  morning: Morning,
  /** What has come in since the same time of the day before. */
  news: z.object({
    since: Instant,
    reports: z.int(),
    acknowledgements: z.int(),
    decisions: z.int(),
  }),
  /** When anybody is next told that a clock runs; none where no rung is to come. */
  nextEscalation: Instant.nullable(),
  /** When the clocks were last looked after; an old time is an alarm. */
  clocksSeenAt: Instant.nullable(),
})
export type Docket = Readonly<z.infer<typeof Docket>>

export const getDocket = {
  method: 'GET',
  path: '/api/docket',
  summary: 'Read the matters that the organisation is seized of, by the clock that runs out first',
  query: z.object({
    exercise: z.stringbool().default(false),
    /** How many rows at most. */
    rows: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: Docket,
} as const satisfies Route

export const countDue = {
  method: 'GET',
  path: '/api/docket/due',
  summary: 'Count the matters whose time runs out today or has run out; not more than 100',
  response: z.object({ due: z.int() }),
} as const satisfies Route

export const openMatter = {
  method: 'POST',
  path: '/api/matters',
  summary: 'Open a matter; the same request twice opens one',
  body: MatterOpening,
  response: Matter,
} as const satisfies Route

/** A step of a running clock's ladder, past or to come. */
export const LadderStep = z.object({
  id: z.uuid(),
  clock: ClockKind,
  tell: RungOffice,
  dueAt: Instant,
  doneAt: Instant.nullable(),
  outcome: z.enum(['told', 'skipped', 'not-needed']).nullable(),
  /** Why nobody was told, or `bypassed` where another office was told in the place of an accused one. */
  reason: z.string().nullable(),
  /** Nobody was told, or too late: stands until somebody has answered for it. */
  missed: z.boolean(),
  answeredForAt: Instant.nullable(),
  /** The office that was or will be told, where there is one. */
  office: Line.nullable(),
  /** The authority whose silence it is about. */
  about: Line.nullable(),
})
export type LadderStep = Readonly<z.infer<typeof LadderStep>>

export const OpenedMatter = z.object({
  asOf: Instant,
  matter: Matter,
  /** The latest of its record, the last of them last; `listEntries` gives those before. */
  entries: z.array(Entry),
  /** When each step from the first report to the effect was first taken. */
  stamps: z.partialRecord(Stamp, Instant),
  clocks: z.array(RunningClock),
  steps: z.array(LadderStep),
  notifications: z.array(Notification.extend({ warning: Warning.shape.id })),
  warnings: z.array(
    Warning.omit({ draft: true, returned: true }).extend({
      level: Level,
      /** Empty while nobody has written one. */
      subject: z.string(),
      scenarios: z.array(z.object({ kind: z.string(), text: z.string(), percent: z.int() })),
    }),
  ),
  /** The organisation's own reports on it; none for those it is shared with. */
  reports: z.array(Report),
  attachments: z.array(Attachment),
  /** Names of every organisation that is mentioned. */
  names: z.record(OrganisationId, Line),
  /** By the rule that lets them read; to whom else it is not shown, only its own organisation is told. */
  audience: z.object({
    visibleTo: z.array(Line),
    notVisibleTo: z.array(Line),
    excluded: z.array(Line),
    /** Organisations on other nodes that do not get it, and why. */
    notSent: Left.array(),
  }),
})
export type OpenedMatter = Readonly<z.infer<typeof OpenedMatter>>

const one = z.object({ matter: MatterId })

export const getMatter = {
  method: 'GET',
  path: '/api/matters/:matter',
  summary: 'Read a matter: its record, its running clocks, who was told and who answered',
  params: one,
  response: OpenedMatter,
} as const satisfies Route

export const assessMatter = {
  method: 'POST',
  path: '/api/matters/:matter/assessments',
  summary: 'Judge at which level a matter stands, with reasons',
  params: one,
  body: z.object({ level: Level, confidence: Confidence, reasons: Paragraphs }),
  response: z.object({}),
} as const satisfies Route

export const reviewMatter = {
  method: 'POST',
  path: '/api/matters/:matter/reviews',
  summary:
    'Sign that a matter is kept, stands at another level, or is closed; closing takes two from level 2 on',
  params: one,
  body: Review,
  response: Outcome,
} as const satisfies Route

export const getClockSettings = {
  method: 'GET',
  path: '/api/docket/clocks',
  summary: "Read the organisation's clocks, ladders and working calendar",
  response: ClockSettings,
} as const satisfies Route

export const setClockSettings = {
  method: 'PUT',
  path: '/api/docket/clocks',
  summary: "Change the organisation's clocks; clocks that run already keep their time",
  body: ClockSettings,
  response: ClockSettings,
} as const satisfies Route
