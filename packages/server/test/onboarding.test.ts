import * as approvals from '@tocsin/api/approvals.ts'
import * as trust from '@tocsin/api/network-trust.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { Decrypter, Encrypter } from 'age-encryption'
import { describe, expect, test } from 'vitest'
import { followMembers } from '../src/network/following.ts'
import { callMember, memberKeys, recipientsOf } from '../src/network/members.ts'
import { ageKeysOf } from '../src/network/own-keys.ts'
import { until } from './test-docket.ts'
import {
  contentsAt,
  eventually,
  type MemberNode,
  makeAudience,
  note,
  publish,
} from './test-exchange.ts'
import { giveRoot, keyOf, newKeepers } from './test-network.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

async function withRoot() {
  const node = await startTestNode()
  const { organisation } = await node.as('administrator')
  const { words, address, keepers } = await giveRoot(node, organisation)
  return { node, organisation, words: words.join(' '), address, keepers }
}
type Party = Awaited<ReturnType<typeof withRoot>>

const named = { name: 'Ministry of Belmara', kind: 'focal-point' as const, country: null }

async function officers(node: TestNode): Promise<readonly [TestPerson, TestPerson]> {
  const both = [await node.as('administrator'), await node.as('focal-point')] as const
  for (const one of both) await stepUp(one)
  return both
}

const propose = ({ call }: TestPerson, { address }: Party) =>
  call(trust.proposeMember, { body: { ...named, address } })

const type = ({ call }: TestPerson, { organisation }: Party, words: string) =>
  call(trust.typeWords, { params: { organisation }, body: { words } })

/** One node takes the other into its trust, as its two officers would. */
async function pinByOfficers(where: TestNode, other: Party): Promise<void> {
  const [first, second] = await officers(where)
  await propose(first, other)
  await type(first, other, other.words)
  await type(second, other, other.words.toUpperCase().replaceAll(' ', '  '))
}

const listed = async ({ call }: Pick<TestPerson, 'call'>) =>
  (await call(trust.listMembers, {})).members

const ask = (from: Party, to: Party) =>
  callMember(from.node.app, {
    from: from.organisation,
    to: to.organisation,
    method: 'GET',
    path: '/api/risk/editions',
  })

const verifies = async ({ app }: TestNode, kid: string, organisation: OrganisationId) =>
  (await app.db.as(system, memberKeys))(kid, organisation) !== undefined

