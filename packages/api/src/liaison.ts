import { CountryCode, Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { CapacityAnswers, CapacityCheck, CapacityCheckId } from '@tocsin/domain/capacity-check.ts'
import {
  LiaisonRequest,
  LiaisonRequestId,
  RequestForm,
  RequestStep,
} from '@tocsin/domain/liaison.ts'
import {
  FindingKind,
  HandOver,
  LeftOut,
  LiaisonNote,
  LiaisonNoteId,
  NoteFinding,
  NoteForm,
  OfficeReceipt,
  RiskFactor,
} from '@tocsin/domain/liaison-note.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { Matter, MatterId } from '@tocsin/domain/matter.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { z } from 'zod'
import { mediaTypes } from './documents.ts'
import { Outcome } from './people.ts'
import { Bytes, type Route } from './route.ts'

/** A note with how its matter is cited here. */
export const ListedNote = LiaisonNote.extend({ year: z.int(), number: z.int(), title: Line })
export type ListedNote = Readonly<z.infer<typeof ListedNote>>

/** The UN Office where it has a node of its own. */
export const NamedOffice = z.object({ id: OrganisationId, name: Line })
export type NamedOffice = Readonly<z.infer<typeof NamedOffice>>

/** A note that another organisation sent, for whoever was to read it. */
export const ReceivedNote = z.object({
  object: ObjectId,
  author: Line,
  keptAt: Instant,
  note: LiaisonNote.pick({
    id: true,
    locale: true,
    content: true,
    marking: true,
    isExercise: true,
    madeAt: true,
  }),
  /** What was said to its author; null before that. */
  receipt: z.object({ at: Instant, words: Paragraphs.nullable() }).nullable(),
})
export type ReceivedNote = Readonly<z.infer<typeof ReceivedNote>>

/** Names of States that are mentioned, by their code. */
const countryNames = z.record(CountryCode, z.partialRecord(Locale, z.string()))

/** Everything between the organisation and the UN Office. */
export const LiaisonDesk = z.object({
  asOf: Instant,
  organisation: OrganisationId,
  /** What waits for somebody first, then by the day it was made, the newest first. */
  requests: z.array(LiaisonRequest),
  /** The newest first. */
  checks: z.array(CapacityCheck),
  /** The newest first; those of exercises stand apart. */
  notes: z.array(ListedNote),
  /** Open matters of the organisation, for a request that is about one. */
  matters: z.array(Matter.pick({ id: true, year: true, number: true, title: true })),
  /** To whom a note can be sent over the network. */
  offices: z.array(NamedOffice),
  /** Notes that came over the network, the newest first; mostly where the organisation is the Office. */
  received: z.array(ReceivedNote),
  countries: countryNames,
})
export type LiaisonDesk = Readonly<z.infer<typeof LiaisonDesk>>

/** Something on a matter that a note may tell of: for the organisation's own eyes. */
export const OfferedFinding = z.object({
  kind: FindingKind,
  id: z.uuidv7(),
  /** How it is cited or called here; it never leaves. */
  name: z.string(),
  /** What a note would say of it, before its words are looked through. */
  finding: NoteFinding,
  /** What a note would leave out of it. */
  leftOut: z.array(LeftOut),
  /** The factors that people have linked it to already. */
  factors: z.array(RiskFactor),
  /** Whether its marking lets it leave at all. */
  mayGo: z.boolean(),
})
export type OfferedFinding = Readonly<z.infer<typeof OfferedFinding>>

export const MatterLiaison = z.object({
  asOf: Instant,
  matter: Matter,
  countries: countryNames,
  /** To whom a note can be sent over the network. */
  offices: z.array(NamedOffice),
  /** Whether the matter's marking lets anything leave. */
  mayGo: z.boolean(),
  offered: z.array(OfferedFinding),
  /** The newest first. */
  notes: z.array(LiaisonNote),
  /** Which object tells of each note that was sent over the network, unless it was taken back. */
  sent: z.array(z.object({ note: LiaisonNoteId, object: ObjectId })),
})
export type MatterLiaison = Readonly<z.infer<typeof MatterLiaison>>

const request = z.object({ request: LiaisonRequestId })
const note = z.object({ note: LiaisonNoteId })
const matter = z.object({ matter: MatterId })

export const getLiaison = {
  method: 'GET',
  path: '/api/liaison',
  summary:
    'Read the requests, capacity checks and notes between the organisation and the UN Office',
  query: z.object({ exercise: z.stringbool().default(false) }),
  response: LiaisonDesk,
} as const satisfies Route

export const draftRequest = {
  method: 'PUT',
  path: '/api/liaison/requests/:request',
  summary: 'Draft a request to the UN Office, change the draft, or enter a request that it made',
  params: request,
  body: RequestForm,
  response: LiaisonRequest,
} as const satisfies Route

export const moveRequest = {
  method: 'POST',
  path: '/api/liaison/requests/:request/steps',
  summary: 'Put on record that a request was sent, acknowledged, answered or declined',
  params: request,
  body: RequestStep,
  response: LiaisonRequest,
} as const satisfies Route

export const checkCapacity = {
  method: 'PUT',
  path: '/api/liaison/capacity-checks/:check',
  summary: 'Keep the answers of a capacity self-check; earlier ones stay as they were',
  params: z.object({ check: CapacityCheckId }),
  body: z.object({ answers: CapacityAnswers }),
  response: CapacityCheck,
} as const satisfies Route

export const getMatterLiaison = {
  method: 'GET',
  path: '/api/matters/:matter/liaison',
  summary: 'Read what on a matter a note to the UN Office may tell of, and the notes made of it',
  params: matter,
  response: MatterLiaison,
} as const satisfies Route

export const makeLiaisonNote = {
  method: 'PUT',
  path: '/api/matters/:matter/liaison-notes/:note',
  summary: 'Make a note by the fourteen risk factors from chosen findings, without their sources',
  params: matter.extend({ note: LiaisonNoteId }),
  body: NoteForm,
  response: LiaisonNote,
} as const satisfies Route

export const releaseLiaisonNote = {
  method: 'POST',
  path: '/api/liaison/notes/:note/release',
  summary: 'Release a note for handing over; two persons do so',
  params: note,
  response: Outcome,
} as const satisfies Route

export const handOverLiaisonNote = {
  method: 'POST',
  path: '/api/liaison/notes/:note/hand-over',
  summary: 'Put on record that a released note was handed to the UN Office, when, how and to whom',
  params: note,
  body: HandOver,
  response: LiaisonNote,
} as const satisfies Route

export const sendLiaisonNote = {
  method: 'POST',
  path: '/api/liaison/notes/:note/send',
  summary: 'Send a released note to the node of the UN Office, as a signed record for it alone',
  params: note,
  body: z.object({ office: OrganisationId }),
  response: LiaisonNote,
} as const satisfies Route

export const acknowledgeLiaisonNote = {
  method: 'POST',
  path: '/api/liaison/received/:object/receipt',
  summary: 'Say to the author of a note that came over the network that it is here',
  params: z.object({ object: ObjectId }),
  body: z.object({ words: Paragraphs.nullable() }),
  response: z.object({}),
} as const satisfies Route

export const recordLiaisonReceipt = {
  method: 'POST',
  path: '/api/liaison/notes/:note/receipt',
  summary: 'Put on record that the UN Office said it has the note',
  params: note,
  body: OfficeReceipt,
  response: LiaisonNote,
} as const satisfies Route

export const getLiaisonNoteDocument = {
  method: 'GET',
  path: '/api/liaison/notes/:note/document',
  summary: 'Read a note to the UN Office as a document',
  params: note,
  query: z.object({ format: z.enum(['pdf', 'docx']).default('pdf'), locale: Locale.default('en') }),
  sends: [mediaTypes.pdf, mediaTypes.docx],
  response: Bytes,
} as const satisfies Route
