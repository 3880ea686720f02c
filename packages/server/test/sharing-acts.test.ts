import * as docket from '@tocsin/api/docket.ts'
import * as shared from '@tocsin/api/shared.ts'
import * as sharing from '@tocsin/api/sharing.ts'
import { system } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { WIDENING_DELAY_MS } from '@tocsin/domain/sharing.ts'
import { describe, expect, test } from 'vitest'
import { comeBack } from './test-docket.ts'
import { assessment, file, opening, plan, reportForm } from './test-matters.ts'
import { stepUp } from './test-people.ts'
import {
  approveAll,
  carry,
  dumpOf,
  formFor,
  listedBy,
  pass,
  type Sharer,
  secondOf,
  startSharersApart,
} from './test-sharing.ts'

type Four = readonly [Sharer, Sharer, Sharer, Sharer]

const open = async ({ focal }: Sharer, parts: Parameters<typeof opening>[0] = {}) =>
  (await focal.call(docket.openMatter, { body: opening(parts) })).id

const act = ({ focal }: Sharer, matter: MatterId) => plan(focal, matter)

async function share({ focal }: Sharer, matter: MatterId, body: sharing.SharingForm) {
  await stepUp(focal)
  return focal.call(sharing.shareMatter, { params: { matter }, body })
}

