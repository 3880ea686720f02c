import { expect, test } from 'vitest'
import { dump } from './backup-places.ts'
import { makeAudience, note, publish } from './test-exchange.ts'
import {
  carry,
  holdsWord,
  type LoggedNode,
  startPeersApart,
  takeBack,
  WORD,
} from './test-withdrawal.ts'

test('what was taken back stands in no dump of a database that is made afterwards', async () => {
  const nodes = (await startPeersApart(2)) as unknown as readonly [LoggedNode, LoggedNode]
  const [author, reader] = nodes
  const { id } = await makeAudience(nodes)
  const told = note(`The ${WORD} moves at night`)
  await publish(author, id, told)
  await carry(author, reader)
  for (const { databaseUrl } of nodes) expect(holdsWord(await dump(databaseUrl))).toBe(true)
  await takeBack(author, told)
  await carry(author, reader)
  for (const { databaseUrl } of nodes) expect(holdsWord(await dump(databaseUrl))).toBe(false)
})
