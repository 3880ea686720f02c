import { Role } from '@tocsin/domain/actor.ts'
import { CountryCode, Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import {
  Invitation,
  InvitationId,
  Line,
  OrganisationKind,
  PostId,
  SignInName,
} from '@tocsin/domain/people.ts'
import { z } from 'zod'
import type { Route } from './route.ts'
import { Code, MadePasskey, PasskeyChallenge, Password, Self } from './session.ts'

const Token = z
  .string()
  .min(20)
  .max(100)
  .regex(/^[A-Za-z0-9_-]+$/)

export const openInvitation = {
  method: 'POST',
  path: '/api/invitations/open',
  summary: 'Read what a set-up link, an invitation or a recovery link is for',
  body: z.object({ token: Token }),
  response: z.object({
    kind: z.enum(['set-up', 'invite', 'recover']),
    organisation: z.string().nullable(),
    post: z.string().nullable(),
    roles: z.array(Role),
    /** Whose account a recovery link gives back. */
    person: z.object({ id: PersonId, name: z.string() }).nullable(),
    expiresAt: Instant.nullable(),
  }),
} as const satisfies Route

export const startEnrolment = {
  method: 'POST',
  path: '/api/enrolments/start',
  summary: 'Ask for a passkey challenge and a secret for an authenticator, whichever is used',
  body: z.object({ token: Token, person: PersonId, name: Line, signInName: SignInName }),
  response: PasskeyChallenge.extend({ secret: z.string(), address: z.string() }),
} as const satisfies Route

/** How the new account is going to sign in: one way is enough to begin with. */
export const Proof = z.discriminatedUnion('way', [
  z.object({ way: z.literal('passkey'), name: Line, passkey: MadePasskey }),
  z.object({ way: z.literal('password'), password: Password, code: Code }),
])
export type Proof = z.infer<typeof Proof>

export const enrol = {
  method: 'POST',
  path: '/api/enrolments',
  summary: 'Follow a link: make the account (at set-up the organisation too) and sign in',
  body: z.object({
    token: Token,
    ceremony: z.uuidv7(),
    locale: Locale,
    /** Only with the set-up link: the organisation that the first administrator belongs to. */
    organisation: z
      .object({
        id: OrganisationId,
        name: Line,
        kind: OrganisationKind,
        country: CountryCode.nullable(),
      })
      .optional(),
    proof: Proof,
  }),
  /** Recovery codes come with a password, once. */
  response: z.object({ self: Self, recoveryCodes: z.array(z.string()) }),
} as const satisfies Route

export const listInvitations = {
  method: 'GET',
  path: '/api/invitations',
  summary: 'List invitations, the latest first',
  response: z.array(Invitation),
} as const satisfies Route

export const invite = {
  method: 'POST',
  path: '/api/invitations',
  summary: 'Invite somebody into an organisation; answers the link, shown once',
  body: z.object({
    id: InvitationId,
    organisation: OrganisationId,
    post: PostId.nullable(),
    roles: z.array(Role).max(5),
  }),
  response: z.object({ invitation: Invitation, link: z.url().nullable() }),
} as const satisfies Route

export const revokeInvitation = {
  method: 'DELETE',
  path: '/api/invitations/:invitation',
  summary: 'Withdraw an invitation that was not used',
  params: z.object({ invitation: InvitationId }),
  response: z.object({}),
} as const satisfies Route
