import { PublicArea } from '@tocsin/domain/actor.ts'
import { Instant } from '@tocsin/domain/brand.ts'
import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import { Outcome } from './people.ts'
import type { Route } from './route.ts'

export const getPublicView = {
  method: 'GET',
  path: '/api/settings/public-view',
  summary: 'Read which parts of the node anybody may read without an account',
  response: z.record(PublicArea, z.boolean()),
} as const satisfies Route

export const setPublicView = {
  method: 'PUT',
  path: '/api/settings/public-view/:area',
  summary: 'Close a part to visitors at once, or open it, which takes a second person',
  params: z.object({ area: PublicArea }),
  body: z.object({ open: z.boolean() }),
  response: Outcome,
} as const satisfies Route

/** An OpenID Connect provider; its client secret lies in the node's folder and is never answered. */
export const IdentityProvider = z.object({
  id: z.uuidv7(),
  name: Line,
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: z.string().trim().min(1).max(300),
  hasSecret: z.boolean(),
  madeAt: Instant,
})
export type IdentityProvider = Readonly<z.infer<typeof IdentityProvider>>

export const listProviders = {
  method: 'GET',
  path: '/api/settings/providers',
  summary: 'List the identity providers with their settings',
  response: z.object({
    /** What the provider must be told: where people come back to. */
    returnAddress: z.url(),
    providers: z.array(IdentityProvider),
  }),
} as const satisfies Route

export const setProvider = {
  method: 'PUT',
  path: '/api/settings/providers/:provider',
  summary: 'Add an identity provider or change its settings',
  params: z.object({ provider: z.uuidv7() }),
  body: IdentityProvider.pick({ name: true, issuer: true, clientId: true }).extend({
    /** Left out, the secret stays as it is. */
    clientSecret: z.string().min(1).max(2000).optional(),
  }),
  response: IdentityProvider,
} as const satisfies Route

export const removeProvider = {
  method: 'DELETE',
  path: '/api/settings/providers/:provider',
  summary: 'Remove an identity provider; accounts linked with it sign in no more by it',
  params: z.object({ provider: z.uuidv7() }),
  response: z.object({}),
} as const satisfies Route
