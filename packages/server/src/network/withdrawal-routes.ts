import * as api from '@tocsin/api/withdrawal.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { payloadOf } from '@tocsin/records/jws.ts'
import { WithdrawalObject } from '@tocsin/records/stix/withdrawal.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { withdrawRecord } from './withdraw.ts'
import {
  hearWithdrawal,
  listWithdrawals,
  listWithdrawn,
  whoMustErase,
} from './withdrawal-queries.ts'

const isNode = (actor: Actor): boolean => actor.kind === 'node'

export const withdrawalEndpoints: readonly Endpoint[] = [
  handle(api.withdrawRecord, mayWork, async (app, actor, { body }) => ({
    id: await withdrawRecord(app, actor, body),
  })),
  handle(api.listWithdrawals, mayUseDocket, (app, actor, { query }) =>
    listWithdrawals(app, actor, query),
  ),
  handle(api.whoMustErase, mayWork, (app, actor, { query }) =>
    whoMustErase(app, actor, query.object),
  ),
  handle(api.tellWithdrawal, isNode, async (app, actor, { body }) => {
    // Other records come by the ways that count how much a member sends.
    if (actor.kind !== 'node' || !WithdrawalObject.safeParse(payloadOf(body)).success) {
      throw new Problem('request.invalid')
    }
    return hearWithdrawal(app, actor.organisation, body)
  }),
  handle(api.listWithdrawn, isNode, (app, actor, { query }) => listWithdrawn(app, actor, query)),
]
