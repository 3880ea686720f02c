import { z } from 'zod'
import type { Actor } from './actor.ts'
import { Marking } from './audience.ts'
import { CountryCode, Day, Instant, OrganisationId } from './brand.ts'
import { mayWork } from './docket-access.ts'
import { Level } from './level.ts'
import { MatterId } from './matter.ts'
import { Line } from './people.ts'
import { isOfStateConcerned, type Party, plainTerms, type SharingTerms } from './sharing.ts'
import { Paragraphs } from './text.ts'

/*
 * A consultation: organisations deliberate on a matter in a room of their own. The organisation that convened leads
 * it. An organisation that is concerned is not in the room; it may be told that the room exists, and be heard apart.
 */

/** Also names the audience of the room. */
export const ConsultationId = z.uuidv7().brand<'ConsultationId'>()
export type ConsultationId = z.infer<typeof ConsultationId>

/** Who takes part in what is decided, and who follows and may speak. */
export const SeatRole = z.enum(['participant', 'observer'])
export type SeatRole = z.infer<typeof SeatRole>

export const Seat = z.object({
  organisation: OrganisationId,
  name: Line,
  role: SeatRole,
  /** From when it was invited; it reads what is said from then on. */
  since: Instant,
})
export type Seat = Readonly<z.infer<typeof Seat>>

/** An organisation that does not take part because the matter concerns it. */
export const Concerned = z.object({
  organisation: OrganisationId,
  name: Line,
  reason: Paragraphs,
  since: Instant,
  /** Since when it has been told that a consultation exists, and is heard; null where it is not. */
  heardSince: Instant.nullable(),
})
export type Concerned = Readonly<z.infer<typeof Concerned>>

/** A member of the room that whoever leads it expelled from its trust, and by which name the room knew it. */
export const PutOut = z.object({ organisation: OrganisationId, name: Line, since: Instant })
export type PutOut = Readonly<z.infer<typeof PutOut>>

/** What became of an item of the agenda. */
export const Settlement = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('decided'), words: Paragraphs }),
  z.object({ outcome: z.literal('deferred'), words: Paragraphs.nullable(), until: Day }),
  z.object({ outcome: z.literal('closed'), words: Paragraphs }),
])
export type Settlement = Readonly<z.infer<typeof Settlement>>

export const AgendaItem = z.object({
  /** From 1, in the order in which they were put on the agenda. */
  n: z.int().positive(),
  title: Line,
  addedAt: Instant,
  /** None as long as it is open. */
  settled: z.object({ at: Instant, how: Settlement }).nullable(),
  /** Put there by a rule because there was no decision in time: why not, is asked of the room. */
  asks: z.literal('reasons').optional(),
})
export type AgendaItem = Readonly<z.infer<typeof AgendaItem>>

/** Organisations in one room, and items on its agenda, at most. */
export const SEATS = 100
export const ITEMS = 40

/** A consultation as those see it who are in the room. */
export const Consultation = z.object({
  id: ConsultationId,
  matter: MatterId,
  /** The organisation that convened it and leads it. */
  organisation: OrganisationId,
  organisationName: Line,
  year: z.int(),
  number: z.int().positive(),
  title: Line,
  /** What is asked of those invited, and at whose request. */
  request: Paragraphs,
  convenedBy: z.object({ name: Line, office: Line.nullable() }),
  country: CountryCode.nullable(),
  level: Level,
  marking: Marking,
  isExercise: z.boolean(),
  seats: z.array(Seat).max(SEATS),
  concerned: z.array(Concerned).max(SEATS),
  /** Absent where none was put out. */
  expelled: z.array(PutOut).max(SEATS).exactOptional(),
  agenda: z.array(AgendaItem).max(ITEMS),
  openedAt: Instant,
  closing: z.object({ closedAt: Instant, words: Paragraphs }).nullable(),
})
export type Consultation = Readonly<z.infer<typeof Consultation>>

/** What an organisation is told that the matter concerns: that a consultation exists, and that it is heard. */
export const Hearing = Consultation.pick({
  id: true,
  organisation: true,
  organisationName: true,
  year: true,
  number: true,
  marking: true,
  isExercise: true,
  openedAt: true,
}).extend({ hears: OrganisationId, hearsName: Line, closedAt: Instant.nullable() })
export type Hearing = Readonly<z.infer<typeof Hearing>>

