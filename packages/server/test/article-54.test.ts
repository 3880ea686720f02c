import * as api from '@tocsin/api/action-plans.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { describe, expect, test } from 'vitest'
import { textOf, withoutPoppler } from '../../documents/test/programs.ts'
import { addAuthority, entriesOf, openMatter } from './test-docket.ts'
import { plan } from './test-matters.ts'
import { startTestNode } from './test-node.ts'
import type { TestPerson } from './test-people.ts'

const planOf = ({ call }: TestPerson, matter: MatterId) => call(api.getPlan, { params: { matter } })

describe.skipIf(withoutPoppler)('a regional activity', () => {
  test('drafts a note that a person writes and marks as sent; begun, it drafts another', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const desk = await addAuthority(node, 'Region')
    const matter = await openMatter(focal)
    const thought = { status: 'contemplated', text: null, basis: null } as const
    await plan(focal, matter, { ...thought, title: 'Night patrols' })
    expect((await planOf(focal, matter)).notes).toEqual([])
    const visit = { ...thought, card: 'P06', title: 'A visit by the chair', lead: 'The region' }
    const { id } = await plan(focal, matter, visit)
    const drafted = async () => {
      const { notes } = await planOf(focal, matter)
      return notes.filter(({ sending }) => sending === null)
    }
    const [first] = await drafted()
    if (!first) throw new Error('nothing was drafted')
    const params = { note: first.id }
    const paper = async (locale: 'en' | 'fr') =>
      textOf(await focal.call(api.getNoteDocument, { params, query: { format: 'pdf', locale } }))
    const text = await paper('en')
    for (const said of [
      ...['President of the Security Council', 'Draft for signature', 'Article 54'],
      ...['In contemplation: A visit by the chair', 'Ministry of Rivers', 'Lower Corve'],
    ]) {
      expect(text.replace(/\s+/g, ' ')).toContain(said)
    }
    expect(text).not.toContain('Night patrols')
    expect((await paper('fr')).replace(/\s+/g, ' ')).toContain('Projet soumis à signature')
    const word = await focal.call(api.getNoteDocument, {
      params,
      query: { format: 'docx', locale: 'ar' },
    })
    expect(Buffer.from(word).subarray(0, 2).toString()).toBe('PK')

    const sending = { sentOn: '2026-01-01' as Day, how: 'By hand', signedBy: 'The chair' }
    const unread = focal.call(api.recordNoteSent, { params, body: sending })
    await expect(unread).rejects.toMatchObject({ code: 'note.not-read' })
    const own = { locale: 'en', paragraphs: ['The Council is told of a visit.'] } as const
    await focal.call(api.saveNote, { params, body: { ...own, paragraphs: [...own.paragraphs] } })
    expect(await paper('fr')).toContain('The Council is told of a visit.')
    const neighbour = await node.as('focal-point', 'elsewhere')
    const foreign = neighbour.call(api.readNote, { params, query: { locale: 'en' } })
    await expect(foreign).rejects.toMatchObject({ code: 'note.not-found' })
    for (const _ of ['first', 'again']) {
      await focal.call(api.recordNoteSent, { params, body: sending })
    }
    expect(await paper('en')).not.toContain('Draft for signature')
    const change = focal.call(api.saveNote, { params, body: { locale: 'en', paragraphs: ['No.'] } })
    await expect(change).rejects.toMatchObject({ code: 'note.sent' })
    expect(await drafted()).toEqual([])
    const basis = { kind: 'decision', text: 'Decision of the organ', notification: null } as const
    await focal.call(api.moveAction, {
      params: { action: id },
      body: { to: 'decided', text: null, basis, office: desk.post, due: '2026-02-01' as Day },
    })
    expect(await drafted()).toEqual([])
    await focal.call(api.moveAction, {
      params: { action: id },
      body: { to: 'in-execution', text: null },
    })
    expect(await drafted()).toHaveLength(1)
    const informed = (await entriesOf(focal, matter)).filter(
      ({ kind }) => kind === 'council.informed',
    )
    expect(informed.map(({ facts }) => facts)).toMatchObject([{ ...sending, note: first.id }])
  })
})
