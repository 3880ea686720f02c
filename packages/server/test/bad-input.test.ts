import { request as ask, type ClientRequest, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { ENVELOPE_BYTES, TAXII } from '@tocsin/api/taxii.ts'
import { operator, system } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { openCarrier } from '@tocsin/records/open-carrier.ts'
import { expect, test } from 'vitest'
import { contentDigest, signRequest, TO_HEADER } from '../src/network/message-signature.ts'
import { trimQuarantine } from '../src/network/quarantine.ts'
import { AT_ONCE, QUOTA } from '../src/network/quotas.ts'
import { readNetwork } from '../src/network/view.ts'
import { until } from './test-docket.ts'
import {
  contentsAt,
  eventually,
  type MemberNode,
  makeAudience,
  moveNode,
  note,
  publish,
  recordsOf,
  startMembers,
} from './test-exchange.ts'
import { keyOf, NOWHERE } from './test-network.ts'

const INBOX = '/taxii2/network/collections/inbox/objects/'

type Draft = {
  readonly path?: string
  /** What is signed; what is sent may be less of it, or nothing yet. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly by?: MemberNode
}

/** A request whose headers have left and nothing else; it says how it was answered, if it was. */
async function begin(from: MemberNode, to: MemberNode, draft: Draft = {}) {
  const { path = INBOX, body = '{}', by = from } = draft
  const url = to.url + path
  const digest = contentDigest(Buffer.from(body))
  const own = {
    'content-digest': digest,
    [TO_HEADER]: to.own,
    'content-type': TAXII,
    accept: TAXII,
  }
  const key = await keyOf(by.app, from.own)
  const signed = await signRequest({ method: 'POST', url, headers: own }, key, by.app.clock())
  const length = { 'content-length': String(Buffer.byteLength(body)) }
  const headers = { ...own, ...signed, ...(draft.headers ?? length) }
  const request = ask(url, { method: 'POST', headers, agent: false })
  request.flushHeaders()
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject)
  })
  answered.catch(() => undefined)
  return { request, answered, body }
}

/** Sends all of it, and says how it was answered. */
async function send(from: MemberNode, to: MemberNode, draft: Draft = {}) {
  const begun = await begin(from, to, draft)
  begun.request.end(begun.body)
  return read(begun)
}

async function read({
  request,
  answered,
}: {
  request: ClientRequest
  answered: Promise<IncomingMessage>
}) {
  const answer = await answered
  const said = (await json(answer)) as {
    readonly error_code?: string
    readonly failures?: readonly { readonly message?: string }[]
    readonly x_records?: readonly { readonly result: string }[]
  }
  request.destroy()
  return {
    status: answer.statusCode,
    code: said.error_code ?? said.failures?.[0]?.message ?? said.x_records?.[0]?.result,
    isSigned: answer.headers['signature'] !== undefined,
    wait: answer.headers['retry-after'],
  }
}

/** What a node keeps of a member: nothing else that comes meanwhile. */
const keptOf = ({ app }: MemberNode, { own }: MemberNode) =>
  app.db.as(system, async (tx) => {
    const refused = await tx
      .selectFrom('quarantined_record')
      .select('reason')
      .where('member', '=', own)
      .execute()
    const nonces = await tx
      .selectFrom('request_nonce')
      .select('id')
      .where('id', 'like', `${own}%`)
      .execute()
    const taken = await tx
      .selectFrom('network_record')
      .select('digest')
      .where('received_from', '=', own)
      .execute()
    return {
      refused: refused.map(({ reason }) => reason),
      nonces: nonces.length,
      taken: taken.length,
    }
  })

