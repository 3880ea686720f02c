import { Marking } from '@tocsin/domain/audience.ts'
import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import {
  Consultation,
  ConsultationId,
  ContributionKind,
  Convening,
  Hearing,
  Seat,
  SeatRole,
  Settlement,
} from '@tocsin/domain/consultation.ts'
import { Contribution, ContributionId, Saying } from '@tocsin/domain/contribution.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { Line } from '@tocsin/domain/people.ts'
import { NotSent } from '@tocsin/domain/sharing.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { z } from 'zod'
import { Outcome } from './people.ts'
import type { Route } from './route.ts'
import { AudienceSentence, Left } from './sharing.ts'

/** The most that an answer may hold which a page asks for again and again, in bytes as it leaves. */
export const UPDATE_BYTES = 15_000

const one = z.object({ consultation: ConsultationId })

/** A consultation in the list. */
export const RoomLine = z.object({
  id: ConsultationId,
  year: z.int(),
  number: z.int(),
  isExercise: z.boolean(),
  /** Null for an organisation that is only told that the consultation exists. */
  title: Line.nullable(),
  organisationName: Line,
  marking: Marking,
  openedAt: Instant,
  closedAt: Instant.nullable(),
  /** The item that is open and stands first on the agenda. */
  openItem: Line.nullable(),
  /** How much was said since this person looked; 100 means that or more. */
  fresh: z.int(),
})
export type RoomLine = Readonly<z.infer<typeof RoomLine>>

export const listConsultations = {
  method: 'GET',
  path: '/api/consultations',
  summary: 'List the consultations that our organisation is in, and what is new in each',
  query: z.object({
    /** Only those on one matter. */
    matter: MatterId.optional(),
    /** Drills are listed apart from what is real; of one matter, whatever it is. */
    exercise: z.stringbool().default(false),
  }),
  response: z.object({ asOf: Instant, rooms: z.array(RoomLine) }),
} as const satisfies Route

const ofMatter = z.object({ matter: MatterId })

export const previewConsultation = {
  method: 'POST',
  path: '/api/matters/:matter/rooms/preview',
  summary: 'Ask who would be in a consultation and who would not, before anybody is told',
  params: ofMatter,
  body: Convening,
  response: z.object({
    sentence: AudienceSentence,
    /** Somebody would be told who does not read the matter yet. */
    takesTwo: z.boolean(),
  }),
} as const satisfies Route

export const convene = {
  method: 'POST',
  path: '/api/matters/:matter/rooms',
  summary: 'Open a consultation on a matter; a second person approves where somebody new is told',
  params: ofMatter,
  body: Convening,
  response: Outcome,
} as const satisfies Route

/** How an organisation stands in the room, and what of it has come. */
const RoomSeat = Seat.omit({ since: true }).extend({
  /** When something of theirs last came here; null where nothing did. */
  heardAt: Instant.nullable(),
  /** How much of theirs is known to be on its way and is not here. */
  missing: z.int(),
  /** Why nothing of ours reaches them; null where it does. */
  why: NotSent.nullable(),
  /** When it will; only where it waits. */
  from: Instant.nullable(),
})

/** Something of the matter that lies before the room, as it stands now. */
const Card = z.object({
  id: z.string(),
  type: z.enum(['grouping', 'atrocity-alert', 'report', 'attachment']),
  title: z.string(),
  level: z.int().nullable(),
  state: z.string().nullable(),
  at: Instant,
})
export type Card = Readonly<z.infer<typeof Card>>

const Room = z.object({
  view: z.literal('room'),
  asOf: Instant,
  /** The version of the room: another one means that something in it has changed. */
  version: Instant,
  room: Consultation.omit({ seats: true }),
  seats: z.array(RoomSeat),
  /** Of those who are not in the room, whom something keeps out. */
  keptOut: z.array(Left),
  said: z.int(),
  cards: z.object({ total: z.int(), newest: z.array(Card) }),
  /** Our organisation convened it. */
  isOurs: z.boolean(),
})
export type Room = Readonly<z.infer<typeof Room>>

const HearingRoom = z.object({
  view: z.literal('hearing'),
  asOf: Instant,
  version: Instant,
  hearing: Hearing,
})
export type HearingRoom = Readonly<z.infer<typeof HearingRoom>>

export const getConsultation = {
  method: 'GET',
  path: '/api/consultations/:consultation',
  summary: 'Read a consultation: who is in it, its agenda and what lies before it',
  params: one,
  response: z.discriminatedUnion('view', [Room, HearingRoom]),
} as const satisfies Route

const Said = Contribution.omit({ consultation: true, translates: true }).extend({
  /** In which other languages it can be read, and by whom it was put into them. */
  translations: z.array(
    z.object({ locale: Locale, isMachine: z.boolean(), id: ContributionId, by: Line }),
  ),
})
export type Said = Readonly<z.infer<typeof Said>>

