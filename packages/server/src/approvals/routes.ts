import * as api from '@tocsin/api/approvals.ts'
import { isPerson, mayUsePeople } from '@tocsin/domain/people-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { approveAct, type Executors, refuseAct, withdrawAct } from './four-eyes.ts'
import { listApprovals } from './queries.ts'

/** The routes of approvals, over how each area does its acts. */
export function approvalEndpoints(executors: Executors): readonly Endpoint[] {
  return [
    handle(api.listApprovals, mayUsePeople, listApprovals),
    handle(api.approve, isPerson, (app, actor, { params, body }) =>
      approveAct(app, actor, { ...params, ...body }, executors),
    ),
    handle(api.refuse, isPerson, async (app, actor, { params, body }) => {
      await refuseAct(app, actor, { ...params, ...body })
      return {}
    }),
    handle(api.withdraw, isPerson, async (app, actor, { params }) => {
      await withdrawAct(app, actor, params.approval)
      return {}
    }),
  ]
}
