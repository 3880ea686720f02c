import { getNetwork, verifyLog } from '@tocsin/api/network.ts'
import * as api from '@tocsin/api/restored.ts'
import { mayOperateNode, system } from '@tocsin/domain/actor.ts'
import { mayReadMembers } from '@tocsin/domain/network-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { goOn, readRestored } from './caught-up.ts'
import { checkLogOf, listOwnEntries } from './log-verify.ts'
import { readLogCheck } from './log-view.ts'
import { readNetwork } from './view.ts'

export const networkViewEndpoints: readonly Endpoint[] = [
  handle(api.getRestored, mayReadMembers, (app) => readRestored(app)),
  handle(api.goOn, mayOperateNode, async (app, actor) => {
    await goOn(app, actor)
    return {}
  }),
  handle(getNetwork, mayReadMembers, (app, actor) => readNetwork(app, actor)),
  handle(verifyLog, mayReadMembers, async (app, actor) => {
    const own = actor.kind === 'person' ? actor.organisation : undefined
    if (own) await checkLogOf(app, own, listOwnEntries)
    return app.db.as(system, (tx) => readLogCheck(tx, own))
  }),
]
