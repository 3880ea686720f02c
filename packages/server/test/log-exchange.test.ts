import * as api from '@tocsin/api/transparency.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { contradictionIn, type Pair } from '@tocsin/records/log/evidence.ts'
import { formatVerifierKey } from '@tocsin/records/log/note.ts'
import { readPolicy } from '@tocsin/records/log/policy.ts'
import { checkProof, readProof } from '@tocsin/records/log/proof-file.ts'
import { describe, expect, test } from 'vitest'
import { makeLog } from '../../records/test/made-log.ts'
import { awaitInLogs } from '../src/network/log.ts'
import { exchangeCheckpoints } from '../src/network/log-exchange.ts'
import { publicLogKeys } from '../src/network/log-keys.ts'
import { sequenceLogs } from '../src/network/log-sequencer.ts'
import {
  lyingCheckpoint,
  lyingKey,
  lyingOrigin,
  reaching,
  type Shown,
  watchLiar,
} from './lying-log.ts'
import { digestOf, findingsOf, introduce, type LogNode, startLogNode } from './test-logs.ts'

const MINUTE = 60_000

/** A minute passes, and all is done that is due with it: by the test, before the nodes' own rounds. */
async function round(...nodes: readonly LogNode[]): Promise<void> {
  for (const { soon } of nodes) await sequenceLogs(soon)
  for (const { soon } of nodes) await exchangeCheckpoints(soon)
  for (const node of nodes) node.advance(MINUTE)
}

const seenOf = async (node: LogNode) =>
  (
    await node.asOwner(
      `select size::int, fault, frozen_at is not null as "isFrozen" from known_log order by origin`,
    )
  ).rows

describe('nodes that watch one another', () => {
  test('follow and cosign the logs of the others, so that a proof holds offline by a policy', async () => {
    const [a, b, c] = [await startLogNode(), await startLogNode(), await startLogNode()]
    await introduce(a, b, c)
    await Promise.all([a, b, c].map((node) => node.write('first')))
    for (let turn = 0; turn < 3; turn += 1) await round(a, b, c)
    for (const node of [a, b, c]) {
      const seen = await seenOf(node)
      expect(seen).toHaveLength(2)
      for (const { fault, isFrozen, size } of seen) {
        expect({ fault, isFrozen }).toEqual({ fault: null, isFrozen: false })
        expect(size).toBeGreaterThan(8)
      }
      expect(await findingsOf(node)).toEqual([])
    }
    const keysOf = (node: LogNode) => publicLogKeys(node.app, node.origin)
    const [log, bKeys, cKeys] = await Promise.all([a, b, c].map(keysOf))
    // All nodes of this test go by one name, so a policy tells them apart by their keys.
    const policy = readPolicy(
      [
        `log ${log?.verifierKey}`,
        `witness b ${bKeys?.witnessKey}`,
        `witness c ${cKeys?.witnessKey}`,
        'group both all b c',
        'quorum both',
        '',
      ].join('\n'),
    )
    const proof = readProof(await (await fetch(`${a.log}/proof/${digestOf('first')}`)).text())
    if (!proof || 'line' in policy) throw new Error('not readable')
    expect(checkProof(proof, policy)).toMatchObject({ isEnough: true })
  })

  test('see that a log was restored from a backup, which then signs nothing more', async () => {
    const [a, b] = [await startLogNode(), await startLogNode()]
    await introduce(a, b)
    await a.write('one')
    const tables = [
      'transparency_log',
      'log_tile',
      'log_checkpoint',
      'log_entry',
      'log_cosignature',
    ]
    for (const table of tables) await a.asOwner(`create table kept_${table} as table ${table}`)
    await round(a, b)
    await round(a, b)
    expect((await seenOf(b))[0]).toMatchObject({ size: 24 })
    for (const table of tables.toReversed()) {
      await a.asOwner(`delete from ${table}`)
    }
    for (const table of tables) {
      await a.asOwner(`insert into ${table} overriding system value table kept_${table}`)
    }
    await exchangeCheckpoints(a.soon)
    a.advance(MINUTE)
    await a.write('after the restore')
    const { rows } = await a.asOwner('select size::int, halted_at from transparency_log')
    expect(rows[0]).toMatchObject({ size: 8, halted_at: expect.stringMatching(/^2026/) })
    expect(await findingsOf(a)).toMatchObject([{ origin: a.origin, kind: 'rollback' }])
    // What was to stand in it waits; nothing is lost.
    const waiting = await a.asOwner('select digest from log_entry where index is null')
    expect(waiting.rows).toEqual([{ digest: digestOf('after the restore') }])
  })
})

