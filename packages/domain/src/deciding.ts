import { z } from 'zod'
import { type Actor, hasRole } from './actor.ts'
import { Choice, type RoomFacts } from './ballot.ts'
import { Day, Instant, OrganisationId, PersonId } from './brand.ts'
import { AmendmentId, ClauseId } from './clauses.ts'
import { addMilliseconds } from './clock.ts'
import { type Consultation, type PutOut, standingOf } from './consultation.ts'
import { maySignForMatter } from './docket-access.ts'
import { Locale } from './locale.ts'
import { Line } from './people.ts'
import { BallotMethod, entitledTo, type Method, type Proposal, RecusalReason } from './proposal.ts'
import { SilenceOutcome } from './silence.ts'
import { Paragraphs } from './text.ts'

/* Who puts a proposal in a consultation and who answers it, and what each of them sends. */

const HOUR_MS = 3_600_000
const texts = z.partialRecord(Locale, Paragraphs)

/** The rule by which it is decided, with times as people set them. */
const PutMethod = z.discriminatedUnion('kind', [
  ...BallotMethod.options,
  z.object({
    kind: z.literal('silence'),
    /** Everybody has at least so long from the own receipt of the text, in hours. */
    minimumHours: z.int().min(1).max(2160),
    /** How far a member that asks for time can move the end, for all alike, in hours. */
    extensionHours: z.int().min(0).max(2160),
  }),
])

/** What puts a proposal to ballots or under silence; its roster follows from who is in the room. */
export const Putting = z.object({
  title: z.partialRecord(Locale, Line),
  clauses: z
    .array(z.object({ clause: ClauseId, texts }))
    .min(1)
    .max(100),
  originals: z.array(Locale).min(1),
  /** The item of the room's agenda that it belongs to; null for none. */
  item: z.int().positive().nullable(),
  method: PutMethod,
  /** How many organisations must take part, those who abstain too; it does not count under silence. */
  quorum: z.int().min(1).max(200),
  /** From when ballots count; null for at once. */
  opensAt: Instant.nullable(),
  closesAt: Instant,
  /** Whether nobody sees who voted how before the close; never under silence. */
  isSealed: z.boolean(),
  /** Whether a ballot may be cast anew until the close; then the last counts, else the first. */
  mayChange: z.boolean(),
  /** By how much an organisation counts where the method is weighted; 1 where it is not named. */
  weights: z
    .array(z.object({ organisation: OrganisationId, weight: z.int().min(1).max(1_000_000) }))
    .max(200),
  /** Who is in the room and takes no part in this decision, besides those whom the matter concerns. */
  recused: z
    .array(
      z.object({
        organisation: OrganisationId,
        reason: RecusalReason.exclude(['state-concerned']),
      }),
    )
    .max(200),
  /** Whoever convened leads, and may leave what is decided to the others. */
  hasConvenerSay: z.boolean(),
})
export type Putting = Readonly<z.infer<typeof Putting>>

/** The next reading: this one with the amendments that whoever put it accepts, in this order. */
export const NextReading = z.object({
  accepted: z.array(AmendmentId).min(1).max(200),
  closesAt: Instant,
})
export type NextReading = Readonly<z.infer<typeof NextReading>>

/** What an officer says to a text in the organisation's name, or has heard another say. */
export const Answering = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agree'), note: Paragraphs.nullable() }),
  z.object({ kind: z.literal('ask-for-time'), until: Instant, reasons: Paragraphs }),
  z.object({ kind: z.literal('break-silence'), reasons: Paragraphs }),
  /** A member that is not reached said by telephone or text message that it has the text. */
  z.object({
    kind: z.literal('heard'),
    member: OrganisationId,
    by: z.enum(['telephone', 'sms']),
    heardAt: Instant,
    /** Who was there besides the officer who records it: two people must have heard it. */
    witnesses: z.array(PersonId).min(1).max(8),
  }),
])
export type Answering = Readonly<z.infer<typeof Answering>>

/** An organisation's vote, as its officer fills it in. */
export const Voting = z.object({
  reading: z.int().positive(),
  choice: Choice,
  /** Why, in the organisation's own words; it stands in the record of the decision. */
  explanation: Paragraphs.nullable(),
})
export type Voting = Readonly<z.infer<typeof Voting>>

/** One participant's word for another home: who gives the order from now on, and why. */
export const Rehoming = z.object({ to: OrganisationId, reasons: Paragraphs })
export type Rehoming = Readonly<z.infer<typeof Rehoming>>

/** What came of a proposal, by ballots or by silence, or how it stands. */
export const ProposalOutcome = z.enum([
  ...SilenceOutcome.options,
  /** The time is over and a ballot that would count still waits until it is proven that it was in time. */
  'unproven',
  'rejected',
  'blocked',
  'no-quorum',
])
export type ProposalOutcome = z.infer<typeof ProposalOutcome>

/**
 * Whether a matter was decided, or declined with reasons, by what came of a proposal; undefined where it
 * was neither: a text that one blocked, that too few voted on, or that was voted down without a word.
 */
export function settledBy({
  outcome,
  dissent,
}: {
  readonly outcome: ProposalOutcome
  readonly dissent: readonly unknown[]
}): 'adopted' | 'declined' | undefined {
  if (outcome === 'adopted') return 'adopted'
  return outcome === 'rejected' && dissent.length > 0 ? 'declined' : undefined
}

