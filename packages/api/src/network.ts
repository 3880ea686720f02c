import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { MemberState } from '@tocsin/domain/network.ts'
import { Line, OrganisationKind } from '@tocsin/domain/people.ts'
import { Freshness } from '@tocsin/domain/trust.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** That an organisation was heard from by another, and when. */
export const HeardFrom = z.object({ organisation: OrganisationId, at: Instant })
export type HeardFrom = Readonly<z.infer<typeof HeardFrom>>

export const NetworkNode = z.object({
  organisation: OrganisationId,
  name: Line,
  kind: OrganisationKind,
  /** None for the reader's own node. */
  state: MemberState.nullable(),
  address: z.string().nullable(),
  /** The full hours of the last seven days in which something was exchanged. */
  exchanges: z.array(Instant),
  lastExchangeAt: Instant.nullable(),
  /** What waits here for it. */
  waiting: z.int().min(0),
  waitingSince: Instant.nullable(),
  /** How often in a row it did not answer. */
  failures: z.int().min(0),
  /** How many entries of its log this node has checked; none where nothing was seen yet. */
  logSize: z.int().min(0).nullable(),
  /** How current what it says of its own keys is; none where nothing was read yet. */
  directory: Freshness.nullable(),
  trustedSince: Instant.nullable(),
  /** The version of the software that it runs; none where it has not told us. */
  software: z.string().nullable(),
  /** When it last heard from whom, as it told us itself; of our own node what it sees. */
  heard: z.array(HeardFrom),
  toldAt: Instant.nullable(),
})
export type NetworkNode = Readonly<z.infer<typeof NetworkNode>>

/** Something that did not go through, and why: nothing is dropped without a line here. */
export const HeldBack = z.object({
  kind: z.enum([
    ...(['waiting', 'refused-there', 'refused-here', 'missing', 'frozen'] as const),
    ...(['unanswered', 'log-restored'] as const),
  ]),
  organisation: OrganisationId,
  name: Line,
  n: z.int().positive(),
  reason: z.string().nullable(),
  since: Instant,
})
export type HeldBack = Readonly<z.infer<typeof HeldBack>>

/** The organisation's own log, as it was last computed anew on this node. */
export const LogCheck = z.object({
  size: z.int().min(0),
  root: z.string().nullable(),
  checkedAt: Instant.nullable(),
  /** The first entry that does not hold; none while all hold. */
  fault: z.object({ index: z.int().min(0), kind: z.string() }).nullable(),
  witnesses: z.array(z.object({ name: Line, size: z.int().min(0), at: Instant })),
})
export type LogCheck = Readonly<z.infer<typeof LogCheck>>

export const NetworkView = z.object({
  asOf: Instant,
  nodes: z.array(NetworkNode),
  held: z.array(HeldBack),
  sent: z.int().min(0),
  received: z.int().min(0),
  waiting: z.int().min(0),
  log: LogCheck,
})
export type NetworkView = Readonly<z.infer<typeof NetworkView>>

export const getNetwork = {
  method: 'GET',
  path: '/api/network',
  summary: 'Read which nodes are in step, what waits or was refused, and what the log proves',
  response: NetworkView,
} as const satisfies Route

/** Asked by nodes of each other: neither learns of an organisation that it does not know itself. */
export const tellAccount = {
  method: 'POST',
  path: '/api/network/account',
  summary: 'Another node asks when this one last heard from members that both know',
  body: z.object({ members: z.array(OrganisationId).max(500) }),
  response: z.object({ software: z.string().max(60), heard: z.array(HeardFrom).max(500) }),
} as const satisfies Route

const file = { produces: 'text/plain; charset=utf-8', response: z.string() } as const

export const getOwnProof = {
  method: 'GET',
  path: '/api/network/log/proof',
  summary: "Save the proof that the organisation's latest record is in its log (C2SP tlog-proof)",
  ...file,
} as const satisfies Route

export const getOwnPolicy = {
  method: 'GET',
  path: '/api/network/log/policy',
  summary: 'Save which log and witnesses a proof is checked by (C2SP tlog-policy)',
  ...file,
} as const satisfies Route

export const verifyLog = {
  method: 'POST',
  path: '/api/network/log/verify',
  summary: "Compute the organisation's log anew from what is kept here",
  response: LogCheck,
} as const satisfies Route
