import * as api from '@tocsin/api/sources.ts'
import { mayReadPublic } from '@tocsin/domain/actor.ts'
import { mayImportSources } from '@tocsin/domain/source-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { importFile } from './import.ts'
import { readImport } from './progress.ts'
import { dayOf, listVintages } from './queries.ts'
import { removeVintage } from './removal.ts'

export const sourceEndpoints: readonly Endpoint[] = [
  handle(api.listSources, mayReadPublic('sources'), (app, actor) =>
    app.db.as(actor, (tx) => listVintages(tx)),
  ),
  handle(api.importFile, mayImportSources, (app, actor, { params, query, stream }) => {
    const asOf = query.asOf ?? dayOf(app.clock())
    const leaveOutBad = query.leaveOutBad === 'yes'
    const wanted = { id: params.import, file: query.name, asOf, leaveOutBad }
    return importFile(app, actor, wanted, stream as AsyncIterable<Uint8Array>)
  }),
  handle(api.getImport, mayImportSources, (app, actor, { params }) =>
    app.db.as(actor, (tx) => readImport(tx, params.import)),
  ),
  handle(api.removeVintage, mayImportSources, (app, actor, { params }) =>
    removeVintage(app, actor, params.vintage),
  ),
]
