import { Marking } from '@tocsin/domain/audience.ts'
import { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { Refusal } from '@tocsin/domain/network.ts'
import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/*
 * TAXII 2.1 (OASIS): how records travel. To the node of a member the objects are carriers of signed
 * records; to any other client that was given a token, they are STIX objects in clear.
 */

export const TAXII = 'application/taxii+json;version=2.1'

/** The most that one envelope may hold, in bytes. */
export const ENVELOPE_BYTES = 8 * 1_048_576

/** With microseconds: unique within a collection, in the order in which records became readable. */
export const DateAdded = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)

const Collection = z.object({
  id: z.uuid(),
  title: z.string(),
  alias: z.string().optional(),
  can_read: z.boolean(),
  can_write: z.boolean(),
  media_types: z.array(z.string()),
})
export type Collection = Readonly<z.infer<typeof Collection>>

const Envelope = z.object({
  more: z.boolean().optional(),
  next: z.string().optional(),
  objects: z.array(z.looseObject({ type: z.string(), id: z.string() })).optional(),
})
export type Envelope = Readonly<z.infer<typeof Envelope>>

/** What became of one record, by the digest that names it. */
export const RecordResult = z.object({
  digest: Sha256,
  result: z.union([z.enum(['kept', 'known', 'carried']), Refusal]),
})
export type RecordResult = Readonly<z.infer<typeof RecordResult>>

const Fate = z.object({ id: z.string(), version: z.string(), message: z.string().optional() })

export const Status = z.object({
  id: z.uuid(),
  status: z.enum(['complete', 'pending']),
  request_timestamp: Instant,
  total_count: z.int(),
  success_count: z.int(),
  successes: z.array(Fate),
  failure_count: z.int(),
  failures: z.array(Fate),
  pending_count: z.int(),
  /** Each record of a sealed carrier has its own result. */
  x_records: z.array(RecordResult),
})
export type Status = Readonly<z.infer<typeof Status>>

const taxii = { media: TAXII } as const
const root = '/taxii2/network'
const one = z.object({ collection: z.string().max(100) })
const list = z.string().max(2000).optional()

export const ObjectQuery = z.object({
  added_after: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().positive().optional(),
  next: z
    .string()
    .regex(/^\d{1,16}$/)
    .optional(),
  'match[id]': list,
  'match[type]': list,
  'match[version]': list,
  'match[spec_version]': list,
  /** Ours: what an author told this audience, to fill a gap: `<organisation>:<from>-<to>`. */
  'match[x_place]': z
    .string()
    .regex(/^[0-9a-f-]{36}:\d{1,9}-\d{1,9}$/)
    .optional(),
})
export type ObjectQuery = Readonly<z.infer<typeof ObjectQuery>>

export const discover = {
  ...taxii,
  method: 'GET',
  path: '/taxii2/',
  summary: 'Say where the network of this node is read (TAXII 2.1 discovery)',
  response: z.object({ title: z.string(), default: z.string(), api_roots: z.array(z.string()) }),
} as const satisfies Route

export const getApiRoot = {
  ...taxii,
  method: 'GET',
  path: `${root}/`,
  summary: 'Describe the TAXII 2.1 API root',
  response: z.object({
    title: z.string(),
    versions: z.array(z.string()),
    max_content_length: z.int(),
  }),
} as const satisfies Route

export const getStatus = {
  ...taxii,
  method: 'GET',
  path: `${root}/status/:status/`,
  summary: 'Say what became of records that were sent',
  params: z.object({ status: z.string().max(100) }),
  response: Status,
} as const satisfies Route

export const listCollections = {
  ...taxii,
  method: 'GET',
  path: `${root}/collections/`,
  summary: 'List the collections that the caller may use',
  response: z.object({ collections: z.array(Collection).optional() }),
} as const satisfies Route

export const getCollection = {
  ...taxii,
  method: 'GET',
  path: `${root}/collections/:collection/`,
  summary: 'Describe one collection',
  params: one,
  response: Collection,
} as const satisfies Route

export const getManifest = {
  ...taxii,
  method: 'GET',
  path: `${root}/collections/:collection/manifest/`,
  summary: 'List what a collection holds, without the objects',
  params: one,
  query: ObjectQuery,
  response: z.object({
    more: z.boolean().optional(),
    next: z.string().optional(),
    objects: z
      .array(
        z.object({
          id: z.string(),
          date_added: DateAdded,
          version: z.string(),
          media_type: z.string(),
        }),
      )
      .optional(),
  }),
} as const satisfies Route

export const getObjects = {
  ...taxii,
  method: 'GET',
  path: `${root}/collections/:collection/objects/`,
  summary: 'Read the objects of a collection, the earliest added first',
  params: one,
  query: ObjectQuery,
  response: Envelope,
} as const satisfies Route

export const addObjects = {
  ...taxii,
  method: 'POST',
  path: `${root}/collections/:collection/objects/`,
  summary: 'Send records to this node; each is answered for itself',
  params: one,
  body: z.object({
    objects: z.array(z.looseObject({})).max(1000).default([]),
    /** Ours: the member for whom it is, where this node only carries it. */
    x_to: OrganisationId.optional(),
  }),
  limit: ENVELOPE_BYTES,
  response: Status,
} as const satisfies Route

export const getObject = {
  ...taxii,
  method: 'GET',
  path: `${root}/collections/:collection/objects/:object/`,
  summary: 'Read one object of a collection',
  params: one.extend({ object: z.string().max(300) }),
  query: ObjectQuery.omit({ 'match[id]': true, 'match[type]': true }),
  response: Envelope,
} as const satisfies Route

export const listVersions = {
  ...taxii,
  method: 'GET',
  path: `${root}/collections/:collection/objects/:object/versions/`,
  summary: 'List the versions of one object',
  params: one.extend({ object: z.string().max(300) }),
  query: ObjectQuery.pick({ added_after: true, limit: true, next: true }),
  response: z.object({
    more: z.boolean().optional(),
    next: z.string().optional(),
    versions: z.array(z.string()).optional(),
  }),
} as const satisfies Route

/** A program of others that reads by TAXII, never more than a reader of its organisation. */
export const NetworkClient = z.object({
  id: z.uuidv7(),
  organisation: OrganisationId,
  label: Line,
  /** The most closed marking that it is shown. */
  ceiling: Marking,
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
})
export type NetworkClient = Readonly<z.infer<typeof NetworkClient>>

const client = z.object({ client: z.uuidv7() })

export const listClients = {
  method: 'GET',
  path: '/api/network/clients',
  summary: 'List the programs that read by TAXII with a token',
  response: z.array(NetworkClient),
} as const satisfies Route

export const addClient = {
  method: 'PUT',
  path: '/api/network/clients/:client',
  summary: 'Let a program of others read by TAXII; its token is shown once',
  params: client,
  body: NetworkClient.pick({ organisation: true, label: true, ceiling: true, expiresAt: true }),
  response: z.object({ token: z.string() }),
} as const satisfies Route

export const revokeClient = {
  method: 'DELETE',
  path: '/api/network/clients/:client',
  summary: "End a program's reading by TAXII",
  params: client,
  response: z.object({}),
} as const satisfies Route
