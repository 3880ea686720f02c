import * as api from '@tocsin/api/liaison.ts'
import { withdrawRecord } from '@tocsin/api/withdrawal.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { CountryCode, OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { LiaisonNoteId } from '@tocsin/domain/liaison-note.ts'
import type { OrganisationKind } from '@tocsin/domain/people.ts'
import { describe, expect, test } from 'vitest'
import { codeOf } from './test-consultations.ts'
import { entriesOf, openMatter } from './test-docket.ts'
import { file, reportForm } from './test-matters.ts'
import { stepUp, type TestPerson } from './test-people.ts'
import {
  approveAll,
  carry,
  dumpOf,
  type Sharer,
  secondOf,
  startSharersApart,
} from './test-sharing.ts'

const desk = ({ call }: TestPerson) => call(api.getLiaison, { query: { exercise: false } })

/** What an organisation is, as this node has it on record. */
const become = (node: Sharer, id: OrganisationId, kind: OrganisationKind) =>
  node.app.db.as(system, (tx) =>
    tx.updateTable('organisation').set({ kind }).where('id', '=', id).execute(),
  )

describe('a note to the UN Office that has a node', () => {
  test('goes as it was released and nothing beside it, is acknowledged, and can be taken back', async () => {
    const all = (await startSharersApart(3)) as unknown as readonly [Sharer, Sharer, Sharer]
    const [ardenia, office, corvane] = all
    const { focal } = ardenia
    const second = await secondOf(ardenia)
    const matter = await openMatter(focal)
    const report = await file(focal, reportForm({ matter, country: 'SSD' as CountryCode }))
    const note = newId<LiaisonNoteId>()
    const words = 'As told, doors at Lower Corve were marked.'
    const made = await focal.call(api.makeLiaisonNote, {
      params: { matter, note },
      body: {
        locale: 'en',
        chosen: [{ kind: 'report', id: report.id, factors: [7] }],
        judgements: [{ factor: 7, presence: 'partial', words }],
      },
    })
    const params = { note }
    const send = (to = office) =>
      focal.call(api.sendLiaisonNote, { params, body: { office: to.own } })
    expect(await codeOf(send())).toBe('liaison.note-not-released')
    await stepUp(focal)
    await focal.call(api.releaseLiaisonNote, { params })
    expect(await approveAll(second)).toBe(1)

    // Nobody else is sent to, and whoever is not known as the Office is not the Office.
    expect((await desk(focal)).offices).toEqual([])
    expect(await codeOf(send())).toBe('liaison.office-not-reached')
    await become(ardenia, office.own, 'un-office')
    expect((await desk(focal)).offices).toMatchObject([{ id: office.own }])
    expect(await codeOf(send(corvane))).toBe('liaison.office-not-reached')
    const sent = await send()
    expect(await send()).toEqual(sent)
    expect(sent.handOver).toMatchObject({ how: null, to: expect.any(String) })
    const informed = (await entriesOf(focal, matter)).filter(
      ({ kind }) => kind === 'office.informed',
    )
    expect(informed.map(({ facts }) => facts)).toMatchObject([{ note, factors: [7] }])
    const byHand = focal.call(api.handOverLiaisonNote, {
      params,
      body: { handedOn: sent.handOver?.handedOn as never, how: 'By hand', to: 'Desk' },
    })
    expect(await codeOf(byHand)).toBe('liaison.note-handed-over')

    expect(await carry(ardenia, office, corvane)).toEqual(['kept', 'kept'])
    const [came] = (await desk(office.focal)).received
    if (!came) throw new Error('nothing came')
    expect(came).toMatchObject({ author: expect.any(String), receipt: null, note: { id: note } })
    expect(came.note.content).toEqual(made.content)
    const held = await dumpOf(office)
    for (const secret of [matter, report.id, report.writtenBy, 'Lower Corve', 'Chalk', 'M-2026']) {
      expect(held).not.toContain(secret)
    }
    expect(await dumpOf(corvane)).not.toContain(note)
    expect((await desk(corvane.focal)).received).toEqual([])

    const acknowledge = (person: TestPerson, said: string | null = 'Thank you.') =>
      person.call(api.acknowledgeLiaisonNote, {
        params: { object: came.object },
        body: { words: said },
      })
    expect(await codeOf(acknowledge(corvane.focal))).toBe('liaison.note-not-found')
    expect(await codeOf(acknowledge(await office.as('reader')))).toBe('permission.denied')
    // Its author does not acknowledge it in the Office's place.
    expect(await codeOf(acknowledge(focal))).toBe('liaison.note-not-found')
    for (const _ of ['once', 'again']) await acknowledge(office.focal)
    expect(await codeOf(acknowledge(office.focal, null))).toBe('liaison.note-received')
    expect((await desk(office.focal)).received[0]?.receipt?.words).toBe('Thank you.')
    expect((await desk(focal)).notes[0]?.receipt).toBe(null)
    expect(await carry(office, ardenia)).toEqual(['kept', 'kept'])
    expect((await desk(focal)).notes).toMatchObject([
      { id: note, receipt: { words: 'Thank you.' } },
    ])

    const sentOf = async () => (await focal.call(api.getMatterLiaison, { params: { matter } })).sent
    expect(await sentOf()).toEqual([{ note, object: came.object }])

    // Taken back, nothing of it is left at the Office; that it was sent stays on record here.
    await stepUp(focal)
    await focal.call(withdrawRecord, {
      body: { object: came.object, class: 'source-risk', reason: 'Somebody could be known by it.' },
    })
    await carry(ardenia, office)
    expect((await desk(office.focal)).received).toEqual([])
    expect((await desk(focal)).notes[0]?.handOver?.how).toBe(null)
    expect(await sentOf()).toEqual([])
  })
})
