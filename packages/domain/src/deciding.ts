import { z } from 'zod'
import { type Actor, hasRole } from './actor.ts'
import { Day, Instant, OrganisationId, PersonId } from './brand.ts'
import { AmendmentId, ClauseId } from './clauses.ts'
import { addMilliseconds } from './clock.ts'
import { type Consultation, standingOf } from './consultation.ts'
import { maySignForMatter } from './docket-access.ts'
import { Locale } from './locale.ts'
import { Line } from './people.ts'
import type { Proposal } from './proposal.ts'
import { Paragraphs } from './text.ts'

/* Who puts a proposal in a consultation and who answers it, and what each of them sends. */

const HOUR_MS = 3_600_000
const texts = z.partialRecord(Locale, Paragraphs)

/** What puts a proposal under silence; its roster follows from who is in the room. */
export const Putting = z.object({
  title: z.partialRecord(Locale, Line),
  clauses: z
    .array(z.object({ clause: ClauseId, texts }))
    .min(1)
    .max(100),
  originals: z.array(Locale).min(1),
  closesAt: Instant,
  /** Everybody has at least so long from the own receipt of the text, in hours. */
  minimumHours: z.int().min(1).max(2160),
  /** How far a member that asks for time can move the end, for all alike, in hours. */
  extensionHours: z.int().min(0).max(2160),
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

/** Who has a say at that time, and who takes no part because the matter concerns it. */
export function rosterAt(
  room: Pick<Consultation, 'organisation' | 'seats' | 'concerned'>,
  { at, hasConvenerSay }: { readonly at: Instant; readonly hasConvenerSay: boolean },
): Pick<Proposal, 'roster' | 'recused'> {
  const seated = room.seats.filter(({ role, since }) => role === 'participant' && since <= at)
  const out = room.concerned.map(({ organisation }) => organisation)
  const all = [
    ...(hasConvenerSay ? [room.organisation] : []),
    ...seated.map(({ organisation }) => organisation).filter((one) => !out.includes(one)),
    ...out,
  ]
  return {
    roster: all.map((organisation) => ({ organisation, weight: 1, root: null, officers: 1 })),
    recused: out.map((organisation) => ({ organisation, reason: 'state-concerned' })),
  }
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
    method: {
      kind: 'silence',
      minimumMs: put.minimumHours * HOUR_MS,
      extensionMs: put.extensionHours * HOUR_MS,
    },
    quorum: 1,
    ...rosterAt(room, { at, hasConvenerSay: put.hasConvenerSay }),
    mayChange: true,
    isSealed: false,
    opensAt: at,
    closesAt: put.closesAt,
    offline: [],
  }
}

/** The latest moment to which a member may ask that the time runs. */
export const latestEnd = ({ closesAt, method }: Pick<Proposal, 'closesAt' | 'method'>): Instant =>
  method.kind === 'silence' ? addMilliseconds(closesAt, method.extensionMs) : closesAt

/** Of the organisations of a roster, who left the room since: it could not break silence any more. */
export const putOutOf = (
  { roster, recused, opensAt }: Pick<Proposal, 'roster' | 'recused' | 'opensAt'>,
  { concerned }: Pick<Consultation, 'concerned'>,
) =>
  concerned
    .filter(({ organisation, since }) => {
      const isOf = (one: { readonly organisation: OrganisationId }) =>
        one.organisation === organisation
      return since >= opensAt && roster.some(isOf) && !recused.some(isOf)
    })
    .map(({ organisation, since: at }) => ({ organisation, at }))
