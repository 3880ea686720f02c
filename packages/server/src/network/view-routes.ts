import {
  getNetwork,
  getOwnPolicy,
  getOwnProof,
  tellAccount,
  verifyLog,
} from '@tocsin/api/network.ts'
import * as api from '@tocsin/api/restored.ts'
import { type Actor, mayOperateNode, system } from '@tocsin/domain/actor.ts'
import { mayReadMembers } from '@tocsin/domain/network-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { giveAccount } from './accounts.ts'
import { goOn, readRestored } from './caught-up.ts'
import { checkLogOf, listOwnEntries } from './log-verify.ts'
import { readLogCheck } from './log-view.ts'
import { proveLatest, writePolicy } from './own-proof.ts'
import { readNetwork } from './view.ts'

const isNode = ({ kind }: Actor): boolean => kind === 'node'

export const networkViewEndpoints: readonly Endpoint[] = [
  handle(api.getRestored, mayReadMembers, (app) => readRestored(app)),
  handle(api.goOn, mayOperateNode, async (app, actor) => {
    await goOn(app, actor)
    return {}
  }),
  handle(getNetwork, mayReadMembers, (app, actor) => readNetwork(app, actor)),
  handle(tellAccount, isNode, (app, _actor, { body }) => giveAccount(app, body.members)),
  handle(getOwnProof, mayReadMembers, proveLatest),
  handle(getOwnPolicy, mayReadMembers, writePolicy),
  handle(verifyLog, mayReadMembers, async (app, actor) => {
    const own = actor.kind === 'person' ? actor.organisation : undefined
    if (own) await checkLogOf(app, own, listOwnEntries)
    return app.db.as(system, (tx) => readLogCheck(tx, own))
  }),
]
