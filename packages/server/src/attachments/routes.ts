import { Readable } from 'node:stream'
import * as api from '@tocsin/api/attachments.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { mayUseDocket, mayWork } from '@tocsin/domain/docket-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { type Endpoint, type Exchange, handle } from '../http/endpoint.ts'
import { contentRange, rangeIn } from '../http/range.ts'
import { addAttachment, removeAttachment } from './commands.ts'
import { sendFile } from './open.ts'
import { findBlob, getSealed } from './queries.ts'
import { cancelFetch, listSharedFiles, openShared, startFetch } from './shared-files.ts'
import { readBytes } from './store.ts'

/** The most of a range that is answered at once: it is signed whole. */
const RANGE_BYTES = 1_048_576

/** Sealed bytes, to a member that may read a record which names them. */
async function sendBlob(app: App, actor: Actor, sha256: Sha256, { request, reply }: Exchange) {
  const blob = await app.db.as(actor, (tx) => findBlob(tx, sha256))
  if (!blob) throw new Problem('attachment.not-found')
  const { size } = blob
  const etag = `"${sha256}"`
  reply.headers({ 'accept-ranges': 'bytes', etag, 'cache-control': 'no-store' })
  const isOther = ![undefined, etag].includes(request.headers['if-range'] as string | undefined)
  const asked = rangeIn(isOther ? undefined : request.headers.range, size)
  if (asked === 'none') {
    reply.header('content-range', `bytes */${size}`)
    throw new Problem('attachment.out-of-range')
  }
  if (asked === 'all') {
    reply.type('application/octet-stream').header('content-length', String(size))
    await reply.send(Readable.from(readBytes(app, actor, blob)))
    return new Uint8Array()
  }
  const range = { from: asked.from, to: Math.min(asked.to, asked.from + RANGE_BYTES - 1) }
  reply.code(206).header('content-range', contentRange(range, size))
  return Buffer.concat(await Readable.from(readBytes(app, actor, blob, range)).toArray())
}

export const attachmentEndpoints: readonly Endpoint[] = [
  handle(api.addAttachment, mayWork, (app, actor, { params, query, stream }) => {
    const wanted = { id: params.attachment, matter: params.matter, name: query.name }
    return addAttachment(app, actor, wanted, stream as AsyncIterable<Uint8Array>)
  }),
  handle(api.getAttachment, mayUseDocket, async (app, actor, { params }, { reply }) => {
    const file = await app.db.as(actor, (tx) => getSealed(app, tx, params.attachment))
    const blob = { id: file.blobId, size: file.blobSize }
    return sendFile(app, actor, reply, { ...file, blob, identity: file.decryptionKey })
  }),
  handle(api.removeAttachment, mayWork, async (app, actor, { params, body }) => {
    await removeAttachment(app, actor, params.attachment, body)
    return {}
  }),
  handle(api.listSharedAttachments, mayUseDocket, (app, actor, { params }) =>
    listSharedFiles(app, actor, params.id),
  ),
  handle(api.fetchAttachment, mayWork, async (app, actor, { params }) => {
    await startFetch(app, actor, params.id)
    return {}
  }),
  handle(api.cancelFetch, mayWork, async (app, actor, { params }) => {
    await cancelFetch(app, actor, params.id)
    return {}
  }),
  handle(api.getSharedAttachment, mayUseDocket, async (app, actor, { params }, { reply }) =>
    sendFile(app, actor, reply, await openShared(app, actor, params.id)),
  ),
  handle(
    api.getBlob,
    ({ kind }) => kind === 'node',
    (app, actor, { params }, exchange) => sendBlob(app, actor, params.sha256, exchange),
  ),
]
