import * as api from '@tocsin/api/risk.ts'
import { mayReadPublic } from '@tocsin/domain/actor.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { listEditions, readCountryRisk, readEdition, readScores } from './queries.ts'

const mayRead = mayReadPublic('risk')

export const riskEndpoints: readonly Endpoint[] = [
  handle(api.listEditions, mayRead, async () => listEditions()),
  handle(api.getEdition, mayRead, async (_app, _actor, { params }) => readEdition(params.edition)),
  handle(api.getCountryRisk, mayRead, async (_app, _actor, { params }) =>
    readCountryRisk(params.edition, params.country),
  ),
  handle(api.getScores, mayReadPublic('scores'), async () => readScores()),
]
