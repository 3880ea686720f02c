import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { describe, expect, test } from 'vitest'
import { callMember, memberKeys } from '../src/network/members.ts'
import { contentDigest, type SignedRequest, signRequest } from '../src/network/message-signature.ts'
import { moveNode } from './test-exchange.ts'
import { acquaintApart, keyOf } from './test-network.ts'
import { startTestNode, type TestNode } from './test-node.ts'

async function twoNodes() {
  const [one, two] = [await startTestNode(), await startTestNode()]
  // Nothing but the test asks: what the nodes would say to each other by themselves goes nowhere.
  const [from, to] = (await acquaintApart(one, two)) as [OrganisationId, OrganisationId]
  return { one, two, from, to }
}

type Draft = Partial<{
  method: string
  path: string
  body: string
  signer: TestNode
  organisation: OrganisationId
  to: OrganisationId
}>

/** A request as a member's node signs it, to be sent as it is or altered on the way. */
async function captured(
  { one, two, from, to }: Awaited<ReturnType<typeof twoNodes>>,
  draft: Draft = {},
): Promise<SignedRequest & { readonly body: string | null }> {
  const { method = 'GET', path = '/api/risk/editions?x=1', body = null } = draft
  const signer = draft.signer ?? one
  const key = await keyOf(signer.app, draft.organisation ?? from)
  const request = {
    method,
    url: two.url + path,
    headers: {
      'content-digest': contentDigest(Buffer.from(body ?? '')),
      'tocsin-to': draft.to ?? to,
      ...(body !== null && { 'content-type': 'application/json' }),
    },
  }
  return { ...request, headers: await signRequest(request, key, signer.app.clock()), body }
}

async function send({ url, ...init }: SignedRequest & { readonly body: string | null }) {
  const response = await fetch(url, init)
  const { code } = (await response.json()) as { code?: string }
  return { status: response.status, code, signed: response.headers.has('signature') }
}

const countNonces = ({ app }: TestNode) =>
  app.db.as(
    system,
    async (tx) => (await tx.selectFrom('request_nonce').select('id').execute()).length,
  )

