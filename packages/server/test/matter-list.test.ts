import * as docket from '@tocsin/api/docket.ts'
import * as matters from '@tocsin/api/matters.ts'
import type { MatterOpening } from '@tocsin/domain/matter.ts'
import { describe, expect, test } from 'vitest'
import { addAuthority, entriesOf, openMatter } from './test-docket.ts'
import { all, assessment, file, opening, plan, reportForm } from './test-matters.ts'
import { startTestNode } from './test-node.ts'
import { stepUp } from './test-people.ts'

describe('the list of matters', () => {
  test('narrows by state, level and words as they stand, and keeps drills apart', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const open = async (parts: Partial<MatterOpening>) =>
      (await focal.call(docket.openMatter, { body: opening(parts) })).id
    const marked = await open({ title: 'Houses marked 100% of a street' })
    const fire = await open({ title: 'Telephones cut', summary: 'Both districts_silent.' })
    const drill = await open({ title: 'Drill', isExercise: true })
    await focal.call(docket.assessMatter, { params: { matter: fire }, body: assessment })
    await stepUp(focal)
    await focal.call(docket.reviewMatter, {
      params: { matter: marked },
      body: { outcome: 'close', reasons: 'Over.' },
    })
    const found = async (query: object) => {
      const { total, matters: list } = await focal.call(matters.listMatters, {
        query: { ...all, ...query },
      })
      expect(total).toBe(list.length)
      return list.map(({ id }) => id)
    }
    expect(await found({})).toEqual([fire, marked])
    expect(await found({ state: 'open' })).toEqual([fire])
    expect(await found({ state: 'closed' })).toEqual([marked])
    expect(await found({ level: 3 })).toEqual([fire])
    expect(await found({ text: 'TELEPHONES' })).toEqual([fire])
    expect(await found({ text: '100%' })).toEqual([marked])
    expect(await found({ text: '_silent' })).toEqual([fire])
    expect(await found({ text: '\\' })).toEqual([])
    await expect(found({ text: 'a\u0000b' })).rejects.toMatchObject({ code: 'request.invalid' })
    expect(await found({ text: 'M-2026/2' })).toEqual([fire])
    expect(await found({ exercise: true })).toEqual([drill])
    const page = await focal.call(matters.listMatters, { query: { ...all, limit: 1, offset: 1 } })
    expect([page.total, page.matters.map(({ id }) => id)]).toEqual([2, [marked]])
  })

  test('counts drills apart: the first of each is number 1', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const numbers = []
    for (const isExercise of [false, true, false, true]) {
      const { number } = await focal.call(docket.openMatter, { body: opening({ isExercise }) })
      const report = await file(focal, reportForm({ isExercise }))
      numbers.push([number, report.number])
    }
    expect(numbers).toEqual([
      [1, 1],
      [1, 1],
      [2, 2],
      [2, 2],
    ])
  })
})

describe('the record', () => {
  test('is given in parts, the latest first asked, each once', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const matter = await openMatter(focal)
    for (let n = 1; n <= 54; n += 1) {
      await plan(focal, matter, { status: 'contemplated', title: `${n}` })
    }
    const latest = (await entriesOf(focal, matter)).map(({ seq }) => seq)
    expect([latest.length, latest[0], latest.at(-1)]).toEqual([50, 6, 55])
    const earlier = await focal.call(matters.listEntries, {
      params: { matter },
      query: { before: 6, limit: 50 },
    })
    expect(earlier.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
  })
})

test('the organisations that a matter can be shared with are named to those who open one', async () => {
  const node = await startTestNode()
  const focal = await node.as('focal-point')
  const reader = await node.as('reader')
  await addAuthority(node, 'Police')
  const named = await focal.call(matters.listReaders, {})
  expect(named.map(({ name }) => name)).toEqual(['Ministry of Rivers', 'Police'])
  await expect(reader.call(matters.listReaders, {})).rejects.toMatchObject({
    code: 'permission.denied',
  })
})
