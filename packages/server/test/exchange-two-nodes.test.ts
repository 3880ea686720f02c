import { isDeepStrictEqual } from 'node:util'
import { system } from '@tocsin/domain/actor.ts'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
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
import { NOWHERE } from './test-network.ts'

const words = (count: number) => Array.from({ length: count }, (_, index) => `word ${index + 10}`)

const waitingAt = (node: MemberNode) =>
  node.app.db.as(system, (tx) =>
    tx
      .selectFrom('record_queue')
      .select(['digest', 'refusal'])
      .where('taken_at', 'is', null)
      .execute(),
  )

/** As if the member had it: neither pushed nor read on, so that only asking for the gap brings it. */
const loseOnTheWay = (at: MemberNode, content: string) =>
  at.app.db.as(system, (tx) =>
    sql`update record_queue set taken_at = ${at.app.clock()} where digest in
      (select digest from shared_object where object ->> 'content' = ${content})`.execute(tx),
  )

describe('nodes', () => {
  test('tell each other what is open and what is sealed, once and in order', async () => {
    const nodes = (await startMembers(2)) as [MemberNode, MemberNode]
    const [ardenia, belmara] = nodes
    const { id } = await makeAudience([ardenia, belmara])
    for (const word of words(8)) await publish(ardenia, id, note(word))
    for (const word of words(8)) {
      await publish(ardenia, id, note(`secret ${word}`, { marking: 'TLP:AMBER+STRICT' }))
    }
    await eventually(nodes, async () => (await contentsAt(belmara, id)).length === 16)
    await publish(belmara, id, note('We have it', { marking: 'TLP:RED' }))
    await eventually(nodes, async () => (await contentsAt(ardenia, id)).includes('We have it'))
    // The round that renews keys goes on telling; what counts is that they come to agree.
    const said = (at: MemberNode) => recordsOf(at, ardenia.own, id)
    await eventually(nodes, async () => isDeepStrictEqual(await said(belmara), await said(ardenia)))
    expect((await said(ardenia)).length).toBeGreaterThanOrEqual(17)
    expect(await contentsAt(belmara, id)).toEqual(await contentsAt(ardenia, id))
  }, 240_000)

  test('bring what waited while one was away, when it is back', async () => {
    const nodes = (await startMembers(2)) as [MemberNode, MemberNode]
    const [ardenia, belmara] = nodes
    await moveNode(ardenia, belmara, NOWHERE)
    const { id } = await makeAudience([ardenia, belmara])
    for (const word of words(5)) await publish(ardenia, id, note(word))
    await eventually(nodes, async () => {
      const peers = await ardenia.app.db.as(system, (tx) =>
        tx.selectFrom('peer').select('failures').execute(),
      )
      return peers.some(({ failures }) => failures > 0)
    })
    expect(await waitingAt(ardenia)).not.toEqual([])
    await moveNode(ardenia, belmara, belmara.url)
    await eventually(nodes, async () => (await contentsAt(belmara, id)).length === 5)
    await eventually(nodes, async () => (await waitingAt(ardenia)).length === 0)
  }, 240_000)

  test('ask for what was lost on the way, the author first and then any other member', async () => {
    const nodes = (await startMembers(3)) as [MemberNode, MemberNode, MemberNode]
    const [ardenia, belmara, corvane] = nodes
    const { id } = await makeAudience([ardenia, belmara, corvane])
    await eventually(nodes, async () => (await recordsOf(corvane, ardenia.own, id)).length > 0)
    await eventually(nodes, async () => (await recordsOf(belmara, ardenia.own, id)).length > 0)
    // What Corvane never got, its author cannot be asked for: only Belmara has it.
    await moveNode(ardenia, corvane, NOWHERE)
    await publish(ardenia, id, note('lost'))
    await eventually(nodes, async () => (await contentsAt(belmara, id)).includes('lost'))
    await loseOnTheWay(ardenia, 'lost')
    await moveNode(ardenia, corvane, corvane.url)
    await moveNode(corvane, ardenia, NOWHERE)
    await publish(ardenia, id, note('after'))
    await eventually(nodes, async () => (await contentsAt(corvane, id)).length === 2)
    expect(await contentsAt(corvane, id)).toEqual(['after', 'lost'])
  }, 300_000)

  test('carry for each other what they cannot read', async () => {
    const nodes = (await startMembers(3)) as [MemberNode, MemberNode, MemberNode]
    const [ardenia, belmara, corvane] = nodes
    const { id } = await makeAudience([ardenia, belmara])
    await eventually(nodes, async () => (await recordsOf(belmara, ardenia.own, id)).length > 0)
    // The link between the two is cut, both ways; each still reaches Corvane.
    await moveNode(ardenia, belmara, NOWHERE)
    await moveNode(belmara, ardenia, NOWHERE)
    await publish(ardenia, id, note('Quokka at the ford', { marking: 'TLP:AMBER+STRICT' }))
    const arrived = async () => (await contentsAt(belmara, id)).includes('Quokka at the ford')
    const carried = new Set<string>()
    await eventually(nodes, async () => {
      const held = await corvane.app.db.as(system, (tx) =>
        tx.selectFrom('carried_record').select('carrier').execute(),
      )
      for (const { carrier } of held) carried.add(JSON.stringify(carrier))
      return arrived()
    })
    expect(JSON.stringify([...carried])).not.toContain('Quokka')
    const kept = await corvane.app.db.as(system, (tx) =>
      tx.selectFrom('network_record').select('digest').execute(),
    )
    expect(kept).toEqual([])
  }, 300_000)
})
