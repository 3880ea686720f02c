import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { digestOf, type Signed } from '@tocsin/records/jws.ts'
import { readKept } from '@tocsin/records/record.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { receiveRecord } from '../src/network/receive.ts'
import { withdrawRecord } from '../src/network/withdraw.ts'
import { contentsAt, makeAudience, note, publish, recordOf } from './test-exchange.ts'
import { allRecords, type LoggedNode, leftOf, startPeersApart, WORD } from './test-withdrawal.ts'

const TALES = 12

/** The author's own person, as the gate knows them. */
async function analystOf(node: LoggedNode): Promise<Actor> {
  const { person, organisation } = await node.as('analyst')
  const proof = { session: newId<never>(), credential: 'key', steppedUpUntil: null }
  return { kind: 'person', person, organisation, roles: ['analyst'], ...proof }
}

type Tale = {
  /** Two audiences are told: the withdrawal in one of them counts for what was told in both. */
  readonly openings: readonly Signed[]
  readonly versions: readonly Signed[]
  readonly withdrawals: readonly Signed[]
  readonly after: Signed
  readonly object: ReturnType<typeof note>
}

/** The author tells two versions and a third elsewhere, takes the object back, and goes on. */
async function tellTale(author: LoggedNode, others: readonly LoggedNode[], actor: Actor) {
  // Of what anybody may read: nothing is said in it of keys.
  const ceiling = 'TLP:GREEN'
  const audience = await makeAudience([author, ...others], { ceiling })
  const second = await makeAudience([author, ...others], { ceiling })
  const object = note(`First ${WORD}`)
  const versions: Signed[] = []
  for (const [content, id] of [
    [`First ${WORD}`, audience.id],
    [`Second ${WORD}`, audience.id],
    [`Third ${WORD}`, second.id],
  ] as const) {
    versions.push(await recordOf(author, await publish(author, id, { ...object, content })))
  }
  const form = { object: ObjectId.parse(object.id), class: 'error' as const, reason: 'Wrong.' }
  await withdrawRecord(author.app, actor, form)
  const after = await publish(author, audience.id, note('What came after'))
  const said = (await allRecords(author)).map((record) => ({ record, ...readKept(record) }))
  const ofType = (type: string) =>
    [audience.id, second.id].map(
      (id) =>
        said.find(({ header, object: of }) => header.aud === id && of.type === type)
          ?.record as Signed,
    )
  const tale: Tale = {
    openings: ofType('audience'),
    versions,
    withdrawals: ofType('withdrawal'),
    after: await recordOf(author, after),
    object,
  }
  return { audience, tale }
}

/** What reaches one node, from whom, in whatever order; what was said after it comes last. */
const arrivals = fc
  .record({
    versions: fc.subarray([0, 1, 2]),
    again: fc.array(fc.constantFrom(0, 1, 2), { maxLength: 3 }),
    withdrawals: fc.integer({ min: 1, max: 2 }),
    turn: fc.nat(1000),
    relayed: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
  })
  .chain(({ versions, again, withdrawals, relayed }) => {
    const events = [
      ...[...versions, ...again].map((nth) => ({ nth })),
      ...Array.from({ length: withdrawals }, () => ({ nth: undefined })),
    ]
    return fc
      .shuffledSubarray(events, { minLength: events.length })
      .map((order) => order.map((event, at) => ({ ...event, relayed: relayed[at] ?? false })))
  })

type Arrival = {
  readonly author: LoggedNode
  readonly relay: LoggedNode
  readonly tale: Tale
  readonly plan: readonly { readonly nth: number | undefined; readonly relayed: boolean }[]
}

/** Lets everything reach a node as planned; at the very end the versions come once more. */
async function arrive(reader: LoggedNode, { author, relay, tale, plan }: Arrival): Promise<void> {
  const take = (record: Signed | undefined, from: LoggedNode) =>
    receiveRecord(reader.app, record as Signed, from.own)
  for (const opening of tale.openings) await take(opening, author)
  for (const { nth, relayed } of plan) {
    const record = nth === undefined ? tale.withdrawals[0] : tale.versions[nth]
    expect(['kept', 'known']).toContain(await take(record, relayed ? relay : author))
  }
  await take(tale.after, author)
  for (const version of tale.versions) await take(version, relay)
}

describe('versions, withdrawals, repetitions and copies by relays', () => {
  test('end erased and alike on all nodes, in whatever order they come', async () => {
    const nodes = (await startPeersApart(3)) as unknown as readonly [
      LoggedNode,
      LoggedNode,
      LoggedNode,
    ]
    const [author, ...readers] = nodes
    const actor = await analystOf(author)
    await fc.assert(
      fc.asyncProperty(fc.tuple(arrivals, arrivals), async (plans) => {
        const { audience, tale } = await tellTale(author, readers, actor)
        for (const [index, reader] of readers.entries()) {
          const relay = readers[1 - index] as LoggedNode
          await arrive(reader, { author, relay, tale, plan: plans[index] ?? [] })
          expect(await contentsAt(reader, audience.id)).toContain('What came after')
        }
        const expected = (await leftOf(author, tale.object)).tombstones
        expect(expected).toHaveLength(1)
        for (const node of nodes) {
          expect(await leftOf(node, tale.object)).toEqual({
            ...{ shown: [], said: [], gaps: [] },
            tombstones: expected,
          })
        }
        const orders = await Promise.all(nodes.map((node) => orderOf(node, audience.id)))
        expect(orders[1]).toEqual(orders[0])
        expect(orders[2]).toEqual(orders[0])
        expect(orders[0]).toContain(digestOf(tale.after))
      }),
      { numRuns: TALES, endOnFailure: true },
    )
  })

  test('that arrive at the same moment leave nothing either', async () => {
    const nodes = (await startPeersApart(2)) as unknown as readonly [LoggedNode, LoggedNode]
    const [author, reader] = nodes
    const actor = await analystOf(author)
    for (let round = 0; round < 5; round += 1) {
      const { tale } = await tellTale(author, [reader], actor)
      for (const opening of tale.openings) await receiveRecord(reader.app, opening, author.own)
      const both = [...tale.versions, ...tale.withdrawals]
      const all = [...both, ...both]
      await Promise.all(all.map((record) => receiveRecord(reader.app, record, author.own)))
      expect(await leftOf(reader, tale.object)).toMatchObject({ shown: [], said: [] })
    }
  })
})

/** An author's order in an audience, as a node knows it. */
const orderOf = (node: LoggedNode, audience: string) =>
  node.app.db.as(system, async (tx): Promise<readonly Sha256[]> => {
    const rows = await tx
      .selectFrom('network_record')
      .select('digest')
      .where('audience_id', '=', audience as never)
      .orderBy('seq')
      .execute()
    return rows.map(({ digest }) => digest)
  })
