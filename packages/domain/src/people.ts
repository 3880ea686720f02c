import { z } from 'zod'
import { Role } from './actor.ts'
import { CountryCode, Day, Instant, OrganisationId, PersonId } from './brand.ts'
import { Locale } from './locale.ts'

export const PostId = z.uuidv7().brand<'PostId'>()
export type PostId = z.infer<typeof PostId>

export const HoldingId = z.uuidv7().brand<'HoldingId'>()
export type HoldingId = z.infer<typeof HoldingId>

export const InvitationId = z.uuidv7().brand<'InvitationId'>()
export type InvitationId = z.infer<typeof InvitationId>

/** One line of text that people read: no line breaks, nothing invisible that could deceive. */
export const Line = z
  .string()
  .normalize('NFC')
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}]*$/u)

export const OrganisationKind = z.enum([
  'focal-point',
  'competent-authority',
  'regional-organisation',
  'un-office',
  'civil-society',
  'research',
])
export type OrganisationKind = z.infer<typeof OrganisationKind>

export const Organisation = z.object({
  id: OrganisationId,
  name: Line,
  kind: OrganisationKind,
  /** The State it belongs to; none for regional organisations and the United Nations. */
  country: CountryCode.nullable(),
  madeAt: Instant,
  closedAt: Instant.nullable(),
})
export type Organisation = Readonly<z.infer<typeof Organisation>>

/** A function inside an organisation: it stays while its holders change. */
export const Post = z.object({
  id: PostId,
  organisation: OrganisationId,
  title: Line,
  madeAt: Instant,
  abolishedAt: Instant.nullable(),
})
export type Post = Readonly<z.infer<typeof Post>>

export const Capacity = z.enum(['main', 'alternate', 'acting'])
export type Capacity = z.infer<typeof Capacity>

/** Who holds a post, in which capacity, from which day to which day, both included. */
export const Holding = z.object({
  id: HoldingId,
  post: PostId,
  organisation: OrganisationId,
  person: PersonId,
  capacity: Capacity,
  fromDay: Day,
  untilDay: Day.nullable(),
})
export type Holding = Readonly<z.infer<typeof Holding>>

/** What a person types to sign in without a passkey; small letters, so that case never locks out. */
export const SignInName = z
  .string()
  .normalize('NFKC')
  .trim()
  .toLowerCase()
  .min(3)
  .max(120)
  .regex(/^[^\s\p{Cc}\p{Cs}\p{Bidi_Control}]+$/u)
  .brand<'SignInName'>()
export type SignInName = z.infer<typeof SignInName>

export const Person = z.object({
  id: PersonId,
  organisation: OrganisationId,
  name: Line,
  locale: Locale,
  roles: z.array(Role),
  madeAt: Instant,
  endedAt: Instant.nullable(),
})
export type Person = Readonly<z.infer<typeof Person>>

export const Invitation = z.object({
  id: InvitationId,
  organisation: OrganisationId,
  post: PostId.nullable(),
  roles: z.array(Role),
  kind: z.enum(['invite', 'recover']),
  madeAt: Instant,
  expiresAt: Instant,
  usedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
})
export type Invitation = Readonly<z.infer<typeof Invitation>>

const precedence: Readonly<Record<Capacity, number>> = { acting: 0, main: 1, alternate: 2 }

type Dated = Pick<Holding, 'fromDay' | 'untilDay'>

/** Whether the two spells share a day. */
export function overlap(a: Dated, b: Dated): boolean {
  const startsInTime = (one: Dated, other: Dated) =>
    other.untilDay === null || one.fromDay <= other.untilDay
  return startsInTime(a, b) && startsInTime(b, a)
}

/** Who held the post on the day, whoever speaks for it first: acting, then main, then alternates. */
export function holdersOn<H extends Holding>(holdings: readonly H[], day: Day): readonly H[] {
  return holdings
    .filter((holding) => overlap(holding, { fromDay: day, untilDay: day }))
    .sort((a, b) => precedence[a.capacity] - precedence[b.capacity])
}
