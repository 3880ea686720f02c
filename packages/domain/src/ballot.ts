import { z } from 'zod'
import { Instant, OrganisationId, PersonId, type Sha256 } from './brand.ts'
import { closeFor, isSameText, type Proposal, ProposalId, TextHashes } from './proposal.ts'
import { Paragraphs } from './text.ts'

/*
 * One organisation's vote on one reading. Whatever is wrong with a ballot, it stays on the list, with
 * the reason: nothing that somebody signed is lost.
 */

export const Choice = z.enum(['yes', 'no', 'abstain'])
export type Choice = z.infer<typeof Choice>

/**
 * What the officer's passkey signs. Each member is one word, so that the bytes that are signed are the
 * same under every way of writing names.
 */
export const Ballot = z.strictObject({
  proposal: ProposalId,
  reading: z.int().positive(),
  /** The frozen text in all of its languages. */
  texts: TextHashes,
  choice: Choice,
  /** Why, in the organisation's own words; it stands in the record of the decision. */
  explanation: Paragraphs.nullable(),
  organisation: OrganisationId,
  /** Who casts it. */
  officer: PersonId,
  /** What the officer's clock said; nothing depends on it. */
  at: Instant,
})
export type Ballot = Readonly<z.infer<typeof Ballot>>

/** A ballot as it came, and what is known of the record that carries it. */
export type CastBallot = {
  readonly ballot: Ballot
  /** Names the record. */
  readonly digest: Sha256
  /** Who signed the record. */
  readonly author: OrganisationId
  /** The record's place among what its author told this audience. */
  readonly place: number
  /** The officers whose passkeys signed exactly this ballot. */
  readonly signedBy: readonly PersonId[]
  /** When enough witnesses had seen it; null until it is proven that they have. */
  readonly provenAt: Instant | null
}

/** Why a ballot is not counted. */
export const BallotRefusal = z.enum([
  'unknown-proposal',
  'proposal-withdrawn',
  'not-by-ballot',
  'other-reading',
  'wrong-text',
  'not-eligible',
  'recused',
  'not-the-author',
  'forked',
  'bad-assertion',
  'two-officers-needed',
  'expelled',
  'before-opening',
  'after-close',
  'already-voted',
  /** No proof that it was in time came while it was waited for. */
  'not-proven-in-time',
])
export type BallotRefusal = z.infer<typeof BallotRefusal>

/** What happened to the proposal and its members while it stood, each at the time it is proven. */
export type RoomFacts = {
  readonly withdrawnAt: Instant | null
  readonly expelled: readonly { readonly organisation: OrganisationId; readonly at: Instant }[]
}

export const quietRoom: RoomFacts = { withdrawnAt: null, expelled: [] }

/** Everything that decides about a ballot but the ballot. */
export type Poll = {
  readonly proposal: Proposal
  /** The hashes of its text, computed from the text by whoever counts. */
  readonly texts: TextHashes
  readonly room: RoomFacts
}

/** A proposal that stood until its close cannot be withdrawn any more. */
export const isWithdrawn = (
  { closesAt }: Pick<Proposal, 'closesAt'>,
  { withdrawnAt }: Pick<RoomFacts, 'withdrawnAt'>,
): boolean => withdrawnAt !== null && withdrawnAt < closesAt

/**
 * Why a ballot cannot be counted, whatever other ballots there are: the first reason that holds. One
 * that is not proven yet may still turn out late.
 */
export function refusalOf(poll: Poll, cast: CastBallot): BallotRefusal | undefined {
  return refusalOfPaper(poll, cast) ?? refusalOfSigners(poll, cast) ?? refusalOfTime(poll, cast)
}

function refusalOfPaper({ proposal, texts, room }: Poll, { ballot }: CastBallot) {
  if (ballot.proposal !== proposal.id) return 'unknown-proposal'
  if (isWithdrawn(proposal, room)) return 'proposal-withdrawn'
  if (proposal.method.kind === 'silence') return 'not-by-ballot'
  if (ballot.reading !== proposal.reading) return 'other-reading'
  return isSameText(ballot.texts, texts) ? undefined : 'wrong-text'
}

function refusalOfSigners({ proposal }: Poll, { ballot, author, signedBy }: CastBallot) {
  const who = ballot.organisation
  const entry = proposal.roster.find(({ organisation }) => organisation === who)
  if (!entry) return 'not-eligible'
  if (proposal.recused.some(({ organisation }) => organisation === who)) return 'recused'
  if (author !== who) return 'not-the-author'
  if (!signedBy.includes(ballot.officer)) return 'bad-assertion'
  return new Set(signedBy).size < entry.officers ? 'two-officers-needed' : undefined
}

function refusalOfTime({ proposal, room }: Poll, { ballot, provenAt }: CastBallot) {
  const who = ballot.organisation
  // What was cast before stands: else a vote could be undone by putting out whoever cast it. Until it is
  // proven that it was, it is refused.
  const isOut = room.expelled.some(({ organisation, at }) => {
    return organisation === who && (provenAt === null || at <= provenAt)
  })
  if (isOut) return 'expelled'
  if (provenAt === null) return undefined
  if (provenAt < proposal.opensAt) return 'before-opening'
  return provenAt > closeFor(proposal, who, proposal.closesAt) ? 'after-close' : undefined
}
