import * as api from '@tocsin/api/risk.ts'
import { mayReadPublic } from '@tocsin/domain/actor.ts'
import { mayBuildEdition } from '@tocsin/domain/risk-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { readBuild } from './builds.ts'
import { askForEdition, keepInput, keepPublished, readInput } from './commands.ts'
import { readComparison } from './comparison.ts'
import { exportEdition } from './export.ts'
import { listEditions, readCountryRisk, readEdition } from './queries.ts'
import { readScores } from './scores-queries.ts'
import { readFiguresText } from './store.ts'

const mayRead = mayReadPublic('risk')

export const riskEndpoints: readonly Endpoint[] = [
  handle(api.listEditions, mayRead, async (app, actor) => listEditions(app, actor)),
  handle(api.getEdition, mayRead, async (app, actor, { params }) =>
    readEdition(app, actor, params.edition),
  ),
  handle(api.getCountryRisk, mayRead, async (app, actor, { params }) =>
    readCountryRisk(app, actor, params.edition, params.country),
  ),
  handle(api.compareEditions, mayRead, async (app, actor, { params }) =>
    readComparison(app, actor, params),
  ),
  handle(api.exportEdition, mayRead, async (app, actor, { params, query }, { reply }) => {
    const file = await exportEdition(app, actor, params.edition, query)
    reply.type(file.type)
    reply.header('content-disposition', `attachment; filename="${file.name}"`)
    return file.text
  }),
  handle(api.getFigures, mayRead, async (app, actor, { params }) =>
    app.db.as(actor, (tx) => readFiguresText(tx, params.edition)),
  ),
  handle(api.getScores, mayReadPublic('scores'), async (app, actor) => readScores(app, actor)),
  handle(api.keepInput, mayBuildEdition, async (app, actor, { query, stream }) =>
    keepInput(app, actor, query.name, stream as AsyncIterable<Uint8Array>),
  ),
  handle(api.getInput, mayBuildEdition, async (app, actor, { params }) =>
    readInput(app, actor, params.sha256),
  ),
  handle(api.buildEdition, mayBuildEdition, async (app, actor, { body }) =>
    askForEdition(app, actor, body),
  ),
  handle(api.getBuild, mayBuildEdition, async (app, actor, { params }) =>
    app.db.as(actor, (tx) => readBuild(tx, params.edition)),
  ),
  handle(api.keepPublished, mayBuildEdition, async (app, actor, { body }) =>
    keepPublished(app, actor, body.input),
  ),
]
