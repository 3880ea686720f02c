import { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { Line } from '@tocsin/domain/people.ts'
import {
  ObjectId,
  WithdrawalClass,
  WithdrawalForm,
  WithdrawalId,
} from '@tocsin/domain/withdrawal.ts'
import { Signed } from '@tocsin/records/jws.ts'
import { ErasedList } from '@tocsin/records/stix/withdrawal.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

/** A reader elsewhere, and whether it has said that it erased. */
const Reader = z.object({
  organisation: OrganisationId,
  name: Line,
  /** How often it was asked again. */
  asked: z.int(),
  receiptedAt: Instant.nullable(),
  erased: ErasedList,
})

export const Withdrawal = z.object({
  id: WithdrawalId,
  object: ObjectId,
  class: WithdrawalClass,
  /** Null where the node learnt of it again after a restore. */
  reason: z.string().nullable(),
  by: Line.nullable(),
  withdrawnAt: Instant,
  readers: z.array(Reader),
})
export type Withdrawal = Readonly<z.infer<typeof Withdrawal>>

export const withdrawRecord = {
  method: 'POST',
  path: '/api/network/withdrawals',
  summary: 'Take back what the organisation shared: erased here and at every reader; twice is once',
  body: WithdrawalForm,
  response: z.object({ id: WithdrawalId }),
} as const satisfies Route

export const listWithdrawals = {
  method: 'GET',
  path: '/api/network/withdrawals',
  summary: 'What the organisation took back, newest first, and who has receipted the erasure',
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  }),
  response: z.object({ total: z.int(), withdrawals: z.array(Withdrawal) }),
} as const satisfies Route

export const whoMustErase = {
  method: 'GET',
  path: '/api/network/withdrawals/readers',
  summary: 'Who could ever read something that the organisation shared, and would have to erase it',
  query: z.object({ object: ObjectId }),
  response: z.object({ readers: z.array(Reader.pick({ organisation: true, name: true })) }),
} as const satisfies Route

export const tellWithdrawal = {
  method: 'PUT',
  path: '/api/network/withdrawn',
  summary: 'Another node tells a withdrawal once more; answers with the receipts that there are',
  body: Signed,
  response: z.object({ receipts: z.array(Signed) }),
} as const satisfies Route

export const listWithdrawn = {
  method: 'GET',
  path: '/api/network/withdrawn',
  summary: 'Withdrawals that another node may have and that are here since then, oldest first',
  query: z.object({ since: Instant, after: Sha256.optional() }),
  response: z.object({
    records: z.array(Signed),
    /** Where to go on; null at the end. */
    next: z.object({ since: Instant, after: Sha256 }).nullable(),
  }),
} as const satisfies Route
