import { z } from 'zod'
import { Instant, OrganisationId, Sha256 } from './brand.ts'
import { isWholeText, languagesOf, ProposalText } from './clauses.ts'
import { addMilliseconds } from './clock.ts'
import { ConsultationId } from './consultation.ts'
import { Locale } from './locale.ts'

/*
 * What organisations are asked to decide together: the text, who has a say, by what rule and until
 * when. All of it is frozen when the proposal is put; whoever wants another text puts the next reading.
 */

export const ProposalId = z.uuidv7().brand<'ProposalId'>()
export type ProposalId = z.infer<typeof ProposalId>

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A share as people say it: two of three. */
const Share = z
  .object({ of: z.int().min(1).max(1_000_000), atLeast: z.int().min(1).max(1_000_000) })
  .refine(({ of, atLeast }) => atLeast <= of && atLeast * 2 >= of)

/** Of whom the majority is: of those who said yes or no, or of all who are entitled. */
export const MajorityOf = z.enum(['voting', 'entitled'])
export type MajorityOf = z.infer<typeof MajorityOf>

/** The rules by which ballots decide. */
export const BallotMethod = z.discriminatedUnion('kind', [
  /** Nobody says no. */
  z.object({ kind: z.literal('consensus') }),
  /** The same, the organisations of the State concerned taking no part. */
  z.object({ kind: z.literal('consensus-without-concerned') }),
  /** More say yes than no; or more than half of those entitled say yes. */
  z.object({ kind: z.literal('simple-majority'), of: MajorityOf }),
  z.object({ kind: z.literal('two-thirds'), of: MajorityOf }),
  /** The weights of those who say yes come to the share, and to more than those of a no. */
  z.object({ kind: z.literal('weighted'), of: MajorityOf, share: Share }),
])
export type BallotMethod = Readonly<z.infer<typeof BallotMethod>>

/** The rule by which the proposal is decided. */
export const Method = z.discriminatedUnion('kind', [
  ...BallotMethod.options,
  /** Adopted when the time is over and nobody who had received the text has broken silence. */
  z.object({
    kind: z.literal('silence'),
    /** Everybody has at least so long from the own receipt of the text, in milliseconds. */
    minimumMs: z
      .int()
      .min(HOUR_MS)
      .max(90 * DAY_MS),
    /** How far beyond the first deadline a member that asks for time can move it, for all alike. */
    extensionMs: z
      .int()
      .min(0)
      .max(90 * DAY_MS),
  }),
])
export type Method = Readonly<z.infer<typeof Method>>

export const Entitled = z.object({
  organisation: OrganisationId,
  /** Counts where the method is weighted, and nowhere else. */
  weight: z.int().min(1).max(1_000_000),
  /** Fingerprint of the root of trust under which its keys must stand; null for one without a root. */
  root: Sha256.nullable(),
  /** How many of its officers must sign each of its ballots. */
  officers: z.int().min(1).max(2),
})
export type Entitled = Readonly<z.infer<typeof Entitled>>

/** Why a member takes no part in a decision. */
export const RecusalReason = z.enum(['state-concerned', 'own-request', 'conflict-of-interest'])
export type RecusalReason = z.infer<typeof RecusalReason>

/** A member that said before the proposal was put that it would be off line, and for how long. */
const OfflineVoter = z.object({
  organisation: OrganisationId,
  /** How long after the close its ballot may still be proven, in milliseconds. */
  graceMs: z
    .int()
    .min(1)
    .max(30 * DAY_MS),
})

const parts = z.object({
  id: ProposalId,
  consultation: ConsultationId,
  /** P-2 is the second proposal of its consultation. */
  number: z.int().positive(),
  reading: z.int().positive(),
  text: ProposalText,
  /** The languages in which it was written; all others are translations. */
  originals: z.array(Locale).min(1),
  method: Method,
  /** How many organisations must take part; those who abstain do. */
  quorum: z.int().min(1).max(200),
  roster: z.array(Entitled).min(1).max(200),
  recused: z.array(z.object({ organisation: OrganisationId, reason: RecusalReason })).max(200),
  /** Whether a ballot may be changed until the close; then the last one counts. */
  mayChange: z.boolean(),
  /** Nobody sees who voted how before the close. */
  isSealed: z.boolean(),
  opensAt: Instant,
  closesAt: Instant,
  offline: z.array(OfflineVoter).max(200),
})

/** What is wrong with a proposal as somebody would put it. */
export type ProposalFault =
  | 'text-not-whole'
  | 'original-missing'
  | 'organisation-twice'
  | 'recused-not-entitled'
  | 'offline-not-entitled'
  | 'nobody-entitled'
  | 'quorum-out-of-reach'
  | 'concerned-not-recused'
  | 'closes-before-opening'
  | 'too-short-for-silence'
  | 'silence-cannot-be-sealed'

type Parts = Readonly<z.infer<typeof parts>>

/** Undefined where the proposal can be put. */
export function faultInProposal(proposal: Parts): ProposalFault | undefined {
  return (
    faultInText(proposal) ??
    faultInRoster(proposal) ??
    faultInTime(proposal) ??
    (proposal.method.kind === 'silence' && proposal.isSealed
      ? 'silence-cannot-be-sealed'
      : undefined)
  )
}

