import { Instant } from '@tocsin/domain/brand.ts'
import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import type { Route } from './route.ts'
import { Code, MadePasskey, PasskeyChallenge, Password } from './session.ts'

export const listCredentials = {
  method: 'GET',
  path: '/api/credentials',
  summary: 'List one’s own ways of signing in',
  response: z.object({
    passkeys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        madeAt: Instant,
        usedAt: Instant.nullable(),
      }),
    ),
    hasFallback: z.boolean(),
    recoveryCodesLeft: z.int(),
    outside: z.array(z.object({ id: z.uuidv7(), issuer: z.string(), madeAt: Instant })),
  }),
} as const satisfies Route

export const startPasskey = {
  method: 'POST',
  path: '/api/credentials/passkeys/start',
  summary: 'Ask for a challenge to add a passkey',
  response: PasskeyChallenge,
} as const satisfies Route

export const addPasskey = {
  method: 'POST',
  path: '/api/credentials/passkeys',
  summary: 'Add a passkey',
  body: z.object({ ceremony: z.uuidv7(), name: Line, passkey: MadePasskey }),
  response: z.object({}),
} as const satisfies Route

export const removePasskey = {
  method: 'DELETE',
  path: '/api/credentials/passkeys/:passkey',
  summary: 'Remove one of one’s own passkeys, but never the last way of signing in',
  params: z.object({ passkey: z.string().max(1400) }),
  response: z.object({}),
} as const satisfies Route

export const startFallback = {
  method: 'POST',
  path: '/api/credentials/fallback/start',
  summary: 'Ask for a secret for an authenticator application',
  response: z.object({ ceremony: z.uuidv7(), secret: z.string(), address: z.string() }),
} as const satisfies Route

export const setFallback = {
  method: 'PUT',
  path: '/api/credentials/fallback',
  summary: 'Set a password and an authenticator; answers new recovery codes, shown once',
  body: z.object({ ceremony: z.uuidv7(), password: Password, code: Code }),
  response: z.object({ recoveryCodes: z.array(z.string()) }),
} as const satisfies Route

export const removeFallback = {
  method: 'DELETE',
  path: '/api/credentials/fallback',
  summary: 'Remove the password and the authenticator, but never the last way of signing in',
  response: z.object({}),
} as const satisfies Route

export const unlinkOutside = {
  method: 'DELETE',
  path: '/api/credentials/outside/:identity',
  summary: 'Unlink an account of another provider, but never the last way of signing in',
  params: z.object({ identity: z.uuidv7() }),
  response: z.object({}),
} as const satisfies Route
