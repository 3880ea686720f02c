import { Instant, PersonId } from '@tocsin/domain/brand.ts'
import { AuditEntry } from '@tocsin/records/chain.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

const Filters = z.object({
  person: PersonId.optional(),
  /** An act, or the beginning of one: `people` finds `people.invited`. */
  act: z.string().max(100).optional(),
  from: Instant.optional(),
  until: Instant.optional(),
})

export const listAudit = {
  method: 'GET',
  path: '/api/audit',
  summary: 'Read the audit log, the latest first; auditors see what their organisation did',
  query: Filters.extend({
    before: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({
    entries: z.array(AuditEntry.extend({ actorName: z.string().nullable() })),
    /** Where the next page begins; null at the first entry. */
    before: z.int().nullable(),
  }),
} as const satisfies Route

export const exportAudit = {
  method: 'GET',
  path: '/api/audit/export',
  summary:
    'Save the audit log as JSON lines, oldest first, to be checked with `tocsin audit verify`',
  query: Filters,
  produces: 'application/jsonl',
  response: z.string(),
} as const satisfies Route

export const verifyAudit = {
  method: 'GET',
  path: '/api/audit/verify',
  summary: 'Check the whole chain of the audit log as it lies in the database',
  response: z.object({
    entries: z.int(),
    fault: z
      .object({ seq: z.int(), fault: z.enum(['altered', 'missing', 'forked', 'cut']) })
      .nullable(),
  }),
} as const satisfies Route
