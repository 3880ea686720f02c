import * as api from '@tocsin/api/taxii.ts'
import { mayOperateNode } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import { type Endpoint, type Exchange, handle } from '../http/endpoint.ts'
import { type Carrier, packRecords } from './carriers.ts'
import { addClient, listClients, readerOf, revokeClient } from './clients.ts'
import {
  contentTypes,
  findCollection,
  listCollections,
  type Reader,
  shelfOf,
  writesTo,
} from './collections.ts'
import { takeEnvelope } from './inbox.ts'
import { type Item, type Page, readPage } from './pages.ts'
import { countAgainstQuota, refuseFor } from './quotas.ts'
import { dateAdded } from './sequence.ts'

/** A node of a member by its signature; a program by its token, which only these routes look at. */
const isAsking: Endpoint['may'] = ({ kind }) => kind === 'node' || kind === 'visitor'

/** Answers in TAXII, to those who can read it and whom somebody let in. */
const reading =
  <I, T>(answer: (app: App, reader: Reader, input: I, exchange: Exchange) => Promise<T>) =>
  async (app: App, actor: Parameters<Endpoint['answer']>[1], input: I, exchange: Exchange) => {
    const { request } = exchange
    const reader = await readerOf(app, actor, request)
    if (!accepts(request.headers.accept)) throw new Problem('request.not-acceptable')
    return answer(app, reader, input, exchange)
  }

const TYPES = /^(\*\/\*|application\/\*|application\/taxii\+json(;version=2\.1)?)$/

const accepts = (accept = '*/*'): boolean =>
  accept.split(',').some((one) => TYPES.test(one.replace(/;q=[\d.]+/, '').replaceAll(' ', '')))

async function page(
  app: App,
  reader: Reader,
  collection: string,
  query: api.ObjectQuery,
): Promise<Page> {
  const shelf = shelfOf(await findCollection(app, reader, collection))
  return readPage(app, reader, shelf, query)
}

/** Where the next page begins, in what is said and in the headers of the standard. */
function around({ items, more }: Page, { reply }: Exchange) {
  const [first, last] = [items.at(0), items.at(-1)]
  if (first && last) {
    reply.header('x-taxii-date-added-first', dateAdded(first.added))
    reply.header('x-taxii-date-added-last', dateAdded(last.added))
  }
  // Members' nodes read on from a place, whether or not there is more by now.
  return last ? { more, next: String(last.added) } : {}
}

async function envelope(
  app: App,
  reader: Reader,
  found: Page,
  exchange: Exchange,
): Promise<api.Envelope> {
  const { items } = found
  if (items.length === 0) return {}
  return { ...around(found, exchange), objects: [...(await carried(app, reader, items, exchange))] }
}

/** To a node the signed records, in carriers; to a program the objects in clear. */
async function carried(
  app: App,
  { actor }: Reader,
  items: readonly Item[],
  { request }: Exchange,
): Promise<readonly (Carrier | RecordedObject)[]> {
  const objects = items.flatMap((item) => ('object' in item ? [item.object] : []))
  if (actor.kind !== 'node') return objects
  const records = items.flatMap((item) => ('record' in item ? [item.record] : []))
  const from = String(
    request.headers['tocsin-to'] ?? actor.organisation,
  ) as typeof actor.organisation
  return packRecords(app, records, { from, to: actor.organisation })
}

export const taxiiEndpoints: readonly Endpoint[] = [
  handle(
    api.discover,
    isAsking,
    reading(async (app) => {
      const root = `${app.node.origin}/taxii2/network/`
      return { title: 'Tocsin', default: root, api_roots: [root] }
    }),
  ),
  handle(
    api.getApiRoot,
    isAsking,
    reading(async () => ({
      title: 'The network',
      versions: [contentTypes.taxii],
      max_content_length: api.ENVELOPE_BYTES,
    })),
  ),
  handle(
    api.getStatus,
    isAsking,
    reading(async (app, { actor }, { params }: { params: { status: string } }) => {
      if (!isUuid(params.status)) throw new Problem('request.not-found')
      const row = await app.db.as(actor, (tx) =>
        tx
          .selectFrom('push_status')
          .select('body')
          .where('id', '=', params.status)
          .executeTakeFirst(),
      )
      if (!row) throw new Problem('request.not-found')
      return api.Status.parse(row.body)
    }),
  ),
  handle(
    api.listCollections,
    isAsking,
    reading(async (app, reader) => ({ collections: [...(await listCollections(app, reader))] })),
  ),
  handle(
    api.getCollection,
    isAsking,
    reading((app, reader, { params }: { params: { collection: string } }) =>
      findCollection(app, reader, params.collection),
    ),
  ),
  handle(
    api.getManifest,
    isAsking,
    reading(async (app, reader, { params, query }: Asked, exchange) => {
      const found = await page(app, reader, params.collection, query)
      const objects = found.items.map(({ id, version, added }) => ({
        id,
        date_added: dateAdded(added),
        version,
        media_type: contentTypes.stix,
      }))
      return objects.length > 0 ? { ...around(found, exchange), objects } : {}
    }),
  ),
  handle(
    api.getObjects,
    isAsking,
    reading(async (app, reader, { params, query }: Asked, exchange) =>
      envelope(app, reader, await page(app, reader, params.collection, query), exchange),
    ),
  ),
  handle(
    api.getObject,
    isAsking,
    reading(async (app, reader, { params, query }: AskedOne, exchange) => {
      const one = { ...query, 'match[id]': params.object }
      const found = await page(app, reader, params.collection, one)
      if (found.items.length === 0) throw new Problem('request.not-found')
      return envelope(app, reader, found, exchange)
    }),
  ),
  handle(
    api.listVersions,
    isAsking,
    reading(async (app, reader, { params, query }: AskedOne, exchange) => {
      const all = { ...query, 'match[id]': params.object, 'match[version]': 'all' }
      const found = await page(app, reader, params.collection, all)
      if (found.items.length === 0) throw new Problem('request.not-found')
      return { ...around(found, exchange), versions: found.items.map(({ version }) => version) }
    }),
  ),
  handle(api.addObjects, isAsking, reading(addObjects)),
  handle(api.listClients, mayOperateNode, listClients),
  handle(api.addClient, mayOperateNode, async (app, actor, { params, body }) => ({
    token: await addClient(app, actor, { id: params.client, ...body }),
  })),
  handle(api.revokeClient, mayOperateNode, async (app, actor, { params }) => {
    await revokeClient(app, actor, params.client)
    return {}
  }),
]

const isUuid = (text: string): boolean => z.uuid().safeParse(text).success

type Asked = { params: { collection: string }; query: api.ObjectQuery }
type AskedOne = { params: { collection: string; object: string }; query: api.ObjectQuery }
type Sent = {
  params: { collection: string }
  body: { objects: { [key: string]: unknown }[]; x_to?: OrganisationId | undefined }
}

async function addObjects(
  app: App,
  reader: Reader,
  { params, body }: Sent,
  { request, reply }: Exchange,
) {
  const { actor } = reader
  if (actor.kind !== 'node') throw new Problem('permission.denied')
  const type = request.headers['content-type']?.replaceAll(' ', '') ?? ''
  if (!TYPES.test(type)) throw new Problem('request.wrong-media-type')
  writesTo(await findCollection(app, reader, params.collection))
  const member = actor.organisation
  // Its bytes were counted before they were read.
  const { wait } = await countAgainstQuota(app, member, { records: body.objects.length })
  if (wait > 0) refuseFor(reply, wait)
  reply.code(202)
  return takeEnvelope(app, { member, objects: body.objects, to: body.x_to })
}
