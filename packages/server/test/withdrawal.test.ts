import { listWithdrawals, whoMustErase, withdrawRecord } from '@tocsin/api/withdrawal.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import type { Signed } from '@tocsin/records/jws.ts'
import { newObjectExtension } from '@tocsin/records/stix/extension.ts'
import { identityRef } from '@tocsin/records/stix/shared-object.ts'
import { describe, expect, test } from 'vitest'
import { receiveRecord } from '../src/network/receive.ts'
import { entriesOf, openMatter, until } from './test-docket.ts'
import { contentsAt, makeAudience, moveNode, note, publish, recordOf } from './test-exchange.ts'
import {
  carry,
  digestsOf,
  findWord,
  type LoggedNode,
  leftOf,
  startPeers,
  startPeersApart,
  takeBack,
  WORD,
} from './test-withdrawal.ts'

type Three = readonly [LoggedNode, LoggedNode, LoggedNode]

/** Something that the first told the two others, in two versions; it comes as the test carries it. */
async function startShared(start = startPeersApart) {
  const nodes = (await start(3)) as unknown as Three
  const [ardenia, belmara, corvane] = nodes
  const audience = await makeAudience(nodes)
  const told = note(`The ${WORD} moves at night`)
  await publish(ardenia, audience.id, told)
  await publish(ardenia, audience.id, { ...told, content: `The ${WORD} moves at dawn` })
  return { ardenia, belmara, corvane, nodes, audience, told }
}

/** A copy of the first version that somebody altered on the way. */
async function alteredCopy(author: LoggedNode, { id }: { readonly id: string }): Promise<Signed> {
  const [digest] = await digestsOf(author, { id })
  const record = await recordOf(author, digest as Sha256)
  const text = Buffer.from(record.payload, 'base64url').toString().replace('moves', 'sleeps')
  return { ...record, payload: Buffer.from(text).toString('base64url') }
}

/** Of each record in quarantine, whether its bytes are still there. */
const sealedAt = async (node: LoggedNode) => {
  const rows = await node.app.db.as(system, (tx) =>
    tx.selectFrom('quarantined_record').select('sealed').execute(),
  )
  return rows.map(({ sealed }) => sealed !== null)
}

const withdrawalsAt = async (node: LoggedNode) => {
  const { call } = await node.as('focal-point')
  return (await call(listWithdrawals, { query: { limit: 50, offset: 0 } })).withdrawals
}

