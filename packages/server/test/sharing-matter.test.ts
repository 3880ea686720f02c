import * as docket from '@tocsin/api/docket.ts'
import * as shared from '@tocsin/api/shared.ts'
import * as sharing from '@tocsin/api/sharing.ts'
import { system } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { describe, expect, test } from 'vitest'
import { draft, draftFor, entriesOf, sign, until } from './test-docket.ts'
import { assessment, file, opening, reportForm } from './test-matters.ts'
import { stepUp } from './test-people.ts'
import {
  addOwnAuthority,
  carry,
  dumpOf,
  listedBy,
  type Sharer,
  startSharersApart,
} from './test-sharing.ts'

type Three = readonly [Sharer, Sharer, Sharer]

/** Whether the audience that is the matter's own has the key to which things are sealed. */
const hasKey = (node: Sharer, matter: MatterId) =>
  node.app.db.as(system, async (tx) => {
    const key = tx
      .selectFrom('audience_key')
      .select('epoch')
      .where('audience_id', '=', matter as string as AudienceId)
    return (await key.executeTakeFirst()) !== undefined
  })

describe('a matter whose audience names members', () => {
  test('leaves with the fact, reaches them and never the State that it is about', async () => {
    const [ardenia, belmara, corvane] = (await startSharersApart(3)) as unknown as Three
    const { focal } = ardenia
    const { id: matter } = await focal.call(docket.openMatter, {
      body: opening({
        title: 'Houses marked, Lower Corve',
        country: 'CRV' as never,
        audience: [belmara.own, corvane.own],
      }),
    })
    await focal.call(docket.assessMatter, { params: { matter }, body: assessment })
    const outcomes = await carry(ardenia, belmara, corvane)
    expect(new Set(outcomes)).toEqual(new Set(['kept']))
    const list = await listedBy(belmara.focal)
    expect(list.types).toEqual(['grouping'])
    expect(list.list[0]).toMatchObject({ title: 'Houses marked, Lower Corve', level: 3 })
    expect((await listedBy(corvane.focal)).total).toBe(0)
    const held = await corvane.app.db.as(system, (tx) =>
      tx.selectFrom('network_record').select('digest').execute(),
    )
    expect(held).toEqual([])
    const [audience] = await focal.call(sharing.getSharing, { params: { matter } })
    expect(audience?.sentence).toMatchObject({
      readers: [{ organisation: belmara.own, isHere: false }],
      notReaders: [{ organisation: corvane.own, reason: 'state-concerned' }],
    })
  })

  test('takes its warnings, their receipts and its closing along, each told once', async () => {
    const [ardenia, belmara] = (await startSharersApart(2)) as unknown as Three
    const { focal } = ardenia
    const police = await addOwnAuthority(ardenia, 'Police')
    const { id: matter } = await focal.call(docket.openMatter, {
      body: opening({ audience: [belmara.own] }),
    })
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await carry(ardenia, belmara)
    const { list } = await listedBy(belmara.focal)
    const alert = list.find(({ type }) => type === 'atrocity-alert')
    const opened = await belmara.focal.call(shared.getShared, { params: { id: alert?.id ?? '' } })
    expect(opened.content).toMatchObject({
      state: 'sent',
      said: { subject: 'Houses marked in the Lower Corve valley' },
      addressees: [{ authority: 'Police' }],
    })
    expect(opened.content['cap']).toContain('<alert')
    // The round that makes keys tells them once, whenever it comes.
    await until(() => hasKey(ardenia, matter))
    await stepUp(focal)
    await focal.call(docket.reviewMatter, {
      params: { matter },
      body: { outcome: 'keep', reasons: 'It goes on.', reviewBy: '2026-01-02' as never },
    })
    await carry(ardenia, belmara)
    const grouping = (await listedBy(belmara.focal)).list.find(({ type }) => type === 'grouping')
    const read = await belmara.focal.call(shared.getShared, { params: { id: grouping?.id ?? '' } })
    expect(read.content).toMatchObject({ review: { reasons: 'It goes on.' } })
    // Nothing has changed since, so nothing more leaves.
    const queued = await ardenia.app.db.as(system, (tx) =>
      tx.selectFrom('record_queue').select('id').execute(),
    )
    expect(queued).toEqual([])
  })

  test('hears of it when a member acknowledges its warning', async () => {
    const [ardenia, belmara] = (await startSharersApart(2)) as unknown as Three
    const { focal } = ardenia
    const police = await addOwnAuthority(ardenia, 'Police')
    const { id: matter } = await focal.call(docket.openMatter, {
      body: opening({ audience: [belmara.own] }),
    })
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await carry(ardenia, belmara)
    const alert = (await listedBy(belmara.focal)).list.find((one) => one.type === 'atrocity-alert')
    const id = alert?.id ?? ''
    const body = { reaction: 'act', note: 'We call our ministers.', name: 'B. Elm', office: 'Desk' }
    const acknowledge = () =>
      belmara.focal.call(shared.acknowledgeShared, { params: { id }, body: body as never })
    await acknowledge()
    await expect(acknowledge()).rejects.toMatchObject({ code: 'letter.acknowledged' })
    expect(await carry(belmara, ardenia)).toEqual(['kept'])
    const entries = await entriesOf(focal, matter)
    // By its own rounds the node may have written that the police were not reached.
    const receipts = entries.filter(({ kind }) => kind === 'receipt.received')
    expect(receipts).toHaveLength(1)
    expect(receipts[0]).toMatchObject({
      kind: 'receipt.received',
      text: 'We call our ministers.',
      by: { organisation: belmara.own, name: 'B. Elm' },
      facts: { says: 'acknowledgement', reaction: 'act' },
    })
    const again = await belmara.focal.call(shared.getShared, { params: { id } })
    expect(again.acknowledgedAt).not.toBeNull()
  })

  test('stays here, whole, where nobody it names lives elsewhere', async () => {
    const [ardenia] = (await startSharersApart(2)) as unknown as Three
    const neighbour = await ardenia.as('focal-point', 'elsewhere')
    await ardenia.focal.call(docket.openMatter, {
      body: opening({ audience: [neighbour.organisation] }),
    })
    const kept = await ardenia.app.db.as(system, (tx) =>
      tx.selectFrom('network_record').select('digest').execute(),
    )
    expect(kept).toEqual([])
  })

  test('holds nothing of its reports, nor where they were from', async () => {
    const [ardenia, belmara] = (await startSharersApart(2)) as unknown as Three
    const { focal } = ardenia
    const id = newId<MatterId>()
    await focal.call(docket.openMatter, { body: opening({ id, audience: [belmara.own] }) })
    await file(focal, reportForm({ matter: id, what: 'Quokka saw it.', place: 'Quokka mill' }))
    await carry(ardenia, belmara)
    const dump = await dumpOf(belmara)
    expect(dump).toContain('Homes of one community marked.')
    expect(dump).not.toContain('Quokka')
  })
})