describe('a request between nodes', () => {
  test('reaches a pinned member, which signs its answer', async () => {
    const { one, two, from, to } = await twoNodes()
    await moveNode({ ...one, own: from }, { ...two, own: to }, two.url)
    const ask = { from, to, method: 'GET' as const, path: '/api/risk/editions' as const }
    const answer = await callMember(one.app, ask)
    expect(answer.status).toBe(200)
    expect(JSON.parse(String(answer.body))).toHaveLength(2)
    // What a node may not do is refused in a signed answer too.
    const refused = await callMember(one.app, { ...ask, path: '/api/matters' })
    expect(refused.status).toBe(403)
    const posted = await callMember(one.app, {
      ...ask,
      method: 'POST',
      path: '/api/matters',
      body: Buffer.from('{}'),
    })
    expect(posted.status).toBe(403)
    // And whatever the node asked in its own rounds.
    expect(await countNonces(two)).toBeGreaterThanOrEqual(3)
  })

  test('counts once, also in another process and after the restart of one', async () => {
    const nodes = await twoNodes()
    const request = await captured(nodes)
    expect(await send(request)).toMatchObject({ status: 200, signed: true })
    const again = { status: 401, code: 'member.replayed', signed: false }
    expect(await send(request)).toEqual(again)
    nodes.two.advance(60_000)
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(request)))
    expect(answers).toEqual(Array.from({ length: 20 }, () => again))
    const fresh = await captured(nodes)
    const raced = await Promise.all(Array.from({ length: 20 }, () => send(fresh)))
    expect(raced.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await countNonces(nodes.two)).toBe(2)
  })

  test('is forgotten only when it is too old to count', async () => {
    const nodes = await twoNodes()
    const request = await captured(nodes)
    await send(request)
    for (const node of [nodes.one, nodes.two]) node.advance(721_000)
    expect(await send(request)).toMatchObject({ status: 401, code: 'member.clock-differs' })
    await send(await captured(nodes))
    expect(await countNonces(nodes.two)).toBe(1)
  })

  const refused = { status: 401, code: 'member.not-authenticated', signed: false }

  test('altered on the way is refused and leaves nothing', async () => {
    const nodes = await twoNodes()
    const { two } = nodes
    const get = await captured(nodes)
    const post = await captured(nodes, { method: 'POST', path: '/api/matters', body: '{"a":1}' })
    const headers = (changed: object) => ({ ...post, headers: { ...post.headers, ...changed } })
    const { signature = '', 'signature-input': input = '' } = post.headers
    const other = await captured(nodes, { method: 'POST', path: '/api/matters', body: '{"a":2}' })
    const altered = {
      method: { ...(await captured(nodes, { path: '/api/matters' })), method: 'POST' },
      path: { ...get, url: `${two.url}/api/risk/scores?x=1` },
      query: { ...get, url: `${two.url}/api/risk/editions?x=2` },
      'no query': { ...get, url: `${two.url}/api/risk/editions` },
      body: { ...post, body: '{"a":2}' },
      'body and digest': {
        ...headers({ 'content-digest': other.headers['content-digest'] }),
        body: '{"a":2}',
      },
      type: headers({ 'content-type': 'text/plain' }),
      created: headers({ 'signature-input': input.replace(/created=\d+/, 'created=1767225601') }),
      expires: headers({ 'signature-input': input.replace(/expires=\d+/, 'expires=1767225900') }),
      nonce: headers({ 'signature-input': input.replace(/nonce="./, 'nonce="z') }),
      key: headers({ 'signature-input': input.replace(nodes.from, nodes.to) }),
      tag: headers({ 'signature-input': input.replace('tocsin-node', 'tocsin-notice') }),
      label: headers({ 'signature-input': input.replace('tocsin=', 'other=') }),
      'fewer fields': headers({ 'signature-input': input.replace('"content-digest" ', '') }),
      'two signatures': headers({
        'signature-input': `${input}, ${input.replace('tocsin=', 'two=')}`,
        signature: `${signature}, ${signature.replace('tocsin=', 'two=')}`,
      }),
      'the signature of another': headers({ signature: other.headers['signature'] }),
      'no signature': headers({ signature: '' }),
      nonsense: headers({ 'signature-input': ';;' }),
    }
    for (const [what, request] of Object.entries(altered)) {
      expect(await send(request as typeof get), what).toEqual(refused)
    }
    // It says that it brings JSON, and that there is none is seen first.
    expect(await send({ ...post, body: null })).toMatchObject({ status: 400, signed: false })
    expect(await countNonces(two)).toBe(0)
    expect(await send(get)).toMatchObject({ status: 200 })
    expect(await send(post)).toMatchObject({ status: 403, signed: true })
  })

  test('made for another organisation, or long ago, or for too long is refused', async () => {
    const nodes = await twoNodes()
    expect(await send(await captured(nodes, { to: nodes.from }))).toEqual(refused)
    const late = await captured(nodes)
    nodes.two.advance(721_000)
    expect(await send(late)).toMatchObject({ status: 401, code: 'member.clock-differs' })
    nodes.one.advance(721_000 + 121_000)
    const early = await captured(nodes)
    expect(await send(early)).toMatchObject({ status: 401, code: 'member.clock-differs' })
    expect(await countNonces(nodes.two)).toBe(0)
  })

  test('of a stranger, of an expelled member or in another member’s name is refused on every verb', async () => {
    const nodes = await twoNodes()
    const { one, two, from, to } = nodes
    const stranger = await startTestNode()
    const { organisation: unknown } = await stranger.as('administrator')
    // The stranger’s vault makes a key for any name; it is not the key that was pinned under it.
    for (const name of [unknown, from, to]) await borrow(stranger, name)
    const forgeries: Draft[] = [unknown, from, to].map((organisation) => ({
      signer: stranger,
      organisation,
    }))
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']) {
      for (const forged of forgeries) {
        const request = await captured(nodes, { ...forged, method })
        const { status } = await fetch(request.url, { method, headers: request.headers })
        expect(status, method).toBeOneOf([401, 404])
      }
    }
    const before = await captured(nodes)
    await two.app.db.as(system, (tx) =>
      tx
        .updateTable('member')
        .set({ state: 'expelled' })
        .where('organisation', '=', from)
        .execute(),
    )
    expect(await send(before)).toEqual(refused)
    expect(await send(await captured(nodes))).toEqual(refused)
    expect(await countNonces(two)).toBe(0)
    const keys = await two.app.db.as(system, memberKeys)
    expect(keys((await keyOf(one.app, from)).kid, from)).toBeUndefined()
    await expect(
      callMember(two.app, { from: to, to: from, method: 'GET', path: '/api/risk/editions' }),
    ).rejects.toMatchObject({ code: 'member.not-pinned' })
  })
})

/** Another's name in a node's own books, so that it signs in that name. */
const borrow = ({ app }: TestNode, id: OrganisationId) =>
  app.db.as(system, (tx) =>
    tx
      .insertInto('organisation')
      .values({ id, name: 'Borrowed', kind: 'focal-point', country: null, made_at: app.clock() })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
