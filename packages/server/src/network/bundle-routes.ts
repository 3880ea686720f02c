import { Readable } from 'node:stream'
import * as api from '@tocsin/api/bundles.ts'
import { mayOperateNode } from '@tocsin/domain/actor.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { exportBundle } from './bundle-export.ts'
import { importBundle } from './bundle-import.ts'

export const bundleEndpoints: readonly Endpoint[] = [
  handle(api.exportBundle, mayOperateNode, async (app, actor, { query }, { reply }) => {
    const bundle = await exportBundle(app, actor, query.member)
    reply.type(api.exportBundle.sends[0])
    // Neither whose it is nor when: the name of a file is read by whoever finds the disk.
    reply.header('content-disposition', 'attachment; filename="bundle.cpb"')
    await reply.send(Readable.fromWeb(bundle as never))
    return new Uint8Array()
  }),
  handle(api.importBundle, mayOperateNode, async (app, actor, { stream }, { reply }) => {
    const counts = await importBundle(app, actor, stream as AsyncIterable<Uint8Array>)
    reply.type(api.importBundle.produces)
    await reply.send(Readable.from(linesOf(counts)))
    return ''
  }),
]

async function* linesOf(counts: AsyncIterable<api.BundleCount>): AsyncGenerator<string> {
  for await (const count of counts) yield `${JSON.stringify(count)}\n`
}
