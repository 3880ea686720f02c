import * as api from '@tocsin/api/transparency.ts'
import { mayOperateNode } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { mayReadLogs } from '@tocsin/domain/transparency.ts'
import { readTilePath } from '@tocsin/records/log/tiles.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { waitsSince } from './catching-up.ts'
import { proveLogged, readCosigned } from './log.ts'
import { decideFinding, listLogs } from './log-findings.ts'
import { readTile } from './log-tiles.ts'
import { addCheckpoint, readWitnessed } from './log-witness.ts'

/** A log holds salted hashes and random ones, and exists to be read by those who do not trust it. */
const anybody = () => true

const FOREVER = 'public, max-age=31536000, immutable'

export const logEndpoints: readonly Endpoint[] = [
  handle(api.getCheckpoint, anybody, async (app, actor, { params }, { reply }) => {
    reply.header('cache-control', 'no-store')
    const read = await app.db.as(actor, async (tx) => {
      // After a restore it is shorter than what was signed, and soon another takes its place.
      if (await waitsSince(tx, params.organisation)) throw new Problem('network.catching-up')
      return readCosigned(tx, params.organisation)
    })
    return found(read).text
  }),
  handle(api.getTile, anybody, async (app, actor, { params }, { reply }) => {
    const tile = readTilePath(params['*'])
    const bytes = tile && (await app.db.as(actor, (tx) => readTile(tx, params.organisation, tile)))
    const sent = Uint8Array.from(found(bytes))
    reply.header('cache-control', FOREVER)
    return sent
  }),
  handle(api.getLogProof, anybody, async (app, _actor, { params }) =>
    found(await proveLogged(app, params.organisation, params.digest)),
  ),
  handle(api.addCheckpoint, anybody, async (app, _actor, { body }, { reply }) => {
    const { status, text, type } = await addCheckpoint(app, body)
    reply.code(status)
    if (type) reply.type(type)
    return text
  }),
  handle(api.getWitnessed, anybody, (app, _actor, { body }) => readWitnessed(app, body)),
  handle(api.listLogs, mayReadLogs, listLogs),
  handle(api.decideFinding, mayOperateNode, async (app, actor, { params, body }) => {
    await decideFinding(app, actor, params.finding, body.decision)
    return {}
  }),
]

function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Problem('request.not-found')
  return thing
}