function faultInText({ text, originals }: Parts): ProposalFault | undefined {
  if (!isWholeText(text)) return 'text-not-whole'
  const languages = languagesOf(text)
  const isThere = originals.every((locale) => languages.includes(locale))
  return isThere && isOnce(originals) ? undefined : 'original-missing'
}

function faultInRoster(proposal: Parts): ProposalFault | undefined {
  const { roster, recused, offline, quorum, method } = proposal
  const [all, out, away] = [roster, recused, offline].map((list) =>
    list.map(({ organisation }) => organisation),
  ) as [OrganisationId[], OrganisationId[], OrganisationId[]]
  if (![all, out, away].every(isOnce)) return 'organisation-twice'
  if (!out.every((one) => all.includes(one))) return 'recused-not-entitled'
  const entitled = entitledTo(proposal)
  const isAway = (one: OrganisationId) => entitled.some((each) => each.organisation === one)
  if (!away.every(isAway)) return 'offline-not-entitled'
  if (entitled.length === 0) return 'nobody-entitled'
  if (quorum > entitled.length) return 'quorum-out-of-reach'
  const isConcernedOut = recused.some(({ reason }) => reason === 'state-concerned')
  const needsOut = method.kind === 'consensus-without-concerned'
  return needsOut && !isConcernedOut ? 'concerned-not-recused' : undefined
}

function faultInTime({ opensAt, closesAt, method }: Parts): ProposalFault | undefined {
  if (closesAt <= opensAt) return 'closes-before-opening'
  const isShort = method.kind === 'silence' && addMilliseconds(opensAt, method.minimumMs) > closesAt
  return isShort ? 'too-short-for-silence' : undefined
}

const isOnce = (list: readonly string[]): boolean => new Set(list).size === list.length

export const Proposal = parts.superRefine((proposal, context) => {
  const fault = faultInProposal(proposal)
  if (fault) context.addIssue({ code: 'custom', message: fault, input: proposal })
})
export type Proposal = Readonly<z.infer<typeof Proposal>>

/** Who has a say: the roster without those who take no part. */
export function entitledTo({
  roster,
  recused,
}: Pick<Proposal, 'roster' | 'recused'>): readonly Entitled[] {
  const out = new Set(recused.map(({ organisation }) => organisation))
  return roster.filter(({ organisation }) => !out.has(organisation))
}

/** Until when what an organisation says must be proven, if the time ends for all at `close`. */
export function closeFor(
  { offline }: Pick<Proposal, 'offline'>,
  organisation: OrganisationId,
  close: Instant,
): Instant {
  const away = offline.find((one) => one.organisation === organisation)
  return away ? addMilliseconds(close, away.graceMs) : close
}

/** From when on nothing that anybody says can change the outcome, if the time ends at `close`. */
export function settledAt({ offline }: Pick<Proposal, 'offline'>, close: Instant): Instant {
  return addMilliseconds(close, Math.max(0, ...offline.map(({ graceMs }) => graceMs)))
}

/**
 * Until when it is waited for the proof of a ballot that may have been in time: as long again as ballots
 * were taken, a day at most. So a slow link loses nobody's vote, and nobody holds up the others for ever.
 */
export function provableUntil(
  proposal: Pick<Proposal, 'opensAt' | 'closesAt' | 'offline'>,
): Instant {
  const openMs = Date.parse(proposal.closesAt) - Date.parse(proposal.opensAt)
  return addMilliseconds(settledAt(proposal, proposal.closesAt), Math.min(openMs, DAY_MS))
}

/** Whether it may be shown who voted how; where ballots are sealed, not before none can come any more. */
export const mayShowBallots = (
  proposal: Pick<Proposal, 'isSealed' | 'closesAt' | 'offline'>,
  at: Instant,
): boolean => !proposal.isSealed || at > settledAt(proposal, proposal.closesAt)

/** The hash of the text in each of its languages: what a ballot or a receipt is about. */
export const TextHashes = z.partialRecord(Locale, Sha256)
export type TextHashes = Readonly<z.infer<typeof TextHashes>>

/** What is hashed of a text in one language, so that no word, clause or place of one can differ. */
export function frozenText(
  { id, reading, text }: Pick<Proposal, 'id' | 'reading' | 'text'>,
  language: Locale,
) {
  const title = text.title[language]
  if (title === undefined) throw new RangeError(`the proposal is not in ${language}`)
  const clauses = text.clauses.map(({ clause, texts }) => ({ clause, text: texts[language] ?? '' }))
  return { proposal: id, reading, language, title, clauses }
}

/** Whether the hashes are of all languages of the frozen text and of nothing else. */
export const isSameText = (one: TextHashes, frozen: TextHashes): boolean =>
  Locale.options.every((locale) => one[locale] === frozen[locale])

/** Whether what somebody received is the frozen text, in at least one language. */
export function isOfText(received: TextHashes, frozen: TextHashes): boolean {
  const languages = Locale.options.filter((locale) => received[locale] !== undefined)
  return languages.length > 0 && languages.every((locale) => received[locale] === frozen[locale])
}