test('what a member sends that is bad is refused for what it is, and everybody else is served', async () => {
  const nodes = (await startMembers(3)) as [MemberNode, MemberNode, MemberNode]
  const [bad, here, other] = nodes
  // Only the test speaks for the bad one; the two others speak for themselves.
  for (const node of [here, other]) await moveNode(node, bad, NOWHERE)
  for (const node of [here, other]) await moveNode(bad, node, NOWHERE)
  const { id } = await makeAudience([other, here])
  const goesOn = async (word: string) => {
    await publish(other, id, note(word))
    await eventually([here, other], async () => (await contentsAt(here, id)).includes(word))
    // Nobody's clock may differ from the others'.
    const behind = Date.parse(here.app.clock()) - Date.parse(bad.app.clock())
    bad.advance(behind)
  }
  await goesOn('before')
  const theirs = await makeAudience([bad, here])
  const [first] = await recordsOf(bad, bad.own, theirs.id)
  const carrier = first && openCarrier(first)
  // What the bad one's node asked for by itself before its links were cut.
  const { nonces: asked, ...nothing } = await keptOf(here, bad)
  expect(nothing).toEqual({ refused: [], taken: 0 })

  const refused = { isSigned: false, wait: undefined }
  const invalid = { ...refused, status: 400, code: 'request.invalid' }
  expect(await send(bad, here, { body: '{"objects":[{"type":' })).toEqual(invalid)
  expect(await send(bad, here, { body: `[${'x'.repeat(100_000)}` })).toEqual(invalid)
  const deep = `{"objects":[{"type":"note","deep":${'['.repeat(1e6)}${']'.repeat(1e6)}}]}`
  expect(await send(bad, here, { body: deep })).toEqual(invalid)
  expect(await send(bad, here, { body: '{"objects":7}' })).toEqual({ ...invalid, isSigned: true })
  const over = 'x'.repeat(ENVELOPE_BYTES + 1)
  const tooLarge = { ...refused, status: 413, code: 'request.too-large' }
  expect(await send(bad, here, { body: over })).toEqual(tooLarge)
  // No more is read than is hung up on: the length alone is enough.
  const huge = await begin(bad, here, { headers: { 'content-length': '1000000000000' } })
  expect(await read(huge)).toEqual(tooLarge)
  const chunked = { 'transfer-encoding': 'chunked' }
  const unmeasured = { ...refused, status: 411, code: 'request.length-required' }
  expect(await send(bad, here, { headers: chunked })).toEqual(unmeasured)
  const wrong = { status: 403, code: 'permission.denied', isSigned: true, wait: undefined }
  const closed = { path: '/taxii2/network/collections/public/objects/' }
  expect(await send(bad, here, closed)).toEqual(wrong)
  const none = { path: '/taxii2/network/collections/nothing/objects/' }
  expect(await send(bad, here, none)).toMatchObject({ status: 404, code: 'collection.not-found' })
  // A stranger is told so before any of what it says it has is read.
  const strange = await begin(bad, here, { by: other, headers: { 'content-length': '5000000' } })
  expect(await read(strange)).toEqual({ ...refused, status: 401, code: 'member.not-authenticated' })
  // Three of them were whole and believed before they were refused, and count once.
  expect(await keptOf(here, bad)).toEqual({ refused: [], nonces: asked + 3, taken: 0 })

  const forged = JSON.stringify({ objects: [{ ...carrier, name: 'Forged' }, carrier] })
  expect(await send(bad, here, { body: forged })).toMatchObject({ status: 202 })
  // What is bad is kept with its reason, and what comes after it is taken.
  expect(await keptOf(here, bad)).toEqual({
    refused: ['bad-signature'],
    nonces: asked + 4,
    taken: 1,
  })
  await goesOn('after bad records')
  for (const node of nodes) node.advance(60_000)

  // As many as are let in at once hold nobody else up, and are taken once they are whole.
  const slow = await Promise.all(
    Array.from({ length: AT_ONCE }, () => begin(bad, here, { body: '{"objects":[]}' })),
  )
  await until(async () => (await spentAt(here, bad)) > AT_ONCE * 4000)
  const turned = await send(bad, here)
  expect(turned).toEqual({ status: 429, code: 'request.too-many', isSigned: true, wait: '1' })
  expect((await send(other, here)).status).toBe(202)
  for (const { request, body } of slow) request.end(body)
  for (const one of slow) expect((await read(one)).status).toBe(202)
  await goesOn('after many at once')

  // What it says it will send counts before it is sent: enough of that, and it must wait.
  for (const node of nodes) node.advance(60_000)
  const full = { headers: { 'content-length': String(ENVELOPE_BYTES) } }
  for (let said = 0; said < QUOTA.bytes; said += ENVELOPE_BYTES) {
    const { request, answered } = await begin(bad, here, full)
    request.write(' ')
    await until(async () => (await spentAt(here, bad)) > said + ENVELOPE_BYTES)
    request.destroy()
    await answered.catch(() => undefined)
  }
  const waits = await send(bad, here)
  expect(waits).toMatchObject({ status: 429, code: 'request.too-many', isSigned: true })
  expect(Number(waits.wait)).toBeGreaterThan(0)
  // Whoever goes on is turned away by name: nothing is looked up, and the answer is signed no more.
  await until(async () => !(await send(bad, here)).isSigned)
  expect(await send(bad, here)).toMatchObject({ status: 429, isSigned: false })
  expect((await send(other, here)).status).toBe(202)
  for (const node of nodes) node.advance(60_000)
  expect((await send(bad, here, { body: '{"objects":[]}' })).status).toBe(202)
  await goesOn('after a flood')
}, 240_000)

test('of what is refused the latest is kept of each member, and the rest is counted', async () => {
  const [node] = (await startMembers(1)) as [MemberNode]
  const { app, own } = node
  const rows = Array.from({ length: 510 }, (_, n) => ({
    id: crypto.randomUUID(),
    member: own,
    reason: n < 8 ? ('too-large' as const) : ('bad-signature' as const),
    size: 1,
    refused_at: new Date(Date.parse('2025-12-31T23:59:00Z') + n * 10_000).toISOString() as Instant,
  }))
  await app.db.as(system, (tx) => tx.insertInto('quarantined_record').values(rows).execute())
  await Promise.all([trimQuarantine(app), trimQuarantine(app)])
  const { kept, gone } = await app.db.as(system, async (tx) => ({
    kept: await tx.selectFrom('quarantined_record').select('reason').execute(),
    gone: await tx.selectFrom('quarantine_trim').select(['reason', 'day', 'n']).execute(),
  }))
  expect(kept).toHaveLength(500)
  expect(gone.map(({ reason, day, n }) => `${n} ${reason} ${day}`).sort()).toEqual([
    '2 bad-signature 2026-01-01',
    '2 too-large 2026-01-01',
    '6 too-large 2025-12-31',
  ])
  const { held } = await readNetwork(app, operator)
  expect(held.map(({ kind, reason, n }) => [kind, reason, n]).sort()).toEqual([
    ['refused-here', 'bad-signature', 502],
    ['refused-here', 'too-large', 8],
  ])
})

const spentAt = ({ app }: MemberNode, { own }: MemberNode): Promise<number> =>
  app.db.as(system, async (tx) => {
    const minute = Math.floor(Date.parse(app.clock()) / 60_000)
    const row = await tx
      .selectFrom('peer')
      .select('bytes')
      .where('member', '=', own)
      .where('minute', '=', minute)
      .executeTakeFirst()
    return row?.bytes ?? 0
  })
