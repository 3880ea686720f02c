import { system } from '@tocsin/domain/actor.ts'
import { digestOf, type Signed } from '@tocsin/records/jws.ts'
import { readKept, signRecord } from '@tocsin/records/record.ts'
import { describe, expect, test } from 'vitest'
import { signingKey } from '../src/docket/signing-key.ts'
import { receiveRecord } from '../src/network/receive.ts'
import {
  contentsAt,
  type MemberNode,
  makeAudience,
  note,
  publish,
  recordOf,
  recordsOf,
  startMembersApart,
} from './test-exchange.ts'

type Pair = readonly [MemberNode, MemberNode, MemberNode]

/** Two members of an audience and one who is not in it. */
async function startThree() {
  const nodes = (await startMembersApart(3)) as unknown as Pair
  const [ardenia, belmara, corvane] = nodes
  const audience = await makeAudience([ardenia, belmara], { ceiling: 'TLP:GREEN' })
  const [first] = await recordsOf(ardenia, ardenia.own, audience.id)
  return { ardenia, belmara, corvane, audience, first: first as Signed }
}

const gapsAt = (node: MemberNode) =>
  node.app.db.as(system, (tx) =>
    tx.selectFrom('missing_record').select(['from_seq', 'to_seq', 'digest']).execute(),
  )

const quarantineAt = async (node: MemberNode) => {
  const rows = await node.app.db.as(system, (tx) =>
    tx.selectFrom('quarantined_record').select('reason').orderBy('id').execute(),
  )
  return rows.map(({ reason }) => reason)
}

/** Signs what the author's node itself would not: with its key, in any place. */
async function forge(
  author: MemberNode,
  template: Signed,
  changes: object,
  content: string,
  marking: 'TLP:GREEN' | 'TLP:RED' = 'TLP:GREEN',
): Promise<Signed> {
  const { seed } = await author.app.db.as(system, (tx) =>
    signingKey(author.app, tx, author.own, author.app.clock()),
  )
  const { header } = readKept(template)
  return signRecord({ ...header, ...changes }, note(content, { marking }), seed)
}