describe('a log whose witnesses cannot be asked', () => {
  test('signs nothing after a start, and goes on when one answers', async () => {
    let isCut = true
    const reach: typeof fetch = async (input, init) => {
      if (isCut) throw new TypeError('the line is cut')
      return fetch(input, init)
    }
    const [a, b] = [await startLogNode({ fetch: reach }), await startLogNode()]
    await introduce(a, b)
    await a.write('waits')
    const sizeOf = async () => (await a.asOwner('select size::int from transparency_log')).rows
    expect(await sizeOf()).toEqual([{ size: 0 }])
    isCut = false
    await a.write()
    expect(await sizeOf()).toEqual([{ size: 8 }])
  })
})

describe('a log that lies', () => {
  const one = makeLog(600)
  const other = makeLog(600, 'other')

  async function watching(first: Shown) {
    let shown = first
    const node = await startLogNode({ fetch: reaching(() => shown) })
    await watchLiar(node)
    await round(node)
    const show = async (next: Shown) => {
      shown = next
      await round(node)
    }
    return { node, show }
  }

  test.each([
    ['split-view', { log: other, size: 100 }],
    ['fork', { log: other, size: 356 }],
    ['rollback', { log: one, size: 64 }],
  ] as const)('by a %s is frozen with what proves it', async (kind, next) => {
    const { node, show } = await watching({ log: one, size: 100 })
    await show(next)
    const [finding, ...more] = await findingsOf(node)
    expect(more).toEqual([])
    expect(finding).toMatchObject({ origin: lyingOrigin, kind })
    expect(await seenOf(node)).toEqual([{ size: 100, fault: null, isFrozen: true }])
    const proven = kind === 'rollback' ? undefined : kind
    expect(contradictionIn(finding?.evidence as never as Pair, lyingKey)).toBe(proven)
    // Frozen, it is not followed where it goes on, nor cosigned.
    await show({ log: one, size: 200 })
    expect((await seenOf(node))[0]).toMatchObject({ size: 100 })
    const body = `old 100\n\n${lyingCheckpoint({ log: one, size: 100 })}`
    expect((await post(node, body)).status).toBe(403)
  })

  test('shows two trees to two witnesses and is found out within one round', async () => {
    const shows = [one, other].map((log) => reaching(() => ({ log, size: 100 })))
    const [a, b] = await Promise.all(shows.map((fetch) => startLogNode({ fetch })))
    if (!a || !b) throw new Error('no nodes')
    await introduce(a, b)
    for (const node of [a, b]) await watchLiar(node)
    await round(a, b)
    const found = [...(await findingsOf(a)), ...(await findingsOf(b))]
    expect(found.map(({ kind }) => kind)).toContain('split-view')
    await round(a, b)
    for (const node of [a, b]) {
      const kinds = (await findingsOf(node)).map(({ kind, origin }) => `${kind} ${origin}`)
      expect(kinds).toEqual([`split-view ${lyingOrigin}`])
    }
  })

  test('serves tiles that are not of what it signed, and is neither followed nor accused', async () => {
    const { node, show } = await watching({ log: one, size: 100 })
    const mixed = { ...one, rootAt: other.rootAt }
    await show({ log: mixed, size: 300 })
    expect(await seenOf(node)).toEqual([{ size: 100, fault: 'not-proven', isFrozen: false }])
    expect(await findingsOf(node)).toEqual([])
  })

  test('leaves out a record it has sent, or brings it late, and is named', async () => {
    const { node, show } = await watching({ log: one, size: 100 })
    const author = newId<OrganisationId>()
    await watchLiar(node, author)
    const hex = (at: number) => Buffer.from(one.digests[at] ?? []).toString('hex') as never
    await node.app.db.as(system, async (tx) => {
      const received = [150, 500].map((at) => ({ header: { org: author }, digest: hex(at) }))
      await awaitInLogs(node.app, tx, received)
    })
    await show({ log: one, size: 200 })
    expect(await findingsOf(node)).toEqual([])
    node.advance(10 * MINUTE)
    await show({ log: one, size: 300 })
    expect(await findingsOf(node)).toMatchObject([
      { kind: 'missing', evidence: { digest: hex(500) } },
    ])
    await show({ log: one, size: 600 })
    expect(await findingsOf(node)).toMatchObject([
      { kind: 'missing', evidence: { digest: hex(500) } },
      { kind: 'late', index: 500, evidence: { digest: hex(500) } },
    ])
    expect((await seenOf(node))[0]).toMatchObject({ size: 600, isFrozen: false })
  })

  test('is followed anew when an administrator decides so, and its proof stays', async () => {
    const { node, show } = await watching({ log: one, size: 100 })
    await show({ log: other, size: 100 })
    const { call } = await node.as('administrator')
    const { findings } = await call(api.listLogs, {})
    const finding = findings[0]?.id
    if (!finding) throw new Error('nothing was found')
    const params = { finding }
    await call(api.decideFinding, { params, body: { decision: 'follow-anew' } })
    await show({ log: other, size: 200 })
    expect(await seenOf(node)).toEqual([{ size: 200, fault: null, isFrozen: false }])
    const after = await call(api.listLogs, {})
    expect(after.findings).toMatchObject([{ id: finding, decision: 'follow-anew' }])
    const again = call(api.decideFinding, { params, body: { decision: 'stays-frozen' } })
    await expect(again).rejects.toMatchObject({ code: 'request.not-found' })
  })
})