/** What opens a consultation; the client makes the id, so that sending it twice opens one. */
export const Convening = z.object({
  id: ConsultationId,
  title: Line,
  request: Paragraphs,
  participants: z.array(OrganisationId).max(SEATS),
  observers: z.array(OrganisationId).max(SEATS),
  /** Organisations that the matter concerns, and whether they are told and heard. */
  concerned: z
    .array(z.object({ organisation: OrganisationId, reason: Paragraphs, isHeard: z.boolean() }))
    .max(20),
  agenda: z.array(Line).max(ITEMS),
})
export type Convening = Readonly<z.infer<typeof Convening>>

/** Everybody who would be in the room besides whoever convenes it. */
export const invitedBy = ({
  participants,
  observers,
}: Pick<Convening, 'participants' | 'observers'>) => [...participants, ...observers]

/** Why a consultation cannot be convened so. */
export type ConveningFault = 'named-twice' | 'state-concerned' | 'nobody-invited'

export function conveningFault(
  convening: Pick<Convening, 'participants' | 'observers' | 'concerned'>,
  {
    owner,
    country,
    parties,
  }: {
    readonly owner: Pick<Party, 'id' | 'country'>
    readonly country: CountryCode | null
    readonly parties: readonly Pick<Party, 'id' | 'country'>[]
  },
): ConveningFault | undefined {
  const invited = invitedBy(convening)
  const named = [owner.id, ...invited, ...convening.concerned.map((one) => one.organisation)]
  if (new Set(named).size < named.length) return 'named-twice'
  if (invited.length === 0) return 'nobody-invited'
  const isConcerned = (party: Pick<Party, 'id' | 'country'>) =>
    invited.includes(party.id) && isOfStateConcerned({ country }, owner, party)
  return parties.some(isConcerned) ? 'state-concerned' : undefined
}

type Room = Pick<Consultation, 'organisation' | 'seats' | 'concerned' | 'closing'>

/** How an organisation stands to a room; undefined for whoever has nothing to do with it. */
export type Standing = 'convener' | SeatRole | 'recused'

export function standingOf(room: Omit<Room, 'closing'>, who: OrganisationId): Standing | undefined {
  const is = (one: { readonly organisation: OrganisationId }) => one.organisation === who
  if (room.concerned.some(is)) return 'recused'
  if (is(room)) return 'convener'
  return room.seats.find(is)?.role
}

/** What is said in a room: a position, a question, the words of whoever is concerned, or dissent that is kept. */
export const ContributionKind = z.enum(['statement', 'question', 'reply-of-concerned', 'dissent'])
export type ContributionKind = z.infer<typeof ContributionKind>

/** Why something cannot be said. */
export type SpeechFault = 'closed' | 'recused' | 'not-invited' | 'observer' | 'not-concerned'

/** Why an organisation cannot say such a thing in the room; undefined where it can. */
export function whyNotSay(
  room: Room,
  who: OrganisationId,
  kind: ContributionKind,
): SpeechFault | undefined {
  const standing = standingOf(room, who)
  if (standing === undefined) return 'not-invited'
  if (standing === 'recused') return 'recused'
  if (room.closing !== null) return 'closed'
  // Whoever is concerned is heard apart: nobody in the room speaks for them.
  if (kind === 'reply-of-concerned') return 'not-concerned'
  // An observer speaks; to dissent from what is decided is for those who take part in it.
  return standing === 'observer' && kind === 'dissent' ? 'observer' : undefined
}

/** The same of the thread in which one organisation is heard. */
export function whyNotReply(
  hearing: Pick<Hearing, 'organisation' | 'hears' | 'closedAt'>,
  who: OrganisationId,
  kind: ContributionKind,
): SpeechFault | undefined {
  if (who !== hearing.organisation && who !== hearing.hears) return 'not-invited'
  if (hearing.closedAt !== null) return 'closed'
  if (kind === 'dissent') return 'observer'
  return (kind === 'reply-of-concerned') === (who === hearing.hears) ? undefined : 'not-concerned'
}

/** Speaking in the organisation's name, in a room that it may speak in. */
export const maySay = (actor: Actor, room: Room, kind: ContributionKind): boolean =>
  actor.kind === 'person' &&
  mayWork(actor) &&
  whyNotSay(room, actor.organisation, kind) === undefined

/** On which terms the room's audience is made: those invited and nobody else, and nobody passes on. */
export const roomTerms = (
  convening: Pick<Convening, 'participants' | 'observers' | 'concerned'>,
  { name, marking }: { readonly name: string; readonly marking: Marking },
): SharingTerms => ({
  ...plainTerms,
  name,
  members: [...invitedBy(convening)],
  excluded: convening.concerned.map(({ organisation }) => organisation),
  ceiling: marking,
  reshare: 'never',
})
