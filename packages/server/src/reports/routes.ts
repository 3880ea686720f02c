import * as api from '@tocsin/api/reports.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { attachReport, fileReport } from './commands.ts'
import { listReports, readReport } from './queries.ts'

export const reportEndpoints: readonly Endpoint[] = [
  handle(api.fileReport, mayWork, (app, actor, { body }) => fileReport(app, actor, body)),
  handle(api.listReports, mayUseDocket, (app, actor, { query }) => listReports(app, actor, query)),
  handle(api.getReport, mayUseDocket, (app, actor, { params }) =>
    readReport(app, actor, params.report),
  ),
  handle(api.attachReport, mayWork, async (app, actor, { params }) => {
    await attachReport(app, actor, params)
    return {}
  }),
]
