import { Marking } from '@tocsin/domain/audience.ts'
import { CountryCode, Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import { ReshareRule } from '@tocsin/domain/network.ts'
import { Acknowledgement } from '@tocsin/domain/notification.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Redactable } from '@tocsin/domain/redaction.ts'
import { z } from 'zod'
import { Outcome } from './people.ts'
import type { Route } from './route.ts'

/** What others share with us, by its STIX type. */
export const SharedType = z.enum([
  'grouping',
  'atrocity-alert',
  'report',
  'receipt',
  'risk-edition',
  'attachment',
])
export type SharedType = z.infer<typeof SharedType>

/** The name of a STIX object. */
const SharedId = z.string().regex(/^[a-z-]{1,40}--[0-9a-f-]{36}$/)

/** Something that another organisation shared, as it stands in the list. */
export const SharedLine = z.object({
  id: SharedId,
  type: SharedType,
  organisation: OrganisationId,
  author: Line,
  title: z.string(),
  country: CountryCode.nullable(),
  level: z.int().nullable(),
  marking: Marking,
  isExercise: z.boolean(),
  created: Instant,
  modified: Instant,
  keptAt: Instant,
  /** Its author asks who has read it: said before anybody opens it. */
  asksWhoRead: z.boolean(),
})
export type SharedLine = Readonly<z.infer<typeof SharedLine>>

const filters = z.object({
  type: SharedType.optional(),
  organisation: OrganisationId.optional(),
  country: CountryCode.optional(),
  /** Found in title, text or place as it stands. */
  text: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .optional(),
  exercise: z.stringbool().default(false),
})
export type SharedFilters = Readonly<z.infer<typeof filters>>

export const listShared = {
  method: 'GET',
  path: '/api/network/shared',
  summary: 'List what other organisations share with ours, the latest first',
  query: filters.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** The number to pass over. */
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  }),
  response: z.object({ asOf: Instant, total: z.int(), shared: z.array(SharedLine) }),
} as const satisfies Route

/** A file of the list: a table, or the objects as their authors made them. */
export const exportShared = {
  method: 'GET',
  path: '/api/network/shared/export',
  summary: 'Save what other organisations share with ours, by the same filters, as CSV',
  query: filters,
  produces: 'text/csv; charset=utf-8',
  response: z.string(),
} as const satisfies Route

export const exportSharedObjects = {
  method: 'GET',
  path: '/api/network/shared/bundle',
  summary: 'Save what other organisations share with ours, by the same filters, as STIX 2.1',
  query: filters,
  response: z.object({
    type: z.literal('bundle'),
    id: z.string(),
    objects: z.array(z.record(z.string(), z.json())),
  }),
} as const satisfies Route

const one = z.object({ id: SharedId })

export const getShared = {
  method: 'GET',
  path: '/api/network/shared/:id',
  summary: 'Read one thing that another organisation shared',
  params: one,
  response: SharedLine.extend({
    /** What it says, as its type says it. */
    content: z.record(z.string(), z.json()),
    /** Parts that its author left out. */
    redacted: z.array(Redactable),
    reshare: ReshareRule.nullable(),
    /** Whoever passes it on does not say from whom it is. */
    isAuthorWithheld: z.boolean(),
    /** Whether its author was told that ours has read it. */
    hasBeenRead: z.boolean(),
    acknowledgedAt: Instant.nullable(),
    /** The matter of ours that was opened on it. */
    takenUp: MatterId.nullable(),
    /** What was answered to it, by anybody who answered to all. */
    receipts: z.array(z.record(z.string(), z.json())),
  }),
} as const satisfies Route

export const acknowledgeShared = {
  method: 'POST',
  path: '/api/network/shared/:id/acknowledgement',
  summary: 'Acknowledge a warning of another organisation: it stands on record there',
  params: one,
  body: Acknowledgement,
  response: z.object({}),
} as const satisfies Route

export const markRead = {
  method: 'POST',
  path: '/api/network/shared/:id/reading',
  summary: 'Tell the author that ours has read it, where the author asks; once',
  params: one,
  response: z.object({ told: z.boolean() }),
} as const satisfies Route

export const takeUp = {
  method: 'POST',
  path: '/api/network/shared/:id/matter',
  summary: 'Open a matter of our own on what another organisation shared; twice opens one',
  params: one,
  body: z.object({ matter: MatterId }),
  response: z.object({ matter: MatterId }),
} as const satisfies Route

export const releaseShared = {
  method: 'POST',
  path: '/api/network/shared/:id/releases',
  summary: 'Allow readers to pass on what we shared to these; a second person approves',
  params: one,
  body: z.object({ to: z.array(OrganisationId).min(1).max(200) }),
  response: Outcome,
} as const satisfies Route
