import { Readable } from 'node:stream'
import * as api from '@tocsin/api/audit.ts'
import { type Actor, mayOperateNode } from '@tocsin/domain/actor.ts'
import { mayReadAudit } from '@tocsin/domain/people-access.ts'
import type { LogHeader } from '@tocsin/records/chain.ts'
import type { App } from '../app.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import { listEntries, readHead, verifyEntries, walkEntries } from './queries.ts'

export const auditEndpoints: readonly Endpoint[] = [
  handle(api.listAudit, mayReadAudit, (app, actor, { query }) => listEntries(app, actor, query)),
  handle(api.exportAudit, mayReadAudit, async (app, actor, { query }, { reply }) => {
    reply.type(api.exportAudit.produces)
    reply.header('content-disposition', 'attachment; filename="tocsin-audit.jsonl"')
    // Sent as it is read: the log of years does not fit in memory.
    await reply.send(Readable.from(exportLines(app, actor, query)))
    return ''
  }),
  handle(api.verifyAudit, mayOperateNode, (app, actor) => verifyEntries(app, actor)),
]

/** The header, then an entry a line. */
async function* exportLines(
  app: App,
  actor: Actor,
  filters: Parameters<typeof walkEntries>[2],
): AsyncGenerator<string> {
  const head = await readHead(app, actor)
  const isWhole = mayOperateNode(actor) && Object.values(filters).every((value) => !value)
  const format = 'tocsin-audit-1'
  const header: LogHeader = isWhole
    ? { format, scope: 'whole', seq: head.seq, hash: head.hash }
    : { format, scope: 'part' }
  yield `${JSON.stringify(header)}\n`
  for await (const batch of walkEntries(app, actor, filters, head.seq)) {
    yield batch.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  }
}