/** The thread in which an organisation is heard apart; none for the room itself. */
const thread = { thread: OrganisationId.optional() }

export const listContributions = {
  method: 'GET',
  path: '/api/consultations/:consultation/contributions',
  summary: 'Read what was said: the newest that fit into one answer, and from there back',
  params: one,
  query: z.object({
    ...thread,
    /** Only what stands before this place, as an earlier answer gave it. */
    before: z.string().max(100).optional(),
    /** Only what came here since then, as an earlier answer gave it. */
    after: Instant.optional(),
  }),
  response: z.object({
    /** Send it as `after`; some of what came shortly before is then told once more. */
    asOf: Instant,
    version: Instant,
    /** The newest first. */
    contributions: z.array(Said),
    /** The place to read back from; null where this is all. */
    next: z.string().nullable(),
    /** How much that stood here was taken back: another number means that places have become empty. */
    takenBack: z.int(),
  }),
} as const satisfies Route

export const getContribution = {
  method: 'GET',
  path: '/api/consultations/:consultation/contributions/:contribution',
  summary: 'Read one contribution, or what says it in another language',
  params: one.extend({ contribution: ContributionId }),
  query: z.object(thread),
  response: Contribution,
} as const satisfies Route

export const contribute = {
  method: 'PUT',
  path: '/api/consultations/:consultation/contributions/:contribution',
  summary: 'Say something in a consultation; twice the same says it once',
  params: one.extend({ contribution: ContributionId }),
  query: z.object(thread),
  body: Saying,
  response: Contribution,
} as const satisfies Route

export const CatchUpEvent = z.object({
  at: Instant,
  kind: z.enum([
    'opened',
    'item-added',
    'item-decided',
    'item-deferred',
    'item-closed',
    'invited',
    'recused',
    'closed',
    'said',
    'laid-before',
    'taken-back',
  ]),
  /** Which organisation did it, or to which it happened. */
  who: z.string().nullable(),
  /** The item's or document's title, or how something said begins. */
  what: z.string().nullable(),
  saying: ContributionKind.nullable(),
  contribution: ContributionId.nullable(),
})
export type CatchUpEvent = Readonly<z.infer<typeof CatchUpEvent>>

export const catchUp = {
  method: 'GET',
  path: '/api/consultations/:consultation/catch-up',
  summary: 'List what happened in a consultation since this person last looked',
  params: one,
  response: z.object({
    /** Null where this person has not looked before. */
    since: Instant.nullable(),
    /** Of what was said, how much is new; the list holds the newest of it. */
    said: z.int(),
    events: z.array(CatchUpEvent),
  }),
} as const satisfies Route

export const markLooked = {
  method: 'PUT',
  path: '/api/consultations/:consultation/look',
  summary: 'Remember that this person has looked, up to the time of an answer',
  params: one,
  body: z.object({ asOf: Instant }),
  response: z.object({}),
} as const satisfies Route

export const addAgendaItem = {
  method: 'POST',
  path: '/api/consultations/:consultation/agenda',
  summary: 'Put an item on the agenda of a consultation that we convened',
  params: one,
  body: z.object({ title: Line }),
  response: z.object({ n: z.int() }),
} as const satisfies Route

export const settleAgendaItem = {
  method: 'PUT',
  path: '/api/consultations/:consultation/agenda/:n',
  summary: 'Say what became of an item: decided, deferred or closed',
  params: one.extend({ n: z.coerce.number().int().positive() }),
  body: Settlement,
  response: z.object({}),
} as const satisfies Route

export const inviteTo = {
  method: 'POST',
  path: '/api/consultations/:consultation/invitations',
  summary: 'Invite another organisation; a second person approves, and it reads from an hour later',
  params: one,
  body: z.object({ organisation: OrganisationId, role: SeatRole }),
  response: Outcome,
} as const satisfies Route

export const recuse = {
  method: 'POST',
  path: '/api/consultations/:consultation/recusals',
  summary: 'Take an organisation out that the matter concerns, at once',
  params: one,
  body: z.object({ organisation: OrganisationId, reason: Paragraphs }),
  response: z.object({}),
} as const satisfies Route

export const hear = {
  method: 'POST',
  path: '/api/consultations/:consultation/hearings',
  summary:
    'Tell an organisation that the matter concerns that it is heard; a second person approves',
  params: one,
  body: z.object({ organisation: OrganisationId }),
  response: Outcome,
} as const satisfies Route

export const closeConsultation = {
  method: 'POST',
  path: '/api/consultations/:consultation/closing',
  summary: 'Close a consultation that we convened, with reasons',
  params: one,
  body: z.object({ words: Paragraphs }),
  response: z.object({}),
} as const satisfies Route
