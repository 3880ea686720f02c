import { z } from 'zod'
import type { Poll } from './ballot.ts'
import { Instant, OrganisationId, PersonId, type Sha256 } from './brand.ts'
import { addMilliseconds } from './clock.ts'
import { Line } from './people.ts'
import { isOfText, ProposalId, TextHashes } from './proposal.ts'
import { Paragraphs } from './text.ts'

/* What a member says to a text that is under silence, and whether it has effect. */

/** How what a member says came: signed by itself, or heard by others who vouch for it. */
export const PositionWay = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('record') }),
  /** By telephone or text message: the record is of whoever heard it, with those who were there. */
  z.object({
    kind: z.enum(['telephone', 'sms']),
    witnesses: z.array(z.object({ person: PersonId, name: Line })).max(9),
    /** What the clock on the wall said; nothing depends on it. */
    heardAt: Instant,
  }),
])
export type PositionWay = Readonly<z.infer<typeof PositionWay>>

const Stance = z.discriminatedUnion('kind', [
  /** The text was received; nothing is said about it. */
  z.object({ kind: z.literal('receipt') }),
  z.object({ kind: z.literal('agree'), note: Paragraphs.nullable() }),
  /** Until when the member asks that the time runs, for all alike. */
  z.object({ kind: z.literal('ask-for-time'), until: Instant, reasons: Paragraphs }),
  z.object({ kind: z.literal('break-silence'), reasons: Paragraphs }),
])

/** Whatever a member says to a text, it has received it. */
export const Position = z.object({
  proposal: ProposalId,
  reading: z.int().positive(),
  /** Of the text that was received, in one language at least. */
  texts: TextHashes,
  /** Whose position it is. */
  member: OrganisationId,
  way: PositionWay,
  stance: Stance,
  /** What the author's clock said; nothing depends on it. */
  at: Instant,
})
export type Position = Readonly<z.infer<typeof Position>>

/** A position as it came, and what is known of the record that carries it. */
export type GivenPosition = {
  readonly position: Position
  readonly digest: Sha256
  /** Who signed the record. */
  readonly author: OrganisationId
  /** When enough witnesses had seen it; null until it is proven that they have. */
  readonly provenAt: Instant | null
}

/** Why something that was said has no effect; it stays to be read. */
export const PositionRefusal = z.enum([
  'unknown-proposal',
  'other-reading',
  'not-eligible',
  'recused',
  'not-the-author',
  'too-few-witnesses',
  'wrong-text',
  'expelled',
  'beyond-extension',
  'after-deadline',
])
export type PositionRefusal = z.infer<typeof PositionRefusal>

/** So many people must have heard what a member says by telephone or text message. */
const WITNESSES = 2

/** Why a position has no effect whatever the deadline is: the first reason that holds. */
export function refusalOfPosition(poll: Poll, given: GivenPosition): PositionRefusal | undefined {
  const { proposal, texts } = poll
  const { position } = given
  if (position.proposal !== proposal.id) return 'unknown-proposal'
  if (position.reading !== proposal.reading) return 'other-reading'
  return (
    refusalOfMember(poll, given) ??
    refusalOfWay(given) ??
    (isOfText(position.texts, texts) ? undefined : 'wrong-text') ??
    (isBeyond(poll, position) ? 'beyond-extension' : undefined)
  )
}

function refusalOfMember(
  { proposal, room }: Poll,
  { position: { member }, provenAt }: GivenPosition,
): PositionRefusal | undefined {
  const isOf = ({ organisation }: { readonly organisation: OrganisationId }) =>
    organisation === member
  if (!proposal.roster.some(isOf)) return 'not-eligible'
  if (proposal.recused.some(isOf)) return 'recused'
  const isOut = room.expelled.some((one) => isOf(one) && provenAt !== null && one.at <= provenAt)
  return isOut ? 'expelled' : undefined
}

function refusalOfWay({ position, author }: GivenPosition): PositionRefusal | undefined {
  const { way, member } = position
  if (way.kind === 'record') return author === member ? undefined : 'not-the-author'
  const people = new Set(way.witnesses.map(({ person }) => person))
  return people.size >= WITNESSES ? undefined : 'too-few-witnesses'
}

function isBeyond({ proposal }: Poll, { stance }: Position): boolean {
  if (stance.kind !== 'ask-for-time' || proposal.method.kind !== 'silence') return false
  return stance.until > addMilliseconds(proposal.closesAt, proposal.method.extensionMs)
}
