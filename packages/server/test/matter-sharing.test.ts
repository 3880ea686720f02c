import * as docket from '@tocsin/api/docket.ts'
import * as matters from '@tocsin/api/matters.ts'
import { describe, expect, test } from 'vitest'
import { addAuthority, draft, draftFor, entriesOf, openMatter } from './test-docket.ts'
import { all, file, opening, plan, read, reportForm } from './test-matters.ts'
import { startTestNode } from './test-node.ts'

describe('a matter that is shared', () => {
  test('is read by the other organisation without drafts, reports or who else is on the node', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const neighbour = await node.as('focal-point', 'elsewhere')
    const police = await addAuthority(node, 'Police')
    const accused = await addAuthority(node, 'Accused')
    const shared = opening({
      audience: [neighbour.organisation, accused.organisation],
      excluded: [accused.organisation],
    })
    const { id: matter } = await focal.call(docket.openMatter, { body: shared })
    await file(focal, reportForm({ matter }))
    await file(focal, reportForm({ matter, marking: 'TLP:RED', what: 'For our eyes alone.' }))
    await draft(focal, matter, draftFor([police]))
    const own = await read(focal, matter)
    expect(own.audience).toEqual({
      visibleTo: ['Ministry of Rivers', 'River Union'],
      notVisibleTo: ['Police'],
      excluded: ['Accused'],
      notSent: [],
    })
    const seen = await read(neighbour, matter)
    expect(seen.audience).toMatchObject({ notVisibleTo: [], visibleTo: own.audience.visibleTo })
    expect([seen.reports, seen.warnings]).toEqual([[], []])
    expect(JSON.stringify(seen)).not.toContain('our eyes')
    expect(JSON.stringify(seen)).not.toContain('Police')
    const list = await neighbour.call(matters.listMatters, { query: all })
    expect(list.matters.map(({ owner }) => owner)).toEqual(['Ministry of Rivers'])
    const tried = plan(neighbour, matter)
    await expect(tried).rejects.toMatchObject({ code: 'permission.denied' })
    const correct = neighbour.call(matters.correctEntry, {
      params: { matter, seq: 1 },
      body: { text: 'Nothing.' },
    })
    await expect(correct).rejects.toMatchObject({ code: 'permission.denied' })
    expect((await entriesOf(focal, matter)).map(({ text }) => text)).toEqual([
      'Homes of one community marked.',
      'Chalk marks on doors in two streets.',
      null,
    ])
  })

  test('stands by default on nobody else’s list', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const neighbour = await node.as('focal-point', 'elsewhere')
    const matter = await openMatter(focal)
    expect((await neighbour.call(matters.listMatters, { query: all })).total).toBe(0)
    await expect(read(neighbour, matter)).rejects.toMatchObject({ code: 'matter.not-found' })
    const entries = neighbour.call(matters.listEntries, {
      params: { matter },
      query: { limit: 50 },
    })
    await expect(entries).rejects.toMatchObject({ code: 'matter.not-found' })
  })
})