/** What stands in the record of a decision beside what the records say by themselves. */
export const Recording = z.object({
  reading: z.int().positive(),
  legalBasis: z.array(Line).max(40),
  addressees: z.array(Line).max(100),
  followUp: Day.nullable(),
  /**
   * Where the names of chair and secretary stand in it: as which of the two its author signs, the other
   * being whoever signs second. Absent where the offices alone do.
   */
  signsAs: z.enum(['chair', 'secretary']).exactOptional(),
})
export type Recording = Readonly<z.infer<typeof Recording>>

type Room = Pick<Consultation, 'organisation' | 'seats' | 'concerned' | 'closing'>

/** A text is put, and read anew, by an officer of whoever leads the room. */
export const mayPutProposal = (actor: Actor, room: Room): boolean =>
  room.closing === null && maySignForMatter(actor, room)

/** An officer binds the own organisation, if it takes part in what is decided here. */
export function mayAnswerProposal(actor: Actor, room: Room): boolean {
  if (actor.kind !== 'person' || !hasRole(actor, 'focal-point') || room.closing) return false
  const standing = standingOf(room, actor.organisation)
  return standing === 'convener' || standing === 'participant'
}

type Say = Pick<Putting, 'hasConvenerSay' | 'recused' | 'weights'> & { readonly at: Instant }

/** Who has a say at that time, and who takes no part because the matter concerns it, or for another reason. */
export function rosterAt(
  room: Pick<Consultation, 'organisation' | 'seats' | 'concerned'>,
  { at, hasConvenerSay, recused, weights }: Say,
): Pick<Proposal, 'roster' | 'recused'> {
  const seated = room.seats.filter(({ role, since }) => role === 'participant' && since <= at)
  const out = room.concerned.map(({ organisation }) => organisation)
  const all = [
    ...(hasConvenerSay ? [room.organisation] : []),
    ...seated.map(({ organisation }) => organisation).filter((one) => !out.includes(one)),
    ...out,
  ]
  const weightOf = new Map(weights.map(({ organisation, weight }) => [organisation, weight]))
  return {
    roster: all.map((organisation) => ({
      organisation,
      weight: weightOf.get(organisation) ?? 1,
      root: null,
      officers: 1,
    })),
    recused: [
      ...out.map((organisation) => ({ organisation, reason: 'state-concerned' as const })),
      ...recused.filter(({ organisation }) => !out.includes(organisation)),
    ],
  }
}

/** The same say in the next reading. */
export const sayIn = (
  { roster, recused }: Pick<Proposal, 'roster' | 'recused'>,
  { organisation }: Pick<Consultation, 'organisation'>,
): Omit<Say, 'at'> => ({
  hasConvenerSay: roster.some((one) => one.organisation === organisation),
  weights: roster.map((one) => ({ organisation: one.organisation, weight: one.weight })),
  recused: recused.flatMap((one) =>
    one.reason === 'state-concerned' ? [] : [{ ...one, reason: one.reason }],
  ),
})

function methodOf(method: Putting['method']): Method {
  if (method.kind !== 'silence') return method
  const { kind, minimumHours, extensionHours } = method
  return { kind, minimumMs: minimumHours * HOUR_MS, extensionMs: extensionHours * HOUR_MS }
}

/** A proposal as it is put, before it is known whether it can be. */
export function proposalOf(
  put: Putting,
  {
    at,
    room,
    ...named
  }: Pick<Proposal, 'id' | 'number'> & { readonly at: Instant; readonly room: Consultation },
): Proposal {
  return {
    ...named,
    consultation: room.id,
    reading: 1,
    text: { title: put.title, clauses: put.clauses },
    originals: put.originals,
    method: methodOf(put.method),
    quorum: put.method.kind === 'silence' ? 1 : put.quorum,
    ...rosterAt(room, { ...put, at }),
    mayChange: put.mayChange || put.method.kind === 'silence',
    isSealed: put.isSealed,
    opensAt: put.opensAt ?? at,
    closesAt: put.closesAt,
    offline: [],
  }
}

/** The latest moment to which a member may ask that the time runs. */
export const latestEnd = ({ closesAt, method }: Pick<Proposal, 'closesAt' | 'method'>): Instant =>
  method.kind === 'silence' ? addMilliseconds(closesAt, method.extensionMs) : closesAt

/** An organisation that could not take part any more, and since when. */
type Out = RoomFacts['expelled'][number]

/**
 * Of the organisations of a roster, who left the room since, each once: because the matter concerns it,
 * because whoever leads has expelled it, or because whoever counts has (`here`).
 */
export function putOutOf(
  { roster, recused, opensAt }: Pick<Proposal, 'roster' | 'recused' | 'opensAt'>,
  { concerned, expelled = [], seats }: Pick<Consultation, 'concerned' | 'expelled' | 'seats'>,
  here: readonly Out[] = [],
): readonly Out[] {
  // Whoever was invited again before this was put is in for good.
  const isBack = ({ organisation, since }: Pick<PutOut, 'organisation' | 'since'>) =>
    seats.some((seat) => {
      return seat.organisation === organisation && seat.since > since && seat.since <= opensAt
    })
  const told = [...concerned, ...expelled.filter((one) => !isBack(one))]
  const all = [...told.map(({ organisation, since: at }) => ({ organisation, at })), ...here]
  return entitledTo({ roster, recused }).flatMap(({ organisation }) => {
    const own = all.filter((one) => one.organisation === organisation)
    const [at] = own.map((one) => one.at).sort()
    return at === undefined ? [] : [{ organisation, at }]
  })
}
