import { system } from '@tocsin/domain/actor.ts'
import { describe, expect, test } from 'vitest'
import { contentsAt, type MemberNode, makeAudience, note, publish, startMembers } from './test-exchange.ts'
import { until } from './test-docket.ts'

const words = (count: number) => Array.from({ length: count }, (_, index) => `word ${index + 10}`)

const queueAt = (node: MemberNode) =>
  node.app.db.as(system, (tx) =>
    tx
      .selectFrom('record_queue')
      .select(['digest', 'refusal', 'attempts'])
      .where('taken_at', 'is', null)
      .execute(),
  )

describe('two nodes', () => {
  test('tell each other what is open and what is sealed, once and in order', async () => {
    const [ardenia, belmara] = (await startMembers(2)) as [MemberNode, MemberNode]
    const { id } = await makeAudience([ardenia, belmara])
    for (const word of words(10)) await publish(ardenia, id, note(word))
    for (const word of words(10)) {
      await publish(ardenia, id, note(`secret ${word}`, { marking: 'TLP:AMBER+STRICT' }))
    }
    await until(async () => (await contentsAt(belmara, id)).length === 20)
    await publish(belmara, id, note('We have it', { marking: 'TLP:RED' }))
    await until(async () => (await contentsAt(ardenia, id)).includes('We have it'))
    expect(await queueAt(ardenia)).toEqual([])
    expect(await contentsAt(belmara, id)).toEqual(await contentsAt(ardenia, id))
  })
})
