import { CountryCode, Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { MemberState } from '@tocsin/domain/network.ts'
import { Line, OrganisationKind } from '@tocsin/domain/people.ts'
import { Freshness } from '@tocsin/domain/trust.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { NodeKeys } from '@tocsin/records/trust/make-root.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

const Words = z.array(z.string()).nullable()

/** Another organisation in this node's trust store. */
export const TrustedMember = z.object({
  organisation: OrganisationId,
  name: Line,
  kind: OrganisationKind,
  country: CountryCode.nullable(),
  address: z.string(),
  state: MemberState,
  /** Shown only once two officers have typed them: before, they come from the member itself. */
  words: Words,
  freshness: Freshness.nullable(),
  checkedAt: Instant.nullable(),
  /** Why the last look at its directory changed nothing. */
  fault: z.string().nullable(),
  /** How many officers typed the words, and whether you did. */
  typed: z.object({ officers: z.int(), byYou: z.boolean() }),
})
export type TrustedMember = Readonly<z.infer<typeof TrustedMember>>

/** What an officer reads out to another organisation. */
export const OwnIdentity = z.object({
  organisation: OrganisationId,
  name: Line,
  /** What the other organisation enters to propose this one. */
  address: z.string(),
  /** None until the organisation has a root of trust. */
  words: Words,
})
export type OwnIdentity = Readonly<z.infer<typeof OwnIdentity>>

export const listMembers = {
  method: 'GET',
  path: '/api/network/members',
  summary: 'List the organisations this node knows, whether it trusts them, and its own identities',
  response: z.object({ members: z.array(TrustedMember), own: z.array(OwnIdentity) }),
} as const satisfies Route

const one = z.object({ organisation: OrganisationId })

export const proposeMember = {
  method: 'POST',
  path: '/api/network/members',
  summary:
    'Propose an organisation as a member: its directory is fetched, and nothing is trusted yet',
  body: z.object({
    /** As the organisation gives it out: `https://node.example/tuf/0198...`. */
    address: z.string().trim().max(300),
    name: Line,
    kind: OrganisationKind,
    country: CountryCode.nullable(),
  }),
  response: one,
} as const satisfies Route

export const typeWords = {
  method: 'POST',
  path: '/api/network/members/:organisation/words',
  summary:
    'Type the eight words that the organisation read out to you; the second officer who does so pins it',
  params: one,
  body: z.object({ words: z.string().max(400) }),
  response: z.object({ state: MemberState }),
} as const satisfies Route

export const expelMember = {
  method: 'POST',
  path: '/api/network/members/:organisation/expulsion',
  summary: 'Stop trusting an organisation at once; one officer is enough',
  params: one,
  body: z.object({ reasons: Line }),
  response: z.object({}),
} as const satisfies Route

export const getDirectoryKeys = {
  method: 'GET',
  path: '/api/network/own/:organisation/keys',
  summary: 'Read the public keys over which the keepers make a root of trust',
  params: one,
  response: NodeKeys,
} as const satisfies Route

export const rotateKey = {
  method: 'POST',
  path: '/api/network/own/:organisation/keys',
  summary:
    'Give up the key an organisation signs with and make the next; a stolen one ends at once',
  params: one,
  body: z.object({ isStolen: z.boolean() }),
  response: z.object({ id: z.string() }),
} as const satisfies Route

export const installRoot = {
  method: 'PUT',
  path: '/api/network/own/:organisation/root',
  summary:
    'Install the root of trust that its keepers signed: the first, or the one after the present',
  params: one,
  body: z.object({ file: z.string().max(100_000) }),
  response: z.object({ root: Sha256, words: z.array(z.string()) }),
} as const satisfies Route

export const getTrustFile = {
  method: 'GET',
  path: '/tuf/:organisation/:file',
  summary: 'A file of an organisation’s directory of keys (The Update Framework)',
  params: one.extend({
    file: z.string().regex(/^([1-9]\d{0,5}\.root|timestamp|snapshot|targets)\.json$/),
  }),
  produces: 'application/json',
  response: z.string(),
} as const satisfies Route

export const getDirectory = {
  method: 'GET',
  path: '/tuf/:organisation/targets/directory.json',
  summary: 'What an organisation says of itself: its keys and where its node answers',
  params: one,
  produces: 'application/json',
  response: z.string(),
} as const satisfies Route

export const provePossession = {
  method: 'GET',
  path: '/tuf/:organisation/possession',
  summary:
    'Prove, by signing what was just drawn at random, that the key in the directory is held here',
  params: one,
  query: z.object({ nonce: z.string().regex(/^[\w-]{16,64}$/) }),
  response: Signed,
} as const satisfies Route
