import { system } from '@tocsin/domain/actor.ts'
import { expect, test } from 'vitest'
import { takeOut } from '../src/network/apply-audiences.ts'
import { listVersions, publishVersion } from '../src/network/audiences.ts'
import { ask } from './backup-places.ts'
import {
  contentsAt,
  eventually,
  type MemberNode,
  makeAudience,
  note,
  publish,
  startMembers,
} from './test-exchange.ts'

type Three = readonly [MemberNode, MemberNode, MemberNode]

test('a member that is let in again hears what is said from then on, and misses nothing before', async () => {
  const nodes = (await startMembers(3)) as unknown as Three
  const [owner, other, member] = nodes
  const { id } = await makeAudience(nodes)
  const say = async (text: string) => {
    for (const node of [owner, other]) await publish(node, id, note(`${text} ${node.own}`))
  }
  const hears =
    (node: MemberNode, ...texts: readonly string[]) =>
    async () => {
      const said = await contentsAt(node, id)
      return [owner, other].every((who) =>
        texts.every((text) => said.includes(`${text} ${who.own}`)),
      )
    }
  await eventually(nodes, async () => (await isKnown(member)) && isKnown(other))
  await say('before')
  await eventually(nodes, hears(member, 'before'))
  await owner.app.db.as(system, (tx) => takeOut(owner.app, tx, system, id, [member.own]))
  await eventually(nodes, () => hasVersion(member, 2))
  await eventually(nodes, () => hasVersion(other, 2))
  await say('between')
  await eventually(nodes, hears(other, 'between'))
  await owner.app.db.as(system, async (tx) => {
    const [newest] = await listVersions(tx, id)
    if (!newest) throw new Error('no audience')
    const audience = [...newest.audience, member.own]
    const effectiveAt = owner.app.clock()
    const again = { ...newest, version: 3, audience, members: audience, excluded: [], effectiveAt }
    await publishVersion(owner.app, tx, again)
  })
  await eventually(nodes, async () => (await hasVersion(member, 3)) && hasVersion(other, 3))
  await say('again')
  await eventually(nodes, hears(member, 'again'))
  await eventually(nodes, () => missesNothing(member))
  expect(await contentsAt(member, id)).not.toContain(`between ${other.own}`)
  await say('and on')
  await eventually(nodes, hears(member, 'and on'))
  await eventually(nodes, () => missesNothing(member))
})

const hasVersion = async ({ databaseUrl }: MemberNode, version: number) =>
  (await ask(databaseUrl, `select 1 from audience where version = ${version}`)).length > 0

/** What overtook another on its way is missing until that comes; what never was for it would be for good. */
const missesNothing = async ({ databaseUrl }: MemberNode) =>
  (await ask(databaseUrl, 'select * from missing_record')).length === 0

const isKnown = (node: MemberNode) => hasVersion(node, 1)
