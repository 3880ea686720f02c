import { Choice } from '@tocsin/domain/ballot.ts'
import { Day, Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { ProposalText } from '@tocsin/domain/clauses.ts'
import { Line } from '@tocsin/domain/people.ts'
import { ProposalId, RecusalReason, TextHashes } from '@tocsin/domain/proposal.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { roomObject, roomParts } from './room-object.ts'
import { readContent } from './shared-object.ts'
import { PutOut } from './tally.ts'

/** By what it is decided: a count, or a silence that ended. */
const Ground = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tally'), tally: Sha256 }),
  z.object({
    kind: z.literal('silence'),
    /** When silence ended. */
    deadline: Instant,
    /** The records of receipt and position that it rests on. */
    positions: z.array(Sha256).max(1000),
    expelled: z.array(PutOut).max(200),
  }),
])

/** What was decided, by whom, and on what ground; whoever holds the records counts again. */
export const Decision = z.object({
  ...roomParts,
  year: z.int(),
  number: z.int().positive(),
  proposal: ProposalId,
  reading: z.int().positive(),
  /** The record of the question. */
  question: Sha256,
  text: ProposalText,
  texts: TextHashes,
  outcome: z.enum(['adopted', 'rejected', 'blocked', 'no-quorum', 'broken']),
  ground: Ground,
  /** Who took part: voted, or had the text on record. */
  present: z.array(OrganisationId).max(200),
  recused: z.array(z.object({ organisation: OrganisationId, reason: RecusalReason })).max(200),
  votes: z.array(z.object({ organisation: OrganisationId, choice: Choice })).max(200),
  /** What those who did not agree say: it travels with the decision. */
  dissent: z.array(z.object({ organisation: OrganisationId, text: Paragraphs })).max(200),
  legalBasis: z.array(Line).max(40),
  addressees: z.array(Line).max(100),
  /** Records that the decision rests on. */
  evidence: z.array(Sha256).max(1000),
  /** When what was decided is looked at again. */
  followUp: Day.nullable(),
  /** The two officers who signed, by name; absent where they sign by their offices alone. */
  signedBy: z.object({ chair: Line, secretary: Line }).exactOptional(),
})
export type Decision = Readonly<z.infer<typeof Decision>>

export const decisionObject = (decision: Decision): RecordedObject =>
  roomObject('decision', [decision.proposal, decision.reading], Decision, decision)

export const readDecisionObject = (object: RecordedObject): Decision =>
  readContent(Decision, object)
