import { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { MemberState } from '@tocsin/domain/network.ts'
import { Line, OrganisationKind } from '@tocsin/domain/people.ts'
import { Freshness } from '@tocsin/domain/trust.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

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

export const verifyLog = {
  method: 'POST',
  path: '/api/network/log/verify',
  summary: "Compute the organisation's log anew from what is kept here",
  response: LogCheck,
} as const satisfies Route
