import * as api from '@tocsin/api/risk.ts'
import { mayReadPublic } from '@tocsin/domain/actor.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { exportEdition } from './export.ts'
import { listEditions, readCountryRisk, readEdition, readScores } from './queries.ts'

const mayRead = mayReadPublic('risk')

export const riskEndpoints: readonly Endpoint[] = [
  handle(api.listEditions, mayRead, async () => listEditions()),
  handle(api.getEdition, mayRead, async (_app, _actor, { params }) => readEdition(params.edition)),
  handle(api.getCountryRisk, mayRead, async (_app, _actor, { params }) =>
    readCountryRisk(params.edition, params.country),
  ),
  handle(api.exportEdition, mayRead, async (_app, _actor, { params, query }, { reply }) => {
    const file = exportEdition(params.edition, query)
    reply.type(file.type)
    reply.header('content-disposition', `attachment; filename="${file.name}"`)
    return file.text
  }),
  handle(api.getScores, mayReadPublic('scores'), async () => readScores()),
]
