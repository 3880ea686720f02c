import * as api from '@tocsin/api/cap.ts'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { listAcknowledgements, readAcknowledgementAsCap, readWarningAsCap } from './cap.ts'

const attachment = (name: string) => `attachment; filename="tocsin-${name}.cap"`

export const capEndpoints: readonly Endpoint[] = [
  handle(api.getWarningAsCap, mayUseDocket, async (app, actor, { params, query }, { reply }) => {
    const xml = await readWarningAsCap(app, actor, params.warning, query)
    reply.header('content-disposition', attachment(`warning-${params.warning}`))
    return xml
  }),
  handle(api.listCapAcknowledgements, mayUseDocket, (app, actor, { params }) =>
    listAcknowledgements(app, actor, params.warning),
  ),
  handle(api.getAcknowledgementAsCap, mayUseDocket, async (app, actor, { params }, { reply }) => {
    const xml = await readAcknowledgementAsCap(app, actor, params)
    reply.header('content-disposition', attachment(`acknowledgement-${params.notification}`))
    return xml
  }),
]
