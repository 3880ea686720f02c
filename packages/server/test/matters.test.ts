import { reviewOutcome } from '@tocsin/api/action-plans.ts'
import * as approvals from '@tocsin/api/approvals.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as matters from '@tocsin/api/matters.ts'
import * as reports from '@tocsin/api/reports.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import type { Day, Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { describe, expect, test } from 'vitest'
import {
  addAuthority,
  draft,
  draftFor,
  entriesOf,
  keeping,
  openMatter,
  sign,
  tokenIn,
  until,
} from './test-docket.ts'
import { assessment, file, plan, read, reportForm } from './test-matters.ts'
import { startTestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

/** Short enough that nobody is signed out meanwhile. */
const STEP = 10 * 60_000
const effect = {
  id: newId<string>(),
  what: 'No new marks for two nights.',
  asExpected: 'yes',
  learned: null,
} as const

/** Beside it the node may have written by its own rounds that nobody was reached. */
async function onlyOf(who: TestPerson, matter: MatterId, kind: string) {
  const found = (await entriesOf(who, matter)).filter((entry) => entry.kind === kind)
  expect(found).toHaveLength(1)
  return found[0]
}

describe('the acts on a matter', () => {
  test('stamp every step from the first report to the effect, and reach all eight stations', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const loose = await file(focal, reportForm())
    node.advance(STEP)
    const matter = await openMatter(focal)
    const params = { matter }
    await focal.call(reports.attachReport, { params: { matter, report: loose.id } })
    node.advance(STEP)
    await focal.call(docket.assessMatter, { params, body: assessment })
    node.advance(STEP)
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await until(() => messages.length === 1)
    const token = tokenIn(messages[0])
    const by = { name: 'A. Chief', office: 'Police' }
    node.advance(STEP)
    await node.visitor(warnings.acknowledgeLetter, {
      params: { token },
      body: { reaction: 'act', note: null, ...by },
    })
    node.advance(STEP)
    await node.visitor(warnings.answerLetter, {
      params: { token },
      body: { outcome: 'decided', text: 'Posts.', ...by },
    })
    const consultation = {
      step: 'held',
      who: 'Regional desk',
      what: 'One neighbour agrees.',
    } as const
    await focal.call(matters.recordConsultation, { params, body: consultation })
    node.advance(STEP)
    const { id: acted } = await plan(focal, matter)
    node.advance(STEP)
    await focal.call(reviewOutcome, { params: { action: acted }, body: effect })
    await stepUp(focal)
    const reviewBy = '2026-01-05' as Day
    await focal.call(docket.reviewMatter, {
      params,
      body: { outcome: 'keep', reasons: 'Not over yet.', reviewBy },
    })
    const { stamps, matter: now, clocks, reports: own } = await read(focal, matter)
    const after = (steps: number) =>
      addMilliseconds('2026-01-01T00:00:00.000Z' as Instant, steps * STEP)
    expect(stamps).toEqual({
      T0: after(0),
      T1: after(0),
      T2: after(2),
      T3: after(3),
      T4: after(4),
      T5: after(5),
      T6: after(6),
      T7: after(7),
    })
    expect(Object.keys(now.stations)).toHaveLength(8)
    expect(own.map(({ number }) => number)).toEqual([1])
    // Consulted, decided and kept: only the next review is waited for.
    expect(clocks.map(({ kind }) => kind)).toEqual(['review'])
  })

  test('stop the clock of what was consulted: a neighbour is not yet the organ', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    await sign(focal, await draft(focal, matter, draftFor([police])))
    const running = async () =>
      (await read(focal, matter)).clocks
        .map(({ kind }) => kind)
        .filter((kind) => /^(con|ag)/.test(kind))
    const consult = (step: 'held' | 'on-agenda') =>
      focal.call(matters.recordConsultation, {
        params: { matter },
        body: { step, who: 'Regional desk', what: 'Asked for their view.' },
      })
    expect(await running()).toEqual(['consult', 'agenda'])
    await consult('held')
    expect(await running()).toEqual(['agenda'])
    await consult('on-agenda')
    expect(await running()).toEqual([])
  })

  test('are refused on a closed matter, each in the same words, and leave nothing', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const matter = await openMatter(focal)
    const params = { matter }
    await stepUp(focal)
    const close = { outcome: 'close', reasons: 'Nothing further.' } as const
    const closed = await focal.call(docket.reviewMatter, { params, body: close })
    expect(closed).toMatchObject({ state: 'done' })
    const after = await read(focal, matter)
    expect(after.matter.stations).toHaveProperty('reviewed')
    expect(after.clocks).toEqual([])
    const consultation = { step: 'opened', who: 'Desk', what: 'Asked.' } as const
    const tries = [
      focal.call(docket.assessMatter, { params, body: assessment }),
      plan(focal, matter),
      focal.call(matters.recordConsultation, { params, body: consultation }),
      focal.call(docket.reviewMatter, { params, body: close }),
      file(focal, reportForm({ matter })),
    ]
    for (const ended of await Promise.allSettled(tries)) {
      expect(ended).toMatchObject({ status: 'rejected', reason: { code: 'matter.closed' } })
    }
    expect((await entriesOf(focal, matter)).map(({ kind }) => kind)).toEqual([
      'matter.opened',
      'matter.closed',
    ])
    expect(
      (
        await focal.call(reports.listReports, {
          query: { loose: false, exercise: false, limit: 50, offset: 0 },
        })
      ).total,
    ).toBe(0)
  })

  test('close with two from level 2 on, and the record says who still owes an answer', async () => {
    const node = await startTestNode()
    const [focal, analyst] = [await node.as('focal-point'), await node.as('analyst')]
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    await sign(focal, await draft(focal, matter, draftFor([police], 2)))
    await stepUp(analyst)
    const waiting = await analyst.call(docket.reviewMatter, {
      params: { matter },
      body: { outcome: 'close', reasons: 'The marks are gone.' },
    })
    if (waiting.state !== 'waiting') throw new Error('one person closed it alone')
    expect((await read(focal, matter)).matter.closedAt).toBeNull()
    const [proposal] = await focal.call(approvals.listApprovals, {})
    expect(proposal?.act.details).toMatchObject({ name: 'M-2026/1' })
    await stepUp(focal)
    await focal.call(approvals.approve, {
      params: { approval: waiting.approval },
      body: { sha256: proposal?.sha256 ?? '' } as never,
    })
    const closed = await onlyOf(focal, matter, 'matter.closed')
    expect(closed).toMatchObject({ facts: { unanswered: 1 } })
  })

  test('learn from a warning only once it was sent, also after the matter is closed', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const [matter, other] = [await openMatter(focal), await openMatter(focal)]
    const written = await draft(focal, matter, draftFor([police], 1))
    const learn = (id: MatterId) =>
      focal.call(matters.recordAfterAction, {
        params: { matter: id },
        body: {
          warning: written.warning,
          outcome: 'averted',
          expected: 'Removals.',
          happened: 'The marks were removed by the town.',
          delayed: null,
          change: 'Call the mayor first.',
        },
      })
    await expect(learn(matter)).rejects.toMatchObject({ code: 'warning.not-yet-sent' })
    await sign(focal, written)
    await expect(learn(other)).rejects.toMatchObject({ code: 'warning.not-found' })
    await stepUp(focal)
    await focal.call(docket.reviewMatter, {
      params: { matter },
      body: { outcome: 'close', reasons: 'Over.' },
    })
    await learn(matter)
    expect(await onlyOf(focal, matter, 'warning.after-action')).toMatchObject({
      text: 'The marks were removed by the town.',
      facts: { warning: written.warning, number: 1, outcome: 'averted', delayed: null },
    })
  })

  test('correct one’s own words by an entry beside them, and nobody else’s', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    await sign(focal, await draft(focal, matter, draftFor([police], 1)))
    const correct = (seq: number) =>
      focal.call(matters.correctEntry, {
        params: { matter, seq },
        body: { text: 'Homes of two communities.' },
      })
    await expect(correct(9)).rejects.toMatchObject({ code: 'entry.not-found' })
    await expect(correct(2)).rejects.toMatchObject({ code: 'entry.not-correctable' })
    await correct(1)
    const opened = await onlyOf(focal, matter, 'matter.opened')
    expect(opened).toMatchObject({ text: 'Homes of one community marked.' })
    const corrected = await onlyOf(focal, matter, 'entry.corrected')
    expect(corrected).toMatchObject({ facts: { corrects: 1 } })
  })

  test('end a review on a day that the level allows, and name it where it does not', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const matter = await openMatter(focal)
    await focal.call(docket.assessMatter, { params: { matter }, body: assessment })
    await stepUp(focal)
    const keep = (reviewBy: string) =>
      focal.call(docket.reviewMatter, {
        params: { matter },
        body: { outcome: 'keep', reasons: 'Stays.', reviewBy: reviewBy as Day },
      })
    await expect(keep('2026-02-01')).rejects.toMatchObject({
      code: 'matter.review-too-late',
      details: { latest: '2026-01-08' },
    })
    await expect(keep('2025-12-31')).rejects.toMatchObject({ code: 'request.invalid' })
    await keep('2026-01-03')
    expect((await read(focal, matter)).matter.reviewBy.slice(0, 10)).toBe('2026-01-03')
  })
})