describe('a record that comes', () => {
  test('is kept once, makes its audience known and is read by whom it was told', async () => {
    const { ardenia, belmara, audience, first } = await startThree()
    expect(await receiveRecord(belmara.app, first, ardenia.own)).toBe('kept')
    const digest = await publish(ardenia, audience.id, note('The bridge is closed'))
    const record = await recordOf(ardenia, digest)
    const both = [1, 2, 3].map(() => receiveRecord(belmara.app, record, ardenia.own))
    expect((await Promise.all(both)).sort()).toEqual(['kept', 'known', 'known'])
    expect(await contentsAt(belmara, audience.id)).toEqual(['The bridge is closed'])
    expect(await recordOf(belmara, digest)).toEqual(record)
    const answer = await publish(belmara, audience.id, note('We have seen it'))
    expect(await receiveRecord(ardenia.app, await recordOf(belmara, answer), belmara.own)).toBe(
      'kept',
    )
  })

  test('out of order waits, names the gap, and has its effect when that is filled', async () => {
    const { ardenia, belmara, audience, first } = await startThree()
    await receiveRecord(belmara.app, first, ardenia.own)
    for (const word of ['one', 'two', 'three', 'four', 'five']) {
      await publish(ardenia, audience.id, note(word))
    }
    const all = (await recordsOf(ardenia, ardenia.own, audience.id)).slice(1)
    const [one, two, three, four, five] = all as [Signed, Signed, Signed, Signed, Signed]
    expect(await receiveRecord(belmara.app, five, ardenia.own)).toBe('kept')
    expect(await gapsAt(belmara)).toEqual([{ from_seq: 2, to_seq: 5, digest: digestOf(four) }])
    expect(await receiveRecord(belmara.app, three, ardenia.own)).toBe('kept')
    expect((await gapsAt(belmara)).sort((a, b) => a.from_seq - b.from_seq)).toEqual([
      { from_seq: 2, to_seq: 3, digest: digestOf(two) },
      { from_seq: 5, to_seq: 5, digest: digestOf(four) },
    ])
    expect(await contentsAt(belmara, audience.id)).toEqual([])
    await receiveRecord(belmara.app, one, ardenia.own)
    expect(await contentsAt(belmara, audience.id)).toEqual(['one'])
    await receiveRecord(belmara.app, two, ardenia.own)
    expect(await contentsAt(belmara, audience.id)).toEqual(['one', 'three', 'two'])
    await receiveRecord(belmara.app, four, ardenia.own)
    expect(await contentsAt(belmara, audience.id)).toHaveLength(5)
    expect(await gapsAt(belmara)).toEqual([])
  })

  test('that warns is read at once, whatever is missing before it', async () => {
    const { ardenia, belmara, audience, first } = await startThree()
    await receiveRecord(belmara.app, first, ardenia.own)
    await publish(ardenia, audience.id, note('before'))
    const warning = note('Go now', { type: 'atrocity-alert' })
    const digest = await publish(ardenia, audience.id, warning)
    await receiveRecord(belmara.app, await recordOf(ardenia, digest), ardenia.own)
    expect(await contentsAt(belmara, audience.id)).toEqual(['Go now'])
  })

  test('in a place that another one has is kept beside it, and stops that feed', async () => {
    const { ardenia, belmara, audience, first } = await startThree()
    await receiveRecord(belmara.app, first, ardenia.own)
    const digest = await publish(ardenia, audience.id, note('To you: all is calm'))
    const told = await recordOf(ardenia, digest)
    const other = await forge(ardenia, told, {}, 'To others: run')
    expect(await receiveRecord(belmara.app, told, ardenia.own)).toBe('kept')
    expect(await receiveRecord(belmara.app, other, ardenia.own)).toBe('kept')
    expect(await recordOf(belmara, digestOf(other))).toEqual(other)
    await publish(ardenia, audience.id, note('Later'))
    const [later] = (await recordsOf(ardenia, ardenia.own, audience.id)).slice(-1)
    expect(await receiveRecord(belmara.app, later as Signed, ardenia.own)).toBe('kept')
    expect(await contentsAt(belmara, audience.id)).toEqual(['To you: all is calm'])
    const acts = await belmara.app.db.as(system, (tx) =>
      tx.selectFrom('audit_entry').select('act').where('act', '=', 'network.fork').execute(),
    )
    expect(acts).toHaveLength(1)
  })

  test('is refused with its reason, and the next one is taken', async () => {
    const { ardenia, belmara, corvane, audience, first } = await startThree()
    const digest = await publish(ardenia, audience.id, note('First'))
    const record = await recordOf(ardenia, digest)
    const at = (from: MemberNode, what: Signed) => receiveRecord(belmara.app, what, from.own)
    expect(await at(ardenia, record)).toBe('unknown-audience')
    await at(ardenia, first)
    expect(await at(corvane, record)).toBe('sender-not-in-audience')
    expect(await at({ ...corvane, own: crypto.randomUUID() as never }, record)).toBe(
      'unknown-sender',
    )
    expect(await receiveRecord(corvane.app, first, ardenia.own)).toBe('not-for-this-node')
    const swapped = { ...record, payload: first.payload }
    expect(await at(ardenia, swapped)).toBe('bad-signature')
    const huge = { ...record, payload: 'A'.repeat(400_000) }
    expect(await at(ardenia, huge)).toBe('too-large')
    const deep = { ...record, protected: Buffer.from('['.repeat(5_000)).toString('base64url') }
    expect(await at(ardenia, deep)).toBe('not-readable')
    const stranger = await forge(corvane, record, { org: corvane.own, kid: 'no' }, 'Spam')
    expect(await at(ardenia, stranger)).toBe('unknown-key')
    const secret = await forge(ardenia, record, {}, 'Too secret', 'TLP:RED')
    expect(await at(ardenia, secret)).toBe('above-ceiling')
    expect(await quarantineAt(belmara)).toContain('above-ceiling')
    const next = await forge(ardenia, record, { aseq: 3, aprev: digestOf(secret) }, 'Next')
    expect(await at(ardenia, next)).toBe('kept')
    expect(await contentsAt(belmara, audience.id)).toEqual(['Next'])
  })

  test('before its audience is asked for again, and once it is taken nobody need look into it', async () => {
    const { ardenia, belmara, corvane, audience, first } = await startThree()
    const digest = await publish(ardenia, audience.id, note('Too early'))
    const record = await recordOf(ardenia, digest)
    const forged = { ...record, payload: first.payload }
    for (const from of [ardenia, ardenia, corvane]) {
      expect(await receiveRecord(belmara.app, record, from.own)).toBe('unknown-audience')
    }
    expect(await receiveRecord(belmara.app, forged, ardenia.own)).toBe('bad-signature')
    expect((await quarantineAt(belmara)).toSorted()).toEqual([
      'bad-signature',
      ...Array(3).fill('unknown-audience'),
    ])
    await receiveRecord(belmara.app, first, ardenia.own)
    expect(await receiveRecord(belmara.app, record, ardenia.own)).toBe('kept')
    expect(await quarantineAt(belmara)).toEqual(['bad-signature'])
  })
})
