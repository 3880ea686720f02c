import type { OrganisationId } from '@tocsin/domain/brand.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { contentDigest, signRequest, TO_HEADER } from '../src/network/message-signature.ts'
import { acquaintApart, keyOf } from './test-network.ts'
import { startTestNode, type TestNode } from './test-node.ts'

const CAPTURED = 100
const REPLAYS = 10_000
const AT_ONCE = 50

/** Everything that a node keeps, by table, to see that nothing was added. */
async function countRows({ databaseUrl }: TestNode): Promise<Record<string, number>> {
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  try {
    const { rows } = await owner.query<{ name: string }>(
      // What the node writes in its own rounds, whoever asks or not.
      `select tablename as name from pg_tables where schemaname = 'public'
        and tablename not in ('heartbeat', 'peer', 'exchange_hour', 'node_account')`,
    )
    const counted: Record<string, number> = {}
    for (const { name } of rows) {
      const { rows: found } = await owner.query<{ n: number }>(`select count(*) as n from ${name}`)
      counted[name] = Number(found[0]?.n)
    }
    return counted
  } finally {
    await owner.end()
  }
}

describe('ten thousand requests that were captured and sent again', () => {
  test('have no effect, all refused', { timeout: 300_000 }, async () => {
    const [one, two] = [await startTestNode(), await startTestNode()]
    const [from, to] = (await acquaintApart(one, two)) as [OrganisationId, OrganisationId]
    const key = await keyOf(one.app, from)
    const capture = async (index: number) => {
      const isPost = index % 2 === 1
      const body = isPost ? JSON.stringify({ index }) : ''
      const request = {
        method: isPost ? 'POST' : 'GET',
        url: `${two.url}${isPost ? '/api/matters' : `/api/risk/editions?n=${index}`}`,
        headers: {
          'content-digest': contentDigest(Buffer.from(body)),
          [TO_HEADER]: to,
          ...(isPost && { 'content-type': 'application/json' }),
        },
      }
      const headers = await signRequest(request, key, one.app.clock())
      return {
        url: request.url,
        init: { method: request.method, headers, ...(isPost && { body }) },
      }
    }
    const captured = await Promise.all(Array.from({ length: CAPTURED }, (_, n) => capture(n)))
    const send = async (n: number): Promise<string> => {
      const request = captured[n % CAPTURED]
      if (!request) throw new Error('nothing was captured')
      const answer = await fetch(request.url, request.init)
      const { code = '' } = (await answer.json()) as { code?: string }
      return `${answer.status} ${code}`
    }
    // One after the other: of one member's bodies only so many are in hand at once.
    const first: string[] = []
    for (const n of captured.keys()) first.push(await send(n))
    expect(new Set(first)).toEqual(new Set(['200 ', '403 permission.denied']))
    const before = await countRows(two)
    const answers = new Map<string, number>()
    for (let sent = 0; sent < REPLAYS; sent += AT_ONCE) {
      const batch = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => send(sent + n)))
      for (const said of batch) answers.set(said, (answers.get(said) ?? 0) + 1)
    }
    expect(Object.fromEntries(answers)).toEqual({ '401 member.replayed': REPLAYS })
    expect(await countRows(two)).toEqual(before)
  })
})