describe('sharing by acts', () => {
  test('takes two to widen, an hour until it holds, and one to narrow at once', async () => {
    const all = (await startSharersApart(4)) as unknown as Four
    const [ardenia, belmara, corvane, dalesh] = all
    const second = await secondOf(ardenia)
    const matter = await open(ardenia)
    await share(ardenia, matter, formFor([belmara.own]))
    expect((await listedBy(belmara.focal)).total).toBe(0)
    expect(await approveAll(second)).toBe(1)
    await carry(ardenia, belmara)
    expect((await listedBy(belmara.focal)).types).toEqual(['grouping'])
    // A third comes: the others see that before it does, and it gets nothing yet.
    await pass(all, 1000)
    await share(ardenia, matter, formFor([belmara.own, dalesh.own]))
    await approveAll(second)
    await carry(ardenia, belmara, dalesh)
    const seen = await belmara.app.db.as(system, (tx) =>
      tx.selectFrom('audience').select('audience').orderBy('version').execute(),
    )
    expect(seen.map(({ audience }) => audience.length)).toEqual([1, 2])
    expect((await listedBy(dalesh.focal)).total).toBe(0)
    const [told] = await ardenia.focal.call(sharing.getSharing, { params: { matter } })
    const reasons = told?.sentence.notReaders.map((left) => [left.organisation, left.reason])
    expect(reasons).toContainEqual([dalesh.own, 'waiting'])
    expect(told?.waitsUntil).toBeTruthy()
    expect(reasons).toContainEqual([corvane.own, 'not-in-audience'])
    // Called back by one while it waits: nobody comes, and whoever was to come is told so.
    const params = { audience: matter as string as AudienceId }
    const callBack = () => ardenia.focal.call(sharing.callBackAudience, { params })
    await callBack()
    await expect(callBack()).rejects.toMatchObject({ code: 'sharing.nothing-waits' })
    expect(await carry(ardenia, dalesh)).toEqual(['kept'])
    await pass(all, WIDENING_DELAY_MS)
    await carry(ardenia, belmara, dalesh)
    expect((await listedBy(dalesh.focal)).total).toBe(0)
    await comeBack(second)
    await share(ardenia, matter, formFor([belmara.own, dalesh.own]))
    await approveAll(second)
    await pass(all, WIDENING_DELAY_MS)
    await carry(ardenia, belmara, dalesh)
    expect((await listedBy(dalesh.focal)).types).toEqual(['grouping'])
    // Out again: what waits to leave does not, and what is there is hidden.
    await act(ardenia, matter)
    const body = { without: [dalesh.own] }
    await ardenia.focal.call(sharing.narrowAudience, { params, body })
    await pass(all, 2)
    await carry(ardenia, belmara, dalesh)
    await pass(all, 2)
    expect((await listedBy(dalesh.focal)).total).toBe(0)
    await act(ardenia, matter)
    expect(await carry(ardenia, dalesh)).toEqual([])
    expect((await listedBy(belmara.focal)).total).toBe(1)
  })

  test('lets whoever leaves a group out everywhere, and whoever goes go at once', async () => {
    const all = (await startSharersApart(4)) as unknown as Four
    const [ardenia, belmara, corvane, dalesh] = all
    const second = await secondOf(ardenia)
    await stepUp(ardenia.focal)
    const body = { name: 'Five Rivers', members: [belmara.own, dalesh.own] }
    await ardenia.focal.call(sharing.makeGroup, { body })
    expect(await ardenia.focal.call(sharing.listGroups, {})).toEqual([])
    await approveAll(second)
    const [{ id: group } = { id: '' }] = await ardenia.focal.call(sharing.listGroups, {})
    const matter = await open(ardenia, { title: 'Telephones cut' })
    await share(ardenia, matter, formFor([], { groups: [group as never] }))
    await approveAll(second)
    await carry(ardenia, belmara, dalesh)
    expect((await listedBy(dalesh.focal)).total).toBe(1)
    // Whoever is in a group may name it too; whoever is not knows of none.
    const known = await belmara.focal.call(sharing.listGroups, {})
    expect(known).toMatchObject([{ name: 'Five Rivers', organisation: ardenia.own }])
    expect(await corvane.focal.call(sharing.listGroups, {})).toEqual([])
    await pass(all, 1000)
    const out = { params: { audience: group as never }, body: { without: [dalesh.own] } }
    await ardenia.focal.call(sharing.narrowAudience, out)
    await pass(all, 2)
    await carry(ardenia, belmara, dalesh)
    await pass(all, 2)
    expect((await listedBy(dalesh.focal)).total).toBe(0)
    expect((await listedBy(belmara.focal)).total).toBe(1)
    // One comes and one goes: the one who goes does not stay for the hour that the other waits.
    await share(ardenia, matter, formFor([corvane.own]))
    await approveAll(second)
    await pass(all, 2)
    await act(ardenia, matter)
    await carry(ardenia, belmara, corvane)
    await pass(all, 2)
    expect((await listedBy(belmara.focal)).total).toBe(0)
    expect((await listedBy(corvane.focal)).total).toBe(0)
    await pass(all, WIDENING_DELAY_MS)
    await carry(ardenia, corvane)
    expect((await listedBy(corvane.focal)).list.map(({ title }) => title)).toEqual([
      'Telephones cut',
    ])
  })

  test('stops a member by hand in every audience, until two take that back', async () => {
    const all = (await startSharersApart(2)) as unknown as Four
    const [ardenia, belmara] = all
    const second = await secondOf(ardenia)
    const matter = await open(ardenia, { audience: [belmara.own] })
    await carry(ardenia, belmara)
    const params = { member: belmara.own }
    await ardenia.focal.call(sharing.stopSharing, { params })
    await pass(all, 2)
    const again = ardenia.focal.call(sharing.stopSharing, { params })
    await expect(again).rejects.toMatchObject({ code: 'sharing.stopped-already' })
    await act(ardenia, matter)
    await carry(ardenia, belmara)
    await pass(all, 2)
    expect((await listedBy(belmara.focal)).total).toBe(0)
    const [told] = await ardenia.focal.call(sharing.getSharing, { params: { matter } })
    expect(told?.sentence.notReaders).toMatchObject([{ reason: 'stopped' }])
    await stepUp(ardenia.focal)
    await ardenia.focal.call(sharing.resumeSharing, { params })
    expect(await approveAll(second)).toBe(1)
    const preview = await ardenia.focal.call(sharing.previewSharing, {
      params: { matter },
      body: formFor([belmara.own]),
    })
    expect(preview.readers).toMatchObject([{ organisation: belmara.own }])
  })

  test('ends by itself, and hears the State concerned apart, with what is left out named', async () => {
    const all = (await startSharersApart(3)) as unknown as Four
    const [ardenia, belmara, corvane] = all
    const second = await secondOf(ardenia)
    const matter = await open(ardenia, { country: 'CRV' as never, summary: 'Quokka told us.' })
    const day = 86_400_000
    const expiresAt = new Date(Date.parse(ardenia.app.clock()) + day).toISOString() as never
    await share(ardenia, matter, formFor([belmara.own, corvane.own], { expiresAt }))
    await approveAll(second)
    const reply = { ...formFor([corvane.own]), purpose: 'right-of-reply' as const }
    await share(ardenia, matter, { ...reply, redacted: ['summary'] })
    await approveAll(second)
    await carry(ardenia, belmara, corvane)
    const [heard] = (await listedBy(corvane.focal)).list
    const read = await corvane.focal.call(shared.getShared, { params: { id: heard?.id ?? '' } })
    expect(read).toMatchObject({ redacted: ['summary'], content: { title: 'Houses marked' } })
    const dump = await dumpOf(corvane)
    expect(dump).not.toContain('Quokka')
    expect(dump).not.toContain(belmara.own)
    expect((await listedBy(belmara.focal)).total).toBe(1)
    await pass(all, day)
    expect((await listedBy(belmara.focal)).total).toBe(0)
    const [first] = await ardenia.focal.call(sharing.getSharing, { params: { matter } })
    expect(first?.sentence.notReaders).toContainEqual(
      expect.objectContaining({ organisation: belmara.own, reason: 'expired' }),
    )
  })

  test('tells readers of a closed roster nothing of each other', async () => {
    const all = (await startSharersApart(3)) as unknown as Four
    const [ardenia, belmara, corvane] = all
    const second = await secondOf(ardenia)
    const matter = await open(ardenia)
    const form = formFor([belmara.own, corvane.own], { isRosterClosed: true })
    await share(ardenia, matter, { ...form, asksWhoRead: true })
    await approveAll(second)
    await ardenia.focal.call(docket.assessMatter, { params: { matter }, body: assessment })
    await carry(ardenia, belmara, corvane)
    for (const [reader, other] of [
      [belmara, corvane],
      [corvane, belmara],
    ] as const) {
      const { list } = await listedBy(reader.focal)
      expect(list).toMatchObject([{ level: 3, asksWhoRead: true }])
      expect(await dumpOf(reader)).not.toContain(other.own)
      const told = { params: { id: list[0]?.id ?? '' } }
      expect(await reader.focal.call(shared.markRead, told)).toEqual({ told: true })
      await carry(reader, ardenia, other)
    }
    const { entries } = await ardenia.focal.call(docket.getMatter, { params: { matter } })
    const receipts = entries.filter(({ kind }) => kind === 'receipt.received')
    expect(receipts.map(({ by }) => by.organisation)).toEqual([belmara.own, corvane.own])
    const asked = await ardenia.focal.call(sharing.getSharing, { params: { matter } })
    const read = asked.flatMap(({ readBy }) => readBy.map((one) => one.organisation)).sort()
    expect(read).toEqual([belmara.own, corvane.own].sort())
    expect((await listedBy(corvane.focal)).types).toEqual(['grouping'])
  })

  test('lets an author decide who else is given what was taken up', async () => {
    const all = (await startSharersApart(3)) as unknown as Four
    const [ardenia, belmara, corvane] = all
    const [author, other] = [await secondOf(ardenia), await secondOf(belmara)]
    const matter = await open(ardenia)
    await share(ardenia, matter, formFor([belmara.own], { isAuthorWithheld: true }))
    await approveAll(author)
    const report = await file(
      ardenia.focal,
      reportForm({ place: 'Quokka mill', precision: '1-km' }),
    )
    await stepUp(ardenia.focal)
    await ardenia.focal.call(sharing.releaseReport, {
      params: { report: report.id },
      body: { audience: matter as string as AudienceId, redacted: ['groups'], asksWhoRead: false },
    })
    await approveAll(author)
    await carry(ardenia, belmara)
    const { list, types } = await listedBy(belmara.focal)
    expect(types).toEqual(['grouping', 'report'])
    expect(await dumpOf(belmara)).not.toMatch(/Quokka|Sarrin|some.?one.?at.?risk|written.?by/i)
    const released = list.find(({ type }) => type === 'report')
    const seen = await belmara.focal.call(shared.getShared, { params: { id: released?.id ?? '' } })
    expect(seen.redacted).toEqual(['groups', 'place'])
    const id = list.find(({ type }) => type === 'grouping')?.id ?? ''
    const body = { matter: newId<MatterId>() }
    const taken = await belmara.focal.call(shared.takeUp, { params: { id }, body })
    const twice = { matter: newId<MatterId>() }
    expect(await belmara.focal.call(shared.takeUp, { params: { id }, body: twice })).toEqual(taken)
    const own = await belmara.focal.call(docket.getMatter, { params: { matter: taken.matter } })
    expect(own.matter.title).toMatch(/^M-\d{4}\/1$/)
    expect(own.matter.audience).toEqual([])
    // What others said stays where it can be erased; and who must not be named is not.
    expect(JSON.stringify(own)).not.toContain('Houses marked')
    expect(JSON.stringify(own.entries)).not.toContain('Ministry of River 1')
    const onward = () => share(belmara, taken.matter, formFor([corvane.own]))
    await expect(onward()).rejects.toMatchObject({ code: 'sharing.needs-release' })
    await stepUp(ardenia.focal)
    const release = { params: { id }, body: { to: [corvane.own] } }
    await ardenia.focal.call(shared.releaseShared, release)
    await approveAll(author)
    await carry(ardenia, belmara)
    await onward()
    expect(await approveAll(other)).toBe(1)
    await carry(belmara, corvane)
    expect((await listedBy(corvane.focal)).types).toEqual(['grouping'])
  })

  test('says clearly what cannot be, and writes nothing of it', async () => {
    const [ardenia, belmara] = (await startSharersApart(2)) as unknown as Four
    const matter = await open(ardenia, { marking: 'TLP:AMBER+STRICT' })
    const refused = async (body: sharing.SharingForm) =>
      share(ardenia, matter, body).then(
        () => 'done',
        (problem: { code: string }) => problem.code,
      )
    expect([
      await refused(formFor([newId()])),
      await refused(formFor([belmara.own], { groups: [newId()] })),
      await refused(formFor([belmara.own], { groups: [matter as never] })),
      await refused(formFor([])),
      await refused(formFor([belmara.own], { excluded: [belmara.own] })),
      await refused(formFor([belmara.own], { expiresAt: '2025-01-01T00:00:00.000Z' as never })),
      await refused(formFor([belmara.own], { ceiling: 'TLP:GREEN' })),
    ]).toEqual([
      'sharing.unknown-organisation',
      'sharing.unknown-group',
      'sharing.group-cycle',
      'sharing.empty',
      'sharing.empty',
      'sharing.expired',
      'sharing.over-ceiling',
    ])
    const left = await ardenia.app.db.as(system, async (tx) => [
      await tx.selectFrom('audience').select('id').execute(),
      await tx.selectFrom('sharing').select('id').execute(),
      await tx.selectFrom('approval').select('id').execute(),
    ])
    expect(left).toEqual([[], [], []])
  })
})