describe('two organisations', () => {
  test('come to trust each other when two officers of each have typed the other’s words', async () => {
    const [one, two] = [await withRoot(), await withRoot()]
    const [first, second] = await officers(one.node)
    expect(await propose(first, two)).toEqual({ organisation: two.organisation })
    expect(await listed(first)).toMatchObject([
      { ...named, state: 'proposed', words: null, typed: { officers: 0, byYou: false } },
    ])
    await expect(ask(one, two)).rejects.toMatchObject({ code: 'member.not-pinned' })
    await expect(type(first, two, one.words)).rejects.toMatchObject({ code: 'member.wrong-words' })
    expect(await type(first, two, two.words)).toEqual({ state: 'proposed' })
    // The same officer twice is one officer.
    expect(await type(first, two, two.words)).toEqual({ state: 'proposed' })
    await expect(type(second, two, 'one two three')).rejects.toMatchObject({
      code: 'member.wrong-words',
    })
    // Approving without having heard the words is not enough.
    const [waiting] = await second.call(approvals.listApprovals, {})
    const { id: approval = '' as never, sha256 = '' as never } = waiting ?? {}
    await expect(
      second.call(approvals.approve, { params: { approval }, body: { sha256 } }),
    ).rejects.toMatchObject({ code: 'member.words-not-typed' })
    expect(await listed(second)).toMatchObject([
      { state: 'proposed', words: null, typed: { officers: 1, byYou: false } },
    ])
    expect(await type(second, two, two.words)).toEqual({ state: 'pinned' })
    expect(await listed(second)).toMatchObject([
      { state: 'pinned', words: two.words.split(' '), freshness: 'fresh', fault: null },
    ])
    // One side’s trust is not the other’s: nobody adds a member to another’s trust store.
    await expect(ask(one, two)).rejects.toMatchObject({ code: 'member.bad-answer' })
    const administrator = await two.node.as('administrator')
    expect(await listed(administrator)).toEqual([])
    await pinByOfficers(two.node, one)
    expect((await ask(one, two)).status).toBe(200)
    expect((await ask(two, one)).status).toBe(200)
    for (const path of [
      'members',
      `members/${one.organisation}/words`,
      `members/${one.organisation}/expulsion`,
    ] as const) {
      const { status } = await callMember(one.node.app, {
        from: one.organisation,
        to: two.organisation,
        method: 'POST',
        path: `/api/network/${path}`,
        body: Buffer.from(JSON.stringify({ words: two.words, reasons: 'No' })),
      })
      expect(status, path).toBe(403)
    }
    const sealed = await one.node.app.db.as(system, (tx) =>
      recipientsOf(one.node.app, tx, [one.organisation, two.organisation]),
    )
    const encrypter = new Encrypter()
    encrypter.addRecipient(sealed.get(two.organisation) ?? '')
    const decrypter = new Decrypter()
    decrypter.addIdentity((await ageKeysOf(two.node.app, two.organisation)).identity)
    expect(await decrypter.decrypt(await encrypter.encrypt('for two'), 'text')).toBe('for two')
    expect(sealed.size).toBe(2)
  })

  test('then read what each seals to the other', async () => {
    const [one, two] = [await withRoot(), await withRoot()]
    await pinByOfficers(one.node, two)
    await pinByOfficers(two.node, one)
    const members = [one, two].map(({ node, organisation }) => ({ ...node, own: organisation }))
    const [first, second] = members as [MemberNode, MemberNode]
    const { id } = await makeAudience(members)
    const marking = 'TLP:AMBER'
    await publish(first, id, note('Chalk marks on the doors', { marking }))
    await eventually(members, async () => (await contentsAt(second, id)).length === 1)
    await publish(second, id, note('Seen here as well', { marking }))
    await eventually(members, async () => (await contentsAt(first, id)).length === 2)
    const both = ['Chalk marks on the doors', 'Seen here as well']
    expect(await contentsAt(first, id)).toEqual(both)
    expect(await contentsAt(second, id)).toEqual(both)
  })

  test('are one officer short where nobody else could ever confirm', async () => {
    const [one, two] = [await withRoot(), await withRoot()]
    const alone = await one.node.as('administrator')
    await stepUp(alone)
    await propose(alone, two)
    await expect(type(alone, two, two.words)).rejects.toMatchObject({ code: 'member.needs-second' })
    expect(await listed(alone)).toMatchObject([{ state: 'proposed' }])
    const reader = await one.node.as('reader')
    await expect(propose(reader, two)).rejects.toMatchObject({ code: 'permission.denied' })
  })

  test('a bad address is refused with its reason and leaves nothing', async () => {
    const [one, two] = [await withRoot(), await withRoot()]
    const administrator = await one.node.as('administrator')
    const { origin } = new URL(two.address)
    const bad: Record<string, string> = {
      nonsense: 'member.bad-address',
      [origin]: 'member.bad-address',
      [`${origin}/tuf/x`]: 'member.bad-address',
      [two.address.replace('127.0.0.1', 'localhost')]: 'member.bad-address',
      [two.address.replace('http:', 'ftp:')]: 'member.bad-address',
      [`https://user@node.example/tuf/${two.organisation}`]: 'member.bad-address',
      [one.address]: 'member.is-own',
      [`${origin}/tuf/${someUnknown}`]: 'directory.refused',
      [`http://127.0.0.1:1/tuf/${two.organisation}`]: 'member.unreachable',
      [`https://localhost:1/tuf/${two.organisation}`]: 'member.unreachable',
    }
    for (const [address, code] of Object.entries(bad)) {
      await expect(
        administrator.call(trust.proposeMember, { body: { ...named, address } }),
        address,
      ).rejects.toMatchObject({ code })
    }
    expect(await listed(administrator)).toEqual([])
  })

  test('part at once when one officer expels the other', async () => {
    const [one, two] = [await withRoot(), await withRoot()]
    await pinByOfficers(one.node, two)
    await pinByOfficers(two.node, one)
    const { kid } = await keyOf(one.node.app, one.organisation)
    expect(await verifies(two.node, kid, one.organisation)).toBe(true)
    const focal = await two.node.as('focal-point')
    const params = { organisation: one.organisation }
    await focal.call(trust.expelMember, { params, body: { reasons: 'Lost keys' } })
    expect(await verifies(two.node, kid, one.organisation)).toBe(false)
    await expect(ask(one, two)).rejects.toMatchObject({ code: 'member.bad-answer' })
    await expect(ask(two, one)).rejects.toMatchObject({ code: 'member.not-pinned' })
    const found = await two.node.app.db.as(system, (tx) =>
      recipientsOf(two.node.app, tx, [one.organisation]),
    )
    expect(found.size).toBe(0)
    // It comes back only as it came: proposed anew, and typed by two.
    await pinByOfficers(two.node, one)
    expect((await ask(one, two)).status).toBe(200)
  })

  test('follow each other through new keys, stolen keys, new roots and silence', async () => {
    const [one, two] = [await withRoot(), await withRoot()]
    await pinByOfficers(one.node, two)
    await pinByOfficers(two.node, one)
    const { organisation } = one
    const old = (await keyOf(one.node.app, organisation)).kid
    const advance = (ms: number) => {
      for (const { node } of [one, two]) node.advance(ms)
    }
    const look = async (isSeen: () => Promise<boolean>) => {
      advance(HOUR)
      await until(async () => {
        await followMembers(two.node.app)
        return isSeen()
      })
    }
    const rotate = (isStolen: boolean) =>
      one.node.operator(trust.rotateKey, { params: { organisation }, body: { isStolen } })

    const { id: second } = await rotate(false)
    await until(async () => (await directoryText(one)).includes(second))
    await look(() => verifies(two.node, second, organisation))
    // What the old key signed may still be on its way.
    expect(await verifies(two.node, old, organisation)).toBe(true)
    expect((await ask(one, two)).status).toBe(200)

    const { id: third } = await rotate(true)
    await until(async () => !(await directoryText(one)).includes(second))
    await look(() => verifies(two.node, third, organisation))
    expect(await verifies(two.node, second, organisation)).toBe(false)
    expect((await ask(one, two)).status).toBe(200)

    // Sessions end while days go by.
    const operator = { call: two.node.operator }
    const { words } = await giveRoot(one.node, organisation, {
      version: 2,
      keepers: newKeepers(),
      former: one.keepers,
    })
    await look(async () => (await listed(operator))[0]?.words?.join(' ') === words.join(' '))

    const state = async () => {
      const found = await two.node.app.db.as(system, (tx) =>
        recipientsOf(two.node.app, tx, [organisation]),
      )
      return [(await listed(operator))[0]?.freshness, found.size]
    }
    await one.node.stop()
    two.node.advance(8 * DAY)
    expect(await state()).toEqual(['stale', 1])
    await until(async () => {
      await followMembers(two.node.app)
      return (await listed(operator))[0]?.fault === 'member.unreachable'
    })
    two.node.advance(31 * DAY)
    expect(await state()).toEqual(['too-old', 0])
  })
})

const someUnknown = '0198c0de-0000-7000-8000-000000000000'

const directoryText = async ({ address }: Party) =>
  (await fetch(`${address}/targets/directory.json`)).text()
