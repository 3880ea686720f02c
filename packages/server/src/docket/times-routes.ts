import * as api from '@tocsin/api/times.ts'
import { mayReadPublic } from '@tocsin/domain/actor.ts'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { readPublicTimes } from './public-times.ts'
import { readTimes } from './times.ts'
import { timesAsCsv } from './times-export.ts'

export const timesEndpoints: readonly Endpoint[] = [
  handle(api.getTimes, mayUseDocket, (app, actor, { query }) => readTimes(app, actor, query)),
  handle(api.exportTimes, mayUseDocket, async (app, actor, { query }, { reply }) => {
    const times = await readTimes(app, actor, query)
    const name = `tocsin-times-${times.from}-${times.until}.csv`
    reply.type('text/csv; charset=utf-8')
    reply.header('content-disposition', `attachment; filename="${name}"`)
    return timesAsCsv(times)
  }),
  handle(api.getPublicTimes, mayReadPublic('times'), (app, _actor, { query }) =>
    readPublicTimes(app, query),
  ),
]
