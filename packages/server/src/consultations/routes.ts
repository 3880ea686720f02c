import * as api from '@tocsin/api/consultations.ts'
import * as mailed from '@tocsin/api/mailed-replies.ts'
import { listTakenBack } from '@tocsin/api/taken-back.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { readCatchUp } from './catch-up.ts'
import { contribute } from './contribute.ts'
import { convene, previewConvening } from './convene.ts'
import { readContribution, readContributions } from './exchange.ts'
import * as lead from './lead.ts'
import { discardMailed, listMailed, sayMailed } from './mailed-replies.ts'
import { listConsultations, markLooked, readConsultation } from './queries.ts'
import { takeMailedReply } from './take-reply.ts'
import { readTakenBack } from './taken-back.ts'

export const consultationEndpoints: readonly Endpoint[] = [
  handle(api.listConsultations, mayUseDocket, (app, actor, { query }) =>
    listConsultations(app, actor, query),
  ),
  handle(api.previewConsultation, mayWork, (app, actor, { params, body }) =>
    previewConvening(app, actor, params.matter, body),
  ),
  handle(api.convene, mayWork, (app, actor, { params, body }) =>
    convene(app, actor, params.matter, body),
  ),
  handle(api.getConsultation, mayUseDocket, (app, actor, { params }) =>
    readConsultation(app, actor, params.consultation),
  ),
  handle(api.listContributions, mayUseDocket, (app, actor, { params, query }) =>
    readContributions(app, actor, params.consultation, query),
  ),
  handle(api.getContribution, mayUseDocket, (app, actor, { params, query }) =>
    readContribution(app, actor, params, query.thread),
  ),
  handle(listTakenBack, mayUseDocket, (app, actor, { params, query }) =>
    readTakenBack(app, actor, params.consultation, query.thread),
  ),
  handle(api.contribute, mayWork, (app, actor, { params, query, body }) =>
    contribute(app, actor, { ...params, thread: query.thread }, body),
  ),
  handle(api.catchUp, mayUseDocket, (app, actor, { params }) =>
    readCatchUp(app, actor, params.consultation),
  ),
  handle(api.markLooked, mayUseDocket, async (app, actor, { params, body }) => {
    await markLooked(app, actor, params.consultation, body)
    return {}
  }),
  handle(api.addAgendaItem, mayWork, (app, actor, { params, body }) =>
    lead.addAgendaItem(app, actor, params.consultation, body),
  ),
  handle(api.settleAgendaItem, mayWork, async (app, actor, { params, body }) => {
    await lead.settleAgendaItem(app, actor, params, body)
    return {}
  }),
  handle(api.inviteTo, mayWork, (app, actor, { params, body }) =>
    lead.inviteTo(app, actor, params.consultation, body),
  ),
  handle(api.recuse, mayWork, async (app, actor, { params, body }) => {
    await lead.recuse(app, actor, params.consultation, body)
    return {}
  }),
  handle(api.hear, mayWork, (app, actor, { params, body }) =>
    lead.hear(app, actor, params.consultation, body),
  ),
  handle(api.closeConsultation, mayWork, async (app, actor, { params, body }) => {
    await lead.closeConsultation(app, actor, params.consultation, body)
    return {}
  }),
  handle(mailed.listMailedReplies, mayUseDocket, (app, actor, { params, query }) =>
    listMailed(app, actor, params.consultation, query),
  ),
  handle(mailed.sayMailedReply, mayWork, (app, actor, { params, body }) =>
    sayMailed(app, actor, params, body),
  ),
  handle(mailed.discardMailedReply, mayUseDocket, async (app, actor, { params }) => {
    await discardMailed(app, actor, params)
    return {}
  }),
  handle(
    mailed.takeMailedReply,
    (actor) => actor.kind === 'operator',
    (app, _actor, { stream }) => takeMailedReply(app, stream),
  ),
]
