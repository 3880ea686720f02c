import { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { FindingId, FindingKind, LogDecision } from '@tocsin/domain/transparency.ts'
import { z } from 'zod'
import { Bytes, type Route } from './route.ts'

/* Transparency logs and witnesses: the paths and formats are those of C2SP, for any of their clients. */

const params = z.object({ organisation: OrganisationId })

export const getCheckpoint = {
  method: 'GET',
  path: '/log/:organisation/checkpoint',
  summary:
    "Read what an organisation's log says of its tree, signed and cosigned (C2SP checkpoint)",
  params,
  produces: 'text/plain; charset=utf-8',
  response: z.string(),
} as const satisfies Route

export const getTile = {
  method: 'GET',
  path: '/log/:organisation/tile/*',
  summary: "Read a tile of an organisation's log, or a bundle of its entries (C2SP tlog-tiles)",
  params: params.extend({ '*': z.string().max(60) }),
  sends: ['application/octet-stream'],
  response: Bytes,
} as const satisfies Route

export const getLogProof = {
  method: 'GET',
  path: '/log/:organisation/proof/:digest',
  summary: 'Read the proof that the record with this digest is in the log (C2SP tlog-proof)',
  params: params.extend({ digest: Sha256 }),
  produces: 'text/plain; charset=utf-8',
  response: z.string(),
} as const satisfies Route

export const addCheckpoint = {
  method: 'POST',
  path: '/witness/add-checkpoint',
  summary: 'Have a checkpoint of a log that this node watches cosigned (C2SP tlog-witness)',
  body: z.string().max(100_000),
  produces: 'text/plain; charset=utf-8',
  response: z.string(),
} as const satisfies Route

export const getWitnessed = {
  method: 'POST',
  path: '/witness/checkpoints',
  summary: 'Read the last checkpoints that this node has seen of the logs named, one origin a line',
  body: z.string().max(100_000),
  response: z.array(z.string()),
} as const satisfies Route

export const listLogs = {
  method: 'GET',
  path: '/api/network/logs',
  summary: 'List the logs that are watched, the checks of our own, and what was found about them',
  response: z.object({
    watched: z.array(
      z.object({
        origin: z.string(),
        organisation: OrganisationId.nullable(),
        size: z.int(),
        seenAt: Instant.nullable(),
        fault: z.string().nullable(),
        frozenAt: Instant.nullable(),
      }),
    ),
    own: z.array(
      z.object({
        origin: z.string(),
        size: z.int(),
        checkedAt: Instant,
        holds: z.boolean(),
        /** Since when it signs nothing, because others have seen more of it than there is. */
        haltedAt: Instant.nullable(),
      }),
    ),
    findings: z.array(
      z.object({
        id: FindingId,
        origin: z.string(),
        kind: FindingKind,
        index: z.int().nullable(),
        evidence: z.record(z.string(), z.unknown()),
        foundAt: Instant,
        decidedAt: Instant.nullable(),
        decision: LogDecision.nullable(),
      }),
    ),
  }),
} as const satisfies Route

export const decideFinding = {
  method: 'POST',
  path: '/api/network/log-findings/:finding/decision',
  summary: 'Decide on what was found about a log: it stays frozen, or is followed anew',
  params: z.object({ finding: FindingId }),
  body: z.object({ decision: LogDecision }),
  response: z.object({}),
} as const satisfies Route
