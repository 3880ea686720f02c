import { Approval, ApprovalId } from '@tocsin/domain/approval.ts'
import { Sha256 } from '@tocsin/domain/brand.ts'
import { Line } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import { Outcome } from './people.ts'
import type { Route } from './route.ts'

export const listApprovals = {
  method: 'GET',
  path: '/api/approvals',
  summary: 'List proposals of acts that take two persons, the latest first',
  response: z.array(
    Approval.extend({
      proposerName: z.string().nullable(),
      /** Whether it waits for the person who asks. */
      waitsForMe: z.boolean(),
    }),
  ),
} as const satisfies Route

export const approve = {
  method: 'POST',
  path: '/api/approvals/:approval/approve',
  summary: 'Approve a proposal as the second person; the act is done at once',
  params: z.object({ approval: ApprovalId }),
  /** The hash of what was read, so that nothing else is done. */
  body: z.object({ sha256: Sha256 }),
  response: Outcome,
} as const satisfies Route

export const refuse = {
  method: 'POST',
  path: '/api/approvals/:approval/refuse',
  summary: 'Refuse a proposal, with the reason',
  params: z.object({ approval: ApprovalId }),
  body: z.object({ reason: Line }),
  response: z.object({}),
} as const satisfies Route

export const withdraw = {
  method: 'POST',
  path: '/api/approvals/:approval/withdraw',
  summary: 'Withdraw one’s own proposal',
  params: z.object({ approval: ApprovalId }),
  response: z.object({}),
} as const satisfies Route
