import * as ballots from '@tocsin/api/ballots.ts'
import * as api from '@tocsin/api/decisions.ts'
import { mediaTypes } from '@tocsin/api/documents.ts'
import { drawDocument } from '@tocsin/documents/draw.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { asFile } from '../documents/file.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { relyingPartyOf } from '../identity/passkeys.ts'
import { answerProposal, proposeAmendment } from './answer.ts'
import { castBallot, startBallot } from './cast.ts'
import { readDecisionFile } from './decision-file.ts'
import { readMinute } from './minute.ts'
import { endProposal, putProposal, putReading } from './put.ts'
import { readProposals } from './queries.ts'
import { recordDecision } from './record.ts'
import { signRehoming } from './rehome.ts'

export const decisionEndpoints: readonly Endpoint[] = [
  handle(api.listProposals, mayUseDocket, (app, actor, { params }) =>
    readProposals(app, actor, params.consultation),
  ),
  handle(api.putProposal, mayWork, async (app, actor, { params, body }) => {
    await putProposal(app, actor, params, body)
    return {}
  }),
  handle(api.putReading, mayWork, async (app, actor, { params, body }) => {
    await putReading(app, actor, params, body)
    return {}
  }),
  handle(api.endProposal, mayWork, async (app, actor, { params, body }) => {
    await endProposal(app, actor, params, body)
    return {}
  }),
  handle(api.proposeAmendment, mayWork, async (app, actor, { params, body }) => {
    await proposeAmendment(app, actor, params, body)
    return {}
  }),
  handle(api.answerProposal, mayWork, async (app, actor, { params, body }) => {
    await answerProposal(app, actor, params, body)
    return {}
  }),
  handle(ballots.startBallot, mayWork, (app, actor, { params, body }, { request }) =>
    startBallot(app, actor, params, body, relyingPartyOf(app, request)),
  ),
  handle(ballots.castBallot, mayWork, (app, actor, { params, body }) =>
    castBallot(app, actor, params, body),
  ),
  handle(ballots.signRehoming, mayWork, async (app, actor, { params, body }) => {
    await signRehoming(app, actor, params.consultation, body)
    return {}
  }),
  handle(api.recordDecision, mayWork, (app, actor, { params, body }) =>
    recordDecision(app, actor, params, body),
  ),
  handle(api.getDecisionFile, mayUseDocket, async (app, actor, { params }, { reply }) => {
    const { name, bytes } = await readDecisionFile(app, actor, params)
    reply.type(mediaTypes.json)
    reply.header('content-disposition', `attachment; filename="${name}"`)
    return bytes
  }),
  handle(api.getDecisionMinute, mayUseDocket, async (app, actor, { params, query }, { reply }) => {
    const { format, locale } = query
    const { symbol, content } = await readMinute(app, actor, params, locale)
    const bytes = await drawDocument(content, format)
    asFile(reply, { name: `${symbol}.${format}`, type: mediaTypes[format] })
    return bytes
  }),
]