describe('taking back what was shared', () => {
  test('erases it on every node, in tables and logs, and brings a receipt from each', async () => {
    const { ardenia, belmara, corvane, nodes, audience, told } = await startShared(startPeers)
    for (const node of [belmara, corvane]) await carry(ardenia, node)
    for (const node of nodes) {
      expect(await findWord(node)).toContain('public.shared_object')
      expect(await findWord(node)).toContain('public.network_record')
    }
    const altered = await alteredCopy(ardenia, told)
    expect(await receiveRecord(belmara.app, altered, corvane.own)).toBe('bad-signature')
    expect(await sealedAt(belmara)).toEqual([true])
    const { call } = await ardenia.as('focal-point')
    const object = ObjectId.parse(told.id)
    const { readers } = await call(whoMustErase, { query: { object } })
    expect(readers.map(({ organisation }) => organisation).sort()).toEqual(
      [belmara.own, corvane.own].sort(),
    )
    const { id } = await takeBack(ardenia, told)
    expect(await takeBack(ardenia, told)).toEqual({ id })
    expect(await findWord(ardenia)).toEqual([])
    for (const node of [belmara, corvane]) {
      await carry(ardenia, node)
      expect(await contentsAt(node, audience.id)).not.toContain(`The ${WORD} moves at dawn`)
      expect(await findWord(node)).toEqual([])
    }
    // Their rounds answer; the author asks for what has not come, over HTTP.
    await until(async () => {
      for (const node of nodes) node.advance(10_000)
      const [one] = await withdrawalsAt(ardenia)
      return one?.readers.every(({ receiptedAt }) => receiptedAt !== null) ?? false
    })
    const [one] = await withdrawalsAt(ardenia)
    expect(one).toMatchObject({ id, object, class: 'source-risk', reason: 'Known to be followed.' })
    const held = [
      { part: 'record', count: 2 },
      { part: 'object', count: 1 },
    ]
    const erasedAt = (node: LoggedNode) =>
      one?.readers.find(({ organisation }) => organisation === node.own)?.erased
    expect(erasedAt(belmara)).toEqual([...held, { part: 'quarantine', count: 1 }])
    expect(erasedAt(corvane)).toEqual(held)
    expect(await receiveRecord(belmara.app, altered, corvane.own)).toBe('bad-signature')
    expect(await sealedAt(belmara)).toEqual([false, false])
    for (const node of nodes)
      expect(await findWord(node, 'Known to be followed')).toEqual(
        node === ardenia ? ['public.withdrawal'] : [],
      )
  })

  test('stands on the docket and in the audit log, without the reason', async () => {
    const [ardenia, belmara] = (await startPeersApart(2)) as unknown as Three
    const focal = await ardenia.as('focal-point')
    const matter = await openMatter(focal, [], [belmara.own])
    const told = note(WORD)
    await publish(ardenia, matter as string as AudienceId, told)
    await takeBack(ardenia, told, 'error')
    const last = (await entriesOf(focal, matter)).at(-1)
    expect(last).toMatchObject({
      kind: 'shared.withdrawn',
      text: null,
      facts: { object: told.id, class: 'error', record: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    const acts = await ardenia.app.db.as(system, (tx) =>
      tx
        .selectFrom('audit_entry')
        .select(['subject', 'details'])
        .where('act', '=', 'network.withdrew')
        .execute(),
    )
    expect(acts).toMatchObject([{ subject: told.id, details: { class: 'error' } }])
    expect(JSON.stringify(acts)).not.toContain('followed')
  })

  test('reaches who has left the audience since, and nobody who never was in it', async () => {
    const [ardenia, belmara, corvane] = (await startPeersApart(3)) as unknown as Three
    const audience = await makeAudience([ardenia, belmara])
    const told = note(WORD)
    await publish(ardenia, audience.id, told)
    await carry(ardenia, belmara)
    await ardenia.app.db.as(system, (tx) =>
      tx
        .insertInto('audience')
        .values({
          ...{ id: audience.id, version: 2, organisation: ardenia.own, name: 'Rivers' },
          ...{ audience: [corvane.own], excluded: [], ceiling: 'TLP:RED', reshare: 'never' },
          ...{ effective_at: ardenia.app.clock(), made_at: ardenia.app.clock(), expires_at: null },
          // In effect already: what lies in the queue is not held back while the test carries it.
          applied_at: ardenia.app.clock(),
        })
        .execute(),
    )
    await takeBack(ardenia, told)
    await carry(ardenia, belmara)
    expect(await findWord(belmara)).toEqual([])
    expect((await leftOf(belmara, told)).tombstones).toHaveLength(1)
    const [one] = await withdrawalsAt(ardenia)
    expect(one?.readers.map(({ organisation }) => organisation)).toContain(belmara.own)
  })

  test('is for its creator alone: others are refused, and a forged withdrawal is named', async () => {
    const { ardenia, belmara, corvane, audience, told } = await startShared()
    for (const node of [belmara, corvane]) await carry(ardenia, node)
    await expect(takeBack(belmara, told)).rejects.toMatchObject({ code: 'withdrawal.not-own' })
    await expect(takeBack(belmara, note('never told'))).rejects.toMatchObject({
      code: 'withdrawal.not-found',
    })
    const reader = await ardenia.as('reader')
    const body = { object: ObjectId.parse(told.id), class: 'error' as const, reason: 'No' }
    await expect(reader.call(withdrawRecord, { body })).rejects.toMatchObject({
      code: 'permission.denied',
    })
    const forged = {
      ...note(''),
      type: 'withdrawal',
      id: `withdrawal--${newId()}`,
      created_by_ref: identityRef(belmara.own),
      target_ref: told.id,
      class: 'error',
      extensions: newObjectExtension,
      versions: [],
      content: undefined,
      object_refs: undefined,
    }
    const { content: _, object_refs: __, ...object } = forged
    const digest = await publish(belmara, audience.id, object)
    const answer = await receiveRecord(corvane.app, await recordOf(belmara, digest), belmara.own)
    expect(answer).toBe('not-the-author')
    expect(await contentsAt(corvane, audience.id)).toEqual([`The ${WORD} moves at dawn`])
    const named = await corvane.app.db.as(system, (tx) =>
      tx.selectFrom('quarantined_record').select(['author', 'reason']).execute(),
    )
    expect(named).toEqual([{ author: belmara.own, reason: 'not-the-author' }])
  })

  test('goes through when nobody answers, and is asked for again until somebody does', async () => {
    const { ardenia, belmara, nodes, told } = await startShared()
    await carry(ardenia, belmara)
    // Neither of them reaches the other, nor anybody who would carry for them.
    await takeBack(ardenia, told)
    const askedOf = async () => {
      const [one] = await withdrawalsAt(ardenia)
      return one?.readers.find(({ organisation }) => organisation === belmara.own)
    }
    await until(async () => {
      for (const node of nodes) node.advance(10_000)
      return ((await askedOf())?.asked ?? 0) >= 2
    })
    expect((await askedOf())?.receiptedAt).toBeNull()
    await moveNode(ardenia, belmara, belmara.url)
    await moveNode(belmara, ardenia, ardenia.url)
    await until(async () => {
      for (const node of nodes) node.advance(10_000)
      return (await askedOf())?.receiptedAt !== null
    })
    expect(await findWord(belmara)).toEqual([])
  })

  test('is the creator’s alone as changing it is: who disagrees writes beside it, and both are read', async () => {
    const { ardenia, belmara, corvane, audience, told } = await startShared()
    for (const node of [belmara, corvane]) await carry(ardenia, node)
    await carry(ardenia, belmara)
    const opinion = note('We saw nothing move')
    await publish(belmara, audience.id, { ...opinion, object_refs: [told.id] })
    await expect(
      publish(belmara, audience.id, { ...told, content: 'Nothing moves' }),
    ).rejects.toMatchObject({ code: 'audience.not-the-author' })
    for (const node of [ardenia, corvane]) await carry(belmara, node)
    for (const node of [ardenia, belmara, corvane]) {
      expect(await contentsAt(node, audience.id)).toEqual(
        [`The ${WORD} moves at dawn`, 'We saw nothing move'].sort(),
      )
    }
    await takeBack(ardenia, told)
    for (const node of [belmara, corvane]) await carry(ardenia, node)
    for (const node of [ardenia, belmara, corvane]) {
      expect(await contentsAt(node, audience.id)).toContain('We saw nothing move')
      expect(await findWord(node)).toEqual([])
    }
  })

  test('never brings a version back: the author cannot publish one, and says why', async () => {
    const { ardenia, audience, told } = await startShared()
    await takeBack(ardenia, told, 'legal')
    await expect(publish(ardenia, audience.id, told)).rejects.toMatchObject({
      code: 'withdrawal.withdrawn',
    })
    const { call } = await ardenia.as('focal-point')
    const bad = (object: string, reason = 'x') =>
      call(withdrawRecord, { body: { object: object as ObjectId, class: 'error', reason } })
    await expect(bad('note')).rejects.toMatchObject({ code: 'request.invalid' })
    await expect(bad(told.id, '')).rejects.toMatchObject({ code: 'request.invalid' })
    await expect(bad(`audience--${audience.id}`)).rejects.toMatchObject({
      code: 'withdrawal.not-withdrawable',
    })
  })
})
