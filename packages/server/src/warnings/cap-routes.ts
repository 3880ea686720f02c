import * as api from '@tocsin/api/cap.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { readerOf } from '../network/clients.ts'
import type { Reader } from '../network/collections.ts'
import { listAcknowledgements, readAcknowledgementAsCap, readWarningAsCap } from './cap.ts'
import { readWarningFeed } from './feed.ts'

/** RFC 9110: any of the tags that are named, a weak one as good as a strong one. */
const isKnown = (named = '', etag: string): boolean =>
  named.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)

const attachment = (name: string) => `attachment; filename="tocsin-${name}.cap"`

/** Whoever works on matters; or a program, which only its token makes more than a visitor. */
const mayAskForCap: Endpoint['may'] = (actor) => mayUseDocket(actor) || actor.kind === 'visitor'

const capReader = async (app: App, actor: Actor, request: FastifyRequest): Promise<Reader> =>
  actor.kind === 'person' ? { actor, ceiling: 'TLP:RED' } : readerOf(app, actor, request)

export const capEndpoints: readonly Endpoint[] = [
  handle(api.getWarningAsCap, mayAskForCap, async (app, actor, input, { request, reply }) => {
    const { params, query } = input
    const reader = await capReader(app, actor, request)
    const xml = await readWarningAsCap(app, reader, params.warning, query)
    reply.header('content-disposition', attachment(`warning-${params.warning}`))
    return xml
  }),
  handle(api.getWarningFeed, mayAskForCap, async (app, actor, _input, { request, reply }) => {
    const { xml, etag } = await readWarningFeed(app, await capReader(app, actor, request))
    reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'authorization, cookie' })
    if (!isKnown(request.headers['if-none-match'], etag)) return xml
    reply.code(304)
    return ''
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
