import { BallotRefusal, Choice } from '@tocsin/domain/ballot.ts'
import { Instant, OrganisationId, PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import { ConsultationId } from '@tocsin/domain/consultation.ts'
import { Rehoming, Voting } from '@tocsin/domain/deciding.ts'
import { FindingKind } from '@tocsin/domain/home-check.ts'
import { Line } from '@tocsin/domain/people.ts'
import { ProposalId, RecusalReason } from '@tocsin/domain/proposal.ts'
import { Paragraphs } from '@tocsin/domain/text.ts'
import { z } from 'zod'
import type { Route } from './route.ts'
import { PasskeyChallenge, UsedPasskey } from './session.ts'

/* Votes: what the room sees of ballots and of the home that orders and counts them, and how they are cast. */

const one = z.object({ consultation: ConsultationId })
const ofProposal = one.extend({ proposal: ProposalId })

const Named = z.object({ organisation: OrganisationId, name: Line })

/**
 * One ballot as the room sees it, whatever is wrong with it: nothing that somebody signed is lost. While
 * it is sealed, `choice` and `explanation` are null for everybody, and who voted is seen all the same.
 */
const BallotLine = Named.extend({
  /** Names the record. */
  digest: Sha256,
  choice: Choice.nullable(),
  explanation: Paragraphs.nullable(),
  /** The officer who cast it; the name is as the organisation told it, null where it told none. */
  officer: z.object({ person: PersonId, name: Line.nullable(), office: Line.nullable() }),
  /** Whether a passkey that was told for this officer signed exactly this ballot. */
  isSigned: z.boolean(),
  /** What the officer's clock said; nothing depends on it. */
  castAt: Instant,
  /** By when witnesses had seen it; null until that is proven, and it does not count before. */
  provenAt: Instant.nullable(),
  /** The reading of the text that it is about. */
  reading: z.int(),
  state: z.enum(['counted', 'replaced', 'waiting', 'refused']),
  /** Why it does not count; everybody in the room reads it. */
  reason: BallotRefusal.nullable(),
  /** Its place in the order that the home gives, from 1; null while it has none. */
  place: z.int().nullable(),
})
export type BallotLine = Readonly<z.infer<typeof BallotLine>>

const Sum = z.object({ organisations: z.int(), weight: z.int() })

/** A vote as this node counts it from the records that it holds. */
export const BallotsView = z.object({
  /** False while ballots are sealed: then no choice and no sum is told. */
  isShown: z.boolean(),
  /** In the order of their organisations' names, each author's in its own order. */
  lines: z.array(BallotLine),
  /** Who has a say, with its weight (1 unless weighted), and whether a ballot of it counts. */
  entitled: z.array(Named.extend({ weight: z.int(), hasVoted: z.boolean() })),
  recused: z.array(Named.extend({ reason: RecusalReason })),
  /** Until when it is waited for a proof that a ballot was in time; what is not proven then does not count. */
  waitsUntil: Instant,
  /** How many take part, those who abstain too; the quorum is of these. Shown while sealed as well. */
  taking: z.int(),
  /** Our count; null while it is sealed. */
  sums: z.object({ yes: Sum, no: Sum, abstain: Sum, entitled: Sum }).nullable(),
  /** How the home counted, by its record; null until it has. */
  told: z
    .object({
      home: Named,
      outcome: z.string(),
      saidAt: Instant,
      /** False where this node comes to another result; the findings about the home say in what. */
      isOurs: z.boolean(),
    })
    .nullable(),
  /** Whether the reader's organisation may cast one now that could count. */
  mayCast: z.boolean(),
})
export type BallotsView = Readonly<z.infer<typeof BallotsView>>

/**
 * What the home did that it may not do. `isProven` false: the line may be at fault, and the home has to
 * explain it. Shown to everybody in the room, with the home's name.
 */
const HomeFinding = z.object({
  kind: FindingKind,
  home: Named,
  isProven: z.boolean(),
  /** The records that show it. */
  digests: z.array(Sha256),
  /** Whose ballots or records it did that to. */
  about: z.array(Named),
  /** The proposal whose tally it is about; null where it is about the order. */
  proposal: z.object({ id: ProposalId, number: z.int() }).nullable(),
})
export type HomeFinding = Readonly<z.infer<typeof HomeFinding>>

/** Who gives the order in the room: the node that convened, until two thirds sign for another. */
export const HomeView = Named.extend({
  /** Counts the homes that the room has had: 0 is the first. */
  term: z.int(),
  /** Steps of the order that are certain, and records that stand in it. */
  steps: z.int(),
  ordered: z.int(),
  /** Records that do not stand in the order yet. */
  waiting: z.int(),
  findings: z.array(HomeFinding),
  /** Signatures for another home in the next term. */
  rehoming: z.array(
    z.object({
      to: Named,
      signed: z.array(Named.extend({ reasons: Paragraphs })),
      /** So many of the participants must sign the same. */
      needed: z.int(),
    }),
  ),
  /** Whether the reader's organisation may sign for another home, and for which. */
  candidates: z.array(Named),
})
export type HomeView = Readonly<z.infer<typeof HomeView>>

/**
 * The first of two steps: the ballot is made here, and answered with the passkey call whose challenge is
 * its hash (`tocsin-ballot/v1`). The organisation's officers' passkeys are told to the room with it, if it
 * has not told them yet. Late, on a reading that was amended, or by a member that is recused, it goes on:
 * the ballot will be on the list, refused. Problems: `proposal.no-say` where the reader's organisation
 * only follows or is not in the room, `proposal.not-found` also where it is under silence,
 * `proposal.no-passkey` where the officer has none.
 */
export const startBallot = {
  method: 'POST',
  path: '/api/consultations/:consultation/proposals/:proposal/ballots/start',
  summary: "Make a ballot and ask for the officer's passkey, which signs exactly this ballot",
  params: ofProposal,
  body: Voting,
  response: PasskeyChallenge,
} as const satisfies Route

/**
 * The second: the ballot with what the passkey signed, told to the room. The client makes the id, and the
 * same twice casts one. `reason` is why it does not count as far as is known now, null where it counts
 * once witnesses have seen it; the room sees the ballot either way. Problem: `identity.ceremony-over`
 * ten minutes after the first step, or in another person's session.
 */
export const castBallot = {
  method: 'PUT',
  path: '/api/consultations/:consultation/proposals/:proposal/ballots/:ballot',
  summary: "Cast an organisation's ballot, signed by its officer's passkey",
  params: ofProposal.extend({ ballot: z.uuidv7() }),
  body: z.object({ ceremony: z.uuidv7(), passkey: UsedPasskey }),
  response: z.object({ reason: BallotRefusal.nullable() }),
} as const satisfies Route

/** Signed once for one term: another home in the same term makes both signatures void. */
export const signRehoming = {
  method: 'POST',
  path: '/api/consultations/:consultation/home',
  summary:
    'Sign that another node gives the order from now on; it does when two thirds sign the same',
  params: one,
  body: Rehoming,
  response: z.object({}),
} as const satisfies Route
