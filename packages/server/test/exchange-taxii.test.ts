import * as taxii from '@tocsin/api/taxii.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { describe, expect, test } from 'vitest'
import { callMember } from '../src/network/members.ts'
import { QUOTA } from '../src/network/quotas.ts'
import {
  contentsAt,
  eventually,
  type MemberNode,
  makeAudience,
  note,
  publish,
  startMembers,
} from './test-exchange.ts'

const ROOT = '/taxii2/network'

/** What any answer of TAXII may hold. */
type Said = {
  readonly api_roots?: readonly string[]
  readonly collections?: readonly taxii.Collection[]
  readonly more?: boolean
  readonly next?: string
  readonly objects?: readonly { readonly content?: string; readonly date_added?: string }[]
  readonly versions?: readonly string[]
  readonly http_status?: string
}

/** A program that knows nothing but TAXII 2.1. */
function openClient(node: MemberNode, token: string) {
  const authorization = `Basic ${Buffer.from(`anybody:${token}`).toString('base64')}`
  return async (path: string, init: RequestInit = {}) => {
    const headers = { authorization, accept: taxii.TAXII, ...init.headers }
    const response = await fetch(node.url + path, { ...init, headers })
    return { response, body: (await response.json()) as Said }
  }
}

async function addClient(node: MemberNode, ceiling: 'TLP:GREEN' | 'TLP:RED') {
  const { call } = await node.as('administrator')
  const client = newId<string>()
  const { token } = await call(taxii.addClient, {
    params: { client },
    body: {
      organisation: node.own,
      label: 'A threat platform',
      ceiling,
      expiresAt: '2026-02-01T00:00:00.000Z' as Instant,
    },
  })
  return { client, token, call }
}

describe('a TAXII 2.1 client with a token', () => {
  test('reads pages, manifest and versions of what its account may see, until it is revoked', async () => {
    const [ardenia] = (await startMembers(1)) as [MemberNode]
    const { id } = await makeAudience([ardenia])
    for (const word of ['one', 'two', 'three']) await publish(ardenia, id, note(word))
    const first = note('clear', { marking: 'TLP:CLEAR' })
    await publish(ardenia, id, first)
    await publish(ardenia, id, note('secret', { marking: 'TLP:AMBER' }))
    const { client, token, call } = await addClient(ardenia, 'TLP:GREEN')
    const ask = openClient(ardenia, token)

    const discovery = await ask('/taxii2/')
    expect(discovery.response.headers.get('content-type')).toBe(taxii.TAXII)
    expect(discovery.body.api_roots).toEqual([`${ardenia.app.node.origin}${ROOT}/`])
    const { body } = await ask(`${ROOT}/collections/`)
    expect(body.collections?.map(({ alias, title }) => alias ?? title)).toEqual([
      'everything',
      'public',
      'alerts',
      'Rivers',
    ])

    const contents: string[] = []
    let next = ''
    for (;;) {
      const page = await ask(
        `${ROOT}/collections/${id}/objects/?limit=2&match[type]=note${next && `&next=${next}`}`,
      )
      contents.push(...(page.body.objects ?? []).map(({ content }) => content ?? ''))
      if (!page.body.more) break
      expect(page.response.headers.get('x-taxii-date-added-last')).toMatch(/\.\d{6}Z$/)
      next = page.body.next ?? ''
    }
    expect(contents.sort()).toEqual(['clear', 'one', 'three', 'two'])
    const open = await ask(`${ROOT}/collections/public/objects/`)
    expect(open.body.objects).toEqual([first])
    const manifest = await ask(`${ROOT}/collections/${id}/manifest/?match[id]=${first.id}`)
    expect(manifest.body.objects).toHaveLength(1)
    const whole = await ask(`${ROOT}/collections/${id}/manifest/`)
    const after = whole.body.objects?.at(-1)?.date_added
    const later = await ask(`${ROOT}/collections/${id}/objects/?added_after=${after}`)
    expect(later.body).toEqual({})
    const versions = await ask(`${ROOT}/collections/${id}/objects/${first.id}/versions/`)
    expect(versions.body.versions).toEqual([first.modified])
    const none = await ask(`${ROOT}/collections/${id}/objects/note--none/`)
    expect([none.response.status, none.body.http_status]).toEqual([404, '404'])
    expect(none.response.headers.get('content-type')).toBe(taxii.TAXII)

    const wrong = await ask(`${ROOT}/collections/`, { headers: { accept: 'text/html' } })
    expect(wrong.response.status).toBe(406)
    const write = await ask(`${ROOT}/collections/${id}/objects/`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': taxii.TAXII },
    })
    expect(write.response.status).toBe(403)
    const elsewhere = await ask('/api/docket')
    expect(elsewhere.response.status).toBe(401)
    await call(taxii.revokeClient, { params: { client } })
    expect((await ask(`${ROOT}/collections/`)).response.status).toBe(401)
  })
})

describe("a member's node", () => {
  test('is answered for each record, and refused what is not for it or too much', async () => {
    const nodes = (await startMembers(3)) as [MemberNode, MemberNode, MemberNode]
    const [ardenia, belmara, corvane] = nodes
    const { id } = await makeAudience([ardenia, belmara])
    await publish(ardenia, id, note('ours'))
    await eventually(nodes, async () => (await contentsAt(belmara, id)).includes('ours'))
    const ask = async (node: MemberNode, path: `/${string}`, objects?: readonly object[]) => {
      const answer = await callMember(node.app, {
        from: node.own,
        to: belmara.own,
        method: objects ? 'POST' : 'GET',
        path,
        headers: { accept: taxii.TAXII },
        contentType: taxii.TAXII,
        ...(objects && { body: Buffer.from(JSON.stringify({ objects })) }),
      })
      return {
        status: answer.status,
        body: JSON.parse(answer.body.toString()),
        headers: answer.headers,
      }
    }
    const inbox = `${ROOT}/collections/inbox/objects/` as const
    const sent = await ask(ardenia, inbox, [{ id: 'x' }, note('unsigned'), { type: 'cpr-sealed' }])
    expect(sent.status).toBe(202)
    expect(sent.body).toMatchObject({ status: 'complete', success_count: 0, failure_count: 3 })
    const status = await ask(ardenia, `${ROOT}/status/${sent.body.id}/`)
    expect(status.body).toEqual(sent.body)
    expect((await ask(corvane, `${ROOT}/status/${sent.body.id}/`)).status).toBe(404)
    expect((await ask(ardenia, `${ROOT}/collections/${id}/objects/`, [])).status).toBe(403)
    expect((await ask(ardenia, inbox)).status).toBe(403)
    expect((await ask(corvane, `${ROOT}/collections/${id}/objects/`)).status).toBe(404)
    const everything = await ask(corvane, `${ROOT}/collections/everything/objects/`)
    expect(everything.body).toEqual({})
    // A flood is turned away, and says when it may go on; others are served.
    const flood = Array.from({ length: 1000 }, () => ({}))
    let turned = sent
    for (let sends = 0; sends <= QUOTA.records / 1000; sends += 1) {
      turned = await ask(corvane, inbox, flood)
    }
    expect(turned.status).toBe(429)
    expect(Number(turned.headers['retry-after'])).toBeGreaterThan(0)
    expect((await ask(ardenia, inbox, [])).status).toBe(202)
  }, 240_000)
})
