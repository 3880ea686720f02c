import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { system } from '@tocsin/domain/actor.ts'
import { describe, expect, test } from 'vitest'
import { makeBackup } from '../src/backup/make.ts'
import { restoreBackup } from '../src/backup/restore.ts'
import { readTombstones } from '../src/network/tombstone-file.ts'
import { ask, createEmptyDatabase, makeFolder } from './backup-places.ts'
import { until } from './test-docket.ts'
import { contentsAt, makeAudience, note, publish } from './test-exchange.ts'
import { startRestored } from './test-restored.ts'
import {
  carry,
  findWord,
  type LoggedNode,
  leftOf,
  startPeers,
  takeBack,
  WORD,
} from './test-withdrawal.ts'

type Two = readonly [LoggedNode, LoggedNode]

/** The second has what the first told it, and a backup of that moment. */
async function startBackedUp() {
  const [author, reader] = (await startPeers(2)) as unknown as Two
  const audience = await makeAudience([author, reader])
  const told = note(`The ${WORD} moves at night`)
  await publish(author, audience.id, told)
  await publish(author, audience.id, note('The river is high'))
  await carry(author, reader)
  const back = async (node: LoggedNode) => {
    const file = join(await makeFolder(), 'node.backup')
    await makeBackup({ databaseUrl: node.databaseUrl, home: node.home, product: '0' }, file)
    return file
  }
  return { author, reader, audience, told, back }
}

const as = (node: LoggedNode, who: 'system' | 'reader') =>
  node.app.db.as(
    who === 'system'
      ? system
      : {
          ...{ kind: 'person', person: node.own as never, organisation: node.own },
          ...{
            roles: ['reader'],
            session: node.own as never,
            credential: '',
            steppedUpUntil: null,
          },
        },
    (tx) => tx.selectFrom('shared_object').select('id').where('type', '=', 'note').execute(),
  )

describe('a backup that was made before something was taken back', () => {
  test('does not bring it back where it takes the place of the database that knew', async () => {
    const { author, reader, told, back } = await startBackedUp()
    const file = await back(reader)
    await takeBack(author, told)
    await carry(author, reader)
    const [databaseUrl, home] = [await createEmptyDatabase(), await makeFolder()]
    await restoreBackup({ databaseUrl, home, replace: false }, await back(reader))
    expect(await readTombstones(home)).toEqual([])
    await restoreBackup({ databaseUrl, home, replace: true }, file)
    expect(await ask(databaseUrl, 'select count(*) from tombstone')).toEqual([[0]])
    expect(await readTombstones(home)).toMatchObject([{ object: told.id, class: 'source-risk' }])
    const restored = await startRestored(reader, databaseUrl, home)
    expect(await findWord(restored)).toEqual([])
  })

  test('does not bring it back on an empty database beside the file of tombstones', async () => {
    const { author, reader, audience, told, back } = await startBackedUp()
    const file = await back(reader)
    await takeBack(author, told)
    await carry(author, reader)
    await until(async () => (await readTombstones(reader.home)).length === 1)
    const databaseUrl = await createEmptyDatabase()
    await restoreBackup({ databaseUrl, home: reader.home, replace: true }, file)
    const restored = await startRestored(reader, databaseUrl, reader.home)
    expect(await findWord(restored)).toEqual([])
    expect((await leftOf(restored, told)).tombstones).toHaveLength(1)
    expect(await contentsAt(restored, audience.id)).toContain('The river is high')
  })

  test('shows nothing of a member on a new machine until that member has answered', async () => {
    const { author, reader, told, back } = await startBackedUp()
    const file = await back(reader)
    await takeBack(author, told)
    const [databaseUrl, home] = [await createEmptyDatabase(), await makeFolder()]
    await restoreBackup({ databaseUrl, home, replace: false }, file)
    // Backups are dated by the machine's clock, and these nodes live in another time.
    await writeFile(join(home, 'restored.json'), JSON.stringify({ madeAt: reader.app.clock() }))
    await ask(databaseUrl, `update member set address = 'http://127.0.0.1:9'`)
    const restored = await startRestored(reader, databaseUrl, home)
    expect(await findWord(restored)).not.toEqual([])
    expect(await as(restored, 'system')).toHaveLength(2)
    expect(await as(restored, 'reader')).toEqual([])
    await ask(databaseUrl, `update member set address = '${author.url}'`)
    await until(async () => {
      for (const node of [author, reader]) node.advance(10_000)
      return (await as(restored, 'reader')).length > 0
    })
    expect(await as(restored, 'reader')).toHaveLength(1)
    expect(await findWord(restored)).toEqual([])
  })

  test('of the author itself: it is told again to everybody who could read it', async () => {
    const { author, reader, told, back } = await startBackedUp()
    // The two do not hear of each other until the test carries what was said.
    for (const { databaseUrl } of [author, reader]) {
      await ask(databaseUrl, `update member set address = 'http://127.0.0.1:9'`)
    }
    const file = await back(author)
    await takeBack(author, told)
    await until(async () => (await readTombstones(author.home)).length === 1)
    const databaseUrl = await createEmptyDatabase()
    await restoreBackup({ databaseUrl, home: author.home, replace: true }, file)
    const restored = await startRestored(author, databaseUrl, author.home)
    expect(await findWord(restored)).toEqual([])
    expect(await findWord(reader)).not.toEqual([])
    await carry(restored, reader)
    expect(await findWord(reader)).toEqual([])
  })
})
