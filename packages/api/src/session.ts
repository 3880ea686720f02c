import { Role, SessionId } from '@tocsin/domain/actor.ts'
import { Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { SignInName } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

const Bytes = z
  .string()
  .max(100_000)
  .regex(/^[A-Za-z0-9_-]*$/)

const Extensions = z.record(z.string(), z.json()).default({})

/** What a browser answers when it made a passkey (WebAuthn Level 3, RegistrationResponseJSON). */
export const MadePasskey = z.object({
  id: Bytes,
  rawId: Bytes,
  type: z.literal('public-key'),
  clientExtensionResults: Extensions,
  response: z.object({
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
})
export type MadePasskey = z.infer<typeof MadePasskey>

/** What a browser answers when it used a passkey (AuthenticationResponseJSON). */
export const UsedPasskey = z.object({
  id: Bytes,
  rawId: Bytes,
  type: z.literal('public-key'),
  clientExtensionResults: Extensions,
  response: z.object({
    clientDataJSON: Bytes,
    authenticatorData: Bytes,
    signature: Bytes,
    userHandle: Bytes.nullish(),
  }),
})
export type UsedPasskey = z.infer<typeof UsedPasskey>

/** Options for the browser's passkey calls, as JSON; the ceremony's id goes back with the answer. */
export const PasskeyChallenge = z.object({
  ceremony: z.uuidv7(),
  options: z.record(z.string(), z.json()),
})

export const Password = z.string().min(1).max(128)

/** Six digits of an authenticator application, or a recovery code. */
export const Code = z.string().trim().min(6).max(40)

/** Who is signed in, as their screens need it. */
export const Self = z.object({
  person: PersonId,
  name: z.string(),
  locale: Locale,
  organisation: z.object({ id: OrganisationId, name: z.string() }),
  roles: z.array(Role),
  session: SessionId,
  steppedUpUntil: Instant.nullable(),
})
export type Self = Readonly<z.infer<typeof Self>>

export const getSession = {
  method: 'GET',
  path: '/api/session',
  summary: 'Read who asks; null for visitors and for the local operator',
  response: z.object({ self: Self.nullable() }),
} as const satisfies Route

export const listSignInWays = {
  method: 'GET',
  path: '/api/session/ways',
  summary: 'List the ways to sign in on this node',
  response: z.object({
    /** Passkeys work on this address only: browsers refuse them on a bare number. */
    passkeyOrigin: z.url(),
    providers: z.array(z.object({ id: z.uuidv7(), name: z.string() })),
    /** Until somebody has followed the set-up link, nobody can sign in. */
    isSetUp: z.boolean(),
  }),
} as const satisfies Route

export const startPasskeySignIn = {
  method: 'POST',
  path: '/api/session/passkey/start',
  summary: 'Ask for a challenge to sign in with a passkey',
  response: PasskeyChallenge,
} as const satisfies Route

export const signInWithPasskey = {
  method: 'POST',
  path: '/api/session/passkey',
  summary: 'Sign in with a passkey',
  body: z.object({ ceremony: z.uuidv7(), passkey: UsedPasskey }),
  response: z.object({ self: Self }),
} as const satisfies Route

export const signInWithPassword = {
  method: 'POST',
  path: '/api/session/password',
  summary: 'Sign in with a password and a code',
  body: z.object({ signInName: SignInName, password: Password, code: Code }),
  response: z.object({ self: Self }),
} as const satisfies Route

export const startStepUp = {
  method: 'POST',
  path: '/api/session/step-up/start',
  summary: 'Ask for a challenge to show a passkey again before a sensitive act',
  response: PasskeyChallenge,
} as const satisfies Route

export const stepUpWithPasskey = {
  method: 'POST',
  path: '/api/session/step-up/passkey',
  summary: 'Show a passkey again; counts for five minutes',
  body: z.object({ ceremony: z.uuidv7(), passkey: UsedPasskey }),
  response: z.object({ self: Self }),
} as const satisfies Route

export const stepUpWithCode = {
  method: 'POST',
  path: '/api/session/step-up/code',
  summary: 'Show a password and a code again; counts for five minutes',
  body: z.object({ password: Password, code: Code }),
  response: z.object({ self: Self }),
} as const satisfies Route

export const signOut = {
  method: 'DELETE',
  path: '/api/session',
  summary: 'Sign out of this session',
  response: z.object({}),
} as const satisfies Route

export const listSessions = {
  method: 'GET',
  path: '/api/sessions',
  summary: 'List one’s own open sessions',
  response: z.array(
    z.object({
      id: SessionId,
      device: z.string(),
      openedAt: Instant,
      seenAt: Instant,
      expiresAt: Instant,
      isThis: z.boolean(),
    }),
  ),
} as const satisfies Route

export const endSession = {
  method: 'DELETE',
  path: '/api/sessions/:session',
  summary: 'End one of one’s own sessions',
  params: z.object({ session: SessionId }),
  response: z.object({}),
} as const satisfies Route

export const signOutEverywhere = {
  method: 'DELETE',
  path: '/api/sessions',
  summary: 'End all of one’s own sessions, this one included',
  response: z.object({}),
} as const satisfies Route

export const startProviderSignIn = {
  method: 'POST',
  path: '/api/session/providers/:provider',
  summary: 'Ask where to go to sign in, or to link an account, with another identity provider',
  params: z.object({ provider: z.uuidv7() }),
  body: z.object({ purpose: z.enum(['sign-in', 'link']) }),
  response: z.object({ url: z.url() }),
} as const satisfies Route

export const finishProviderSignIn = {
  method: 'GET',
  path: '/api/session/provider-return',
  summary: 'Come back from another identity provider',
  query: z.looseObject({ state: z.string().max(200) }),
  produces: 'text/html; charset=utf-8',
  response: z.string(),
} as const satisfies Route