const post = (node: LogNode, body: string) =>
  fetch(`${node.url}/witness/add-checkpoint`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain' },
  })

describe('a witness', () => {
  const log = makeLog(600)
  const forked = makeLog(600, 'forked')
  const base64 = (hash: Uint8Array) => Buffer.from(hash).toString('base64')
  const body = (old: number, size: number, from = log) =>
    [
      `old ${old}`,
      ...from.consistency(old, size).map(base64),
      '',
      lyingCheckpoint({ log: from, size }),
    ].join('\n')

  test('answers as C2SP prescribes, and never goes back', async () => {
    const node = await startLogNode()
    const ask = async (text: string) => {
      const response = await post(node, text)
      return { status: response.status, text: await response.text(), response }
    }
    expect((await ask(body(0, 8))).status).toBe(404)
    await watchLiar(node)
    const first = await ask(body(0, 100))
    expect(first.status).toBe(200)
    expect(first.text).toMatch(/^— \S+ [A-Za-z0-9+/=]+\n$/)
    const conflict = await ask(body(8, 200))
    expect(conflict).toMatchObject({ status: 409, text: '100\n' })
    expect(conflict.response.headers.get('content-type')).toBe('text/x.tlog.size')
    expect((await ask(body(100, 200))).status).toBe(200)
    expect((await ask(body(200, 200))).status).toBe(200)
    expect((await ask(body(200, 300).replace(/\n[A-Za-z0-9+/]/, '\nB'))).status).toBe(422)
    expect((await ask(body(200, 300, forked))).status).toBe(422)
    expect((await ask(body(100, 100))).status).toBe(409)
    expect((await ask('old 9\n\n'.concat(lyingCheckpoint({ log, size: 8 })))).status).toBe(400)
    expect((await ask('rubbish')).status).toBe(400)
    const unsigned = lyingCheckpoint({ log, size: 300 }).replace(/300\n/, '301\n')
    expect((await ask(`old 200\n\n${unsigned}`)).status).toBe(403)
    expect(await findingsOf(node)).toEqual([])
    expect((await ask(body(200, 200, forked))).status).toBe(409)
    expect(await findingsOf(node)).toMatchObject([{ kind: 'split-view' }])
  })

  test('asked by many at once cosigns one history, each size once seen and none after a larger', async () => {
    const node = await startLogNode()
    await watchLiar(node)
    expect((await post(node, body(0, 8))).status).toBe(200)
    const sizes = Array.from({ length: 20 }, (_, at) => 16 + at * 8)
    const answers = await Promise.all(sizes.map((size) => post(node, body(8, size))))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19)
  })

  test('tells others only of the logs that they name', async () => {
    const node = await startLogNode()
    await watchLiar(node)
    await post(node, body(0, 8))
    const ask = async (text: string) => {
      const headers = { 'content-type': 'text/plain' }
      const url = `${node.url}/witness/checkpoints`
      return (await fetch(url, { method: 'POST', body: text, headers })).json()
    }
    expect(await ask('')).toEqual([])
    expect(await ask('another.example/log')).toEqual([])
    expect(await ask(`another.example/log\n${lyingOrigin}`)).toEqual([
      expect.stringContaining(`${lyingOrigin}\n8\n`),
    ])
    expect(formatVerifierKey(lyingKey)).toContain(lyingOrigin)
  })
})
