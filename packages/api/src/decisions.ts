import { Day, Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { Amendment, AmendmentId, ProposalText } from '@tocsin/domain/clauses.ts'
import { ConsultationId } from '@tocsin/domain/consultation.ts'
import {
  Answering,
  NextReading,
  ProposalOutcome,
  Putting,
  Recording,
} from '@tocsin/domain/deciding.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { Line } from '@tocsin/domain/people.ts'
import { PositionRefusal } from '@tocsin/domain/position.ts'
import { Method, ProposalId } from '@tocsin/domain/proposal.ts'
import { SilenceState } from '@tocsin/domain/silence.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { z } from 'zod'
import { BallotsView, HomeView } from './ballots.ts'
import { mediaTypes } from './documents.ts'
import { Outcome } from './people.ts'
import { Bytes, type Route } from './route.ts'

const one = z.object({ consultation: ConsultationId })
const ofProposal = one.extend({ proposal: ProposalId })

/** What a member says to a text that is under silence, by the witnesses' time. */
const Member = z.object({
  organisation: OrganisationId,
  name: Line,
  state: SilenceState,
  receivedAt: Instant.nullable(),
  receivedBy: z.enum(['record', 'telephone', 'sms']).nullable(),
  /** How many heard it, where it came by telephone or text message. */
  witnesses: z.int(),
  saidAt: Instant.nullable(),
  /** Its note or reasons. */
  words: Paragraphs.nullable(),
  /** What it said that too few witnesses are known to have seen yet: it does not count before. */
  pending: z.enum(['receipt', 'agree', 'ask-for-time', 'break-silence']).nullable(),
})
export type Member = Readonly<z.infer<typeof Member>>

const AmendmentLine = Amendment.pick({ id: true, at: true, change: true, reasons: true }).extend({
  organisationName: Line,
  /** The reading that it amends. */
  reading: z.int(),
  isAccepted: z.boolean(),
})
export type AmendmentLine = Readonly<z.infer<typeof AmendmentLine>>

/** The record of a decision. */
const DecisionLine = z.object({
  year: z.int(),
  number: z.int(),
  isExercise: z.boolean(),
  outcome: z.string(),
  saidAt: Instant,
  /** By when witnesses had seen it; null until that is proven. */
  provenAt: Instant.nullable(),
  legalBasis: z.array(Line),
  addressees: z.array(Line),
  followUp: Day.nullable(),
})

/**
 * A proposal in its last reading, as this node counts it from the records that it holds. Under silence
 * `ballots` is null; by ballots `members` and `refused` are empty, `deadline` is the close with the grace
 * of members that are off line, and `outcome` is `running` until then, `unproven` while a ballot waits
 * for its witnesses. Before `opensAt` ballots do not count.
 */
export const ProposalView = z.object({
  id: ProposalId,
  number: z.int(),
  reading: z.int(),
  putAt: Instant,
  text: ProposalText,
  /** The reading before, for the marks of what was changed. */
  before: ProposalText.nullable(),
  originals: z.array(Locale),
  method: Method,
  /** The item of the agenda that it belongs to. */
  item: z.int().nullable(),
  quorum: z.int(),
  mayChange: z.boolean(),
  isSealed: z.boolean(),
  opensAt: Instant,
  closesAt: Instant,
  /** When silence ends by what is known here; later where somebody needs or asks for time. */
  deadline: Instant,
  /** The latest end for which a member may ask. */
  latestEnd: Instant,
  outcome: ProposalOutcome,
  /** Whoever put it took it back. */
  endedFor: Paragraphs.nullable(),
  members: z.array(Member),
  ballots: BallotsView.nullable(),
  amendments: z.array(AmendmentLine),
  /** Its record, signed by two officers of whoever led; null where none was made. */
  decision: DecisionLine.nullable(),
  /** What was said and has no effect. */
  refused: z.array(z.object({ name: Line, reason: PositionRefusal })),
})
export type ProposalView = Readonly<z.infer<typeof ProposalView>>

export const listProposals = {
  method: 'GET',
  path: '/api/consultations/:consultation/proposals',
  summary: 'Read the proposals of a consultation, each as this node counts it from its records',
  params: one,
  response: z.object({
    asOf: Instant,
    /** The newest first. */
    proposals: z.array(ProposalView),
    /** Null in a room in which nothing was put to ballots: no order is needed. */
    home: HomeView.nullable(),
    /** Of our organisation, who could have heard what a member said by telephone. */
    colleagues: z.array(z.object({ person: PersonId, name: Line })),
  }),
} as const satisfies Route

export const putProposal = {
  method: 'PUT',
  path: '/api/consultations/:consultation/proposals/:proposal',
  summary: 'Put a text to ballots or under silence where we lead; twice the same puts it once',
  params: ofProposal,
  body: Putting,
  response: z.object({}),
} as const satisfies Route

export const putReading = {
  method: 'PUT',
  path: '/api/consultations/:consultation/proposals/:proposal/readings/:reading',
  summary: 'Put the next reading of a text: the last one with the amendments that are accepted',
  params: ofProposal.extend({ reading: z.coerce.number().int().min(2) }),
  body: NextReading,
  response: z.object({}),
} as const satisfies Route

export const endProposal = {
  method: 'POST',
  path: '/api/consultations/:consultation/proposals/:proposal/end',
  summary: 'Take a proposal of ours back before its time is over',
  params: ofProposal,
  body: z.object({ reasons: Paragraphs }),
  response: z.object({}),
} as const satisfies Route

export const proposeAmendment = {
  method: 'PUT',
  path: '/api/consultations/:consultation/proposals/:proposal/amendments/:amendment',
  summary: 'Propose another text for one clause of the last reading',
  params: ofProposal.extend({ amendment: AmendmentId }),
  body: Amendment.pick({ reading: true, change: true, reasons: true }),
  response: z.object({}),
} as const satisfies Route

export const answerProposal = {
  method: 'PUT',
  path: '/api/consultations/:consultation/proposals/:proposal/answers/:answer',
  summary: 'Agree, ask for time or break silence, or record that another member has the text',
  params: ofProposal.extend({ answer: z.uuidv7() }),
  body: z.object({ reading: z.int().positive(), answer: Answering }),
  response: z.object({}),
} as const satisfies Route

export const recordDecision = {
  method: 'POST',
  path: '/api/consultations/:consultation/proposals/:proposal/decision',
  summary: 'Make the record of what was decided; a second officer signs it as well',
  params: ofProposal,
  body: Recording,
  response: Outcome,
} as const satisfies Route

export const getDecisionFile = {
  method: 'GET',
  path: '/api/consultations/:consultation/proposals/:proposal/decision',
  summary: 'Read a decision with all it rests on: whoever holds the file counts again, offline',
  params: ofProposal,
  sends: [mediaTypes.json],
  response: Bytes,
} as const satisfies Route

export const getDecisionMinute = {
  method: 'GET',
  path: '/api/consultations/:consultation/proposals/:proposal/minute',
  summary: 'Read the minute of a decision as a document, counted again from its records',
  params: ofProposal,
  query: z.object({ format: z.enum(['pdf', 'docx']).default('pdf'), locale: Locale.default('en') }),
  sends: [mediaTypes.pdf, mediaTypes.docx],
  response: Bytes,
} as const satisfies Route
