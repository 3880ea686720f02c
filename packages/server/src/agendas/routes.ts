import * as api from '@tocsin/api/agendas.ts'
import { hasRole } from '@tocsin/domain/actor.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { mayReadOrgans } from '@tocsin/domain/organ-agenda.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { answer, setUp } from './commands.ts'
import { readAgenda, readAgendasOf, readOrgans, readRules } from './queries.ts'
import { proposeRule } from './rules.ts'

/** Whose organ it is, is asked of the organ itself. */
const isOfficer: Endpoint['may'] = (actor) => hasRole(actor, 'focal-point')

export const agendaEndpoints: readonly Endpoint[] = [
  handle(api.listOrgans, mayReadOrgans, readOrgans),
  handle(api.setUpOrgan, isOfficer, (app, actor, { params, body }) =>
    setUp(app, actor, params.organ, body),
  ),
  handle(api.readAgenda, mayUseDocket, (app, actor, { params, query }) =>
    readAgenda(app, actor, { ...params, ...query }),
  ),
  handle(api.readRules, mayReadOrgans, (app, actor, { params }) =>
    readRules(app, actor, params.organ),
  ),
  handle(api.setRule, mayWork, (app, actor, { params, body }) =>
    proposeRule(app, actor, params, body),
  ),
  handle(api.answerItem, isOfficer, async (app, actor, { params, body }) => {
    await answer(app, actor, params, body)
    return {}
  }),
  handle(api.listAgendasOf, mayUseDocket, (app, actor, { params }) =>
    readAgendasOf(app, actor, params.matter),
  ),
]
