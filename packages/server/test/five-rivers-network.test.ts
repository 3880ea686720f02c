import { isDeepStrictEqual } from 'node:util'
import * as docket from '@tocsin/api/docket.ts'
import * as shared from '@tocsin/api/shared.ts'
import * as sharing from '@tocsin/api/sharing.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { recordText } from '@tocsin/records/record.ts'
import { describe, expect, test } from 'vitest'
import { draft, draftFor, sign } from './test-docket.ts'
import { eventually, type MemberNode, moveNode, recordsOf } from './test-exchange.ts'
import { assessment, opening } from './test-matters.ts'
import { NOWHERE } from './test-network.ts'
import { addOwnAuthority, joinStates, listedBy, type Sharer } from './test-sharing.ts'
import { findWord, type LoggedNode, startPeers } from './test-withdrawal.ts'

/** Words that stand nowhere but in what Ardenia says. */
const words = ['Quokkawarren', 'Numbatridge', 'Bilbyhollow', 'Potorooford'] as const
const [TITLE, SUMMARY, SUBJECT, PARAGRAPH] = words

type Node = LoggedNode & Sharer
type Five = readonly [Node, Node, Node, Node, Node]

/** Ardenia, Belmara, Corvane, Dalesh and the regional desk of the Confederation, all in mutual trust. */
async function startRegion() {
  const nodes = (await joinStates(await startPeers(5))) as unknown as Five
  const [ardenia, belmara, corvane, dalesh, desk] = nodes
  for (const { app } of nodes) {
    await app.db.as(system, (tx) =>
      tx
        .updateTable('organisation')
        .set({ kind: 'regional-organisation' })
        .where('id', '=', desk.own)
        .execute(),
    )
  }
  return { nodes, ardenia, belmara, corvane, dalesh, desk }
}

const textsAt = async (node: MemberNode, author: MemberNode, audience: AudienceId) =>
  (await recordsOf(node, author.own, audience)).map(recordText)

/** How many rows that could hold something of another's stand there. */
const heldAt = ({ app }: MemberNode) =>
  app.db.as(system, async (tx) => {
    const tables = [
      'network_record',
      'shared_object',
      'audience',
      'audience_key',
      'carried_record',
      'quarantined_record',
      'barred_record',
      'missing_record',
    ] as const
    const counts = tables.map(async (table) => {
      const rows = await tx
        .selectFrom(table)
        .select((eb) => eb.lit(1).as('one'))
        .execute()
      return [table, rows.length] as const
    })
    return Object.fromEntries(await Promise.all(counts))
  })

const nothing = {
  network_record: 0,
  shared_object: 0,
  audience: 0,
  audience_key: 0,
  carried_record: 0,
  quarantined_record: 0,
  barred_record: 0,
  missing_record: 0,
}

describe('five nodes of one region', () => {
  test('read alike what one says about another, which holds nothing of it', async () => {
    const { nodes, ardenia, belmara, corvane, dalesh, desk } = await startRegion()
    const { focal } = ardenia
    const police = await addOwnAuthority(ardenia, 'Police')
    const { id: matter } = await focal.call(docket.openMatter, {
      body: opening({
        title: `Houses marked at ${TITLE}`,
        summary: `Homes of one community marked near ${SUMMARY}.`,
        country: 'CRV' as never,
        // Even where its focal point names Corvane too.
        audience: [belmara, dalesh, desk, corvane].map(({ own }) => own),
      }),
    })
    await focal.call(docket.assessMatter, { params: { matter }, body: assessment })
    const warning = {
      ...draftFor([police]),
      subject: `Houses marked at ${SUBJECT}`,
      paragraphs: [`Chalk marks were seen on doors in ${PARAGRAPH}.`],
    }
    await sign(focal, await draft(focal, matter, warning))
    const aud = matter as string as AudienceId
    const readers = [belmara, dalesh, desk]
    const [audience] = await focal.call(sharing.getSharing, { params: { matter } })
    expect(audience?.sentence).toMatchObject({
      readers: readers.map(({ own }) => expect.objectContaining({ organisation: own })),
      notReaders: expect.arrayContaining([
        expect.objectContaining({ organisation: corvane.own, reason: 'state-concerned' }),
      ]),
    })
    // The round that renews keys goes on telling; what counts is that all come to agree.
    await eventually(nodes, async () => {
      const said = await textsAt(ardenia, ardenia, aud)
      const held = await Promise.all(readers.map((node) => textsAt(node, ardenia, aud)))
      return said.length > 0 && held.every((texts) => isDeepStrictEqual(texts, said))
    })
    for (const reader of readers) {
      const { list, types } = await listedBy(reader.focal)
      expect(types).toEqual(['atrocity-alert', 'grouping'])
      expect(list.find(({ type }) => type === 'grouping')).toMatchObject({
        title: `Houses marked at ${TITLE}`,
        level: 3,
      })
      const alert = list.find(({ type }) => type === 'atrocity-alert')
      const opened = await reader.focal.call(shared.getShared, { params: { id: alert?.id ?? '' } })
      expect(opened.content).toMatchObject({ said: { subject: `Houses marked at ${SUBJECT}` } })
      for (const word of words) expect(await findWord(reader, word), word).not.toEqual([])
    }
    // Every round has asked Corvane, and Corvane everybody, many times over.
    expect((await listedBy(corvane.focal)).total).toBe(0)
    expect(await heldAt(corvane)).toEqual(nothing)
    for (const word of words) expect(await findWord(corvane, word), word).toEqual([])
    for (const node of nodes)
      for (const word of words) expect(node.said.filter((line) => line.includes(word))).toEqual([])
  }, 300_000)

  test('carry for two of them what none of the others can read, and the accused State never does', async () => {
    const { nodes, ardenia, belmara, corvane, dalesh, desk } = await startRegion()
    await eventually(nodes, async () => (await heardAt(ardenia)).length === nodes.length - 1)
    await moveNode(ardenia, belmara, NOWHERE)
    await moveNode(belmara, ardenia, NOWHERE)
    const { id: matter } = await ardenia.focal.call(docket.openMatter, {
      body: opening({
        title: `Houses marked at ${TITLE}`,
        summary: `Homes of one community marked near ${SUMMARY}.`,
        country: 'CRV' as never,
        audience: [belmara.own, corvane.own],
      }),
    })
    const aud = matter as string as AudienceId
    const carriers = new Set<string>()
    await eventually(nodes, async () => {
      for (const node of [corvane, dalesh, desk]) {
        const { carried_record: carried } = await heldAt(node)
        if ((carried ?? 0) > 0) carriers.add(node.own)
        for (const word of words) expect(await findWord(node, word), word).toEqual([])
      }
      const said = await textsAt(ardenia, ardenia, aud)
      return said.length > 0 && isDeepStrictEqual(await textsAt(belmara, ardenia, aud), said)
    })
    expect((await listedBy(belmara.focal)).types).toEqual(['grouping'])
    expect(carriers).not.toContain(corvane.own)
    for (const node of [corvane, dalesh, desk]) {
      const { network_record: records } = await heldAt(node)
      expect(records).toBe(0)
      for (const word of words) expect(await findWord(node, word), word).toEqual([])
    }
    expect(await heldAt(corvane)).toEqual(nothing)
  }, 300_000)
})

/** The members whose nodes have answered. */
const heardAt = ({ app }: MemberNode) =>
  app.db.as(system, (tx) =>
    tx.selectFrom('peer').select('member').where('heard_at', 'is not', null).execute(),
  )
