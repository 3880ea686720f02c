import { randomBytes } from 'node:crypto'
import * as api from '@tocsin/api/action-plans.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as letters from '@tocsin/api/warnings.ts'
import type { ActionId } from '@tocsin/domain/action-plan.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { describe, expect, test } from 'vitest'
import { put } from './test-attachments.ts'
import {
  addAuthority,
  comeBack,
  draft,
  draftFor,
  entriesOf,
  HOUR,
  hold,
  keeping,
  openMatter,
  sign,
  tokenIn,
  until,
} from './test-docket.ts'
import { assessment, plan } from './test-matters.ts'
import { startTestNode } from './test-node.ts'
import type { TestPerson } from './test-people.ts'

const DAY = 24 * HOUR
const basis = { kind: 'decision', text: 'Decision of the organ', notification: null } as const
const authorisation = { symbol: 'S/RES/1973 (2011)', paragraph: 'paragraph 4' }

const planOf = ({ call }: TestPerson, matter: MatterId) => call(api.getPlan, { params: { matter } })
const move = (
  { call }: TestPerson,
  action: ActionId,
  body: Partial<Parameters<typeof call<typeof api.moveAction>>[1]['body']> & { to: 'decided' },
) => call(api.moveAction, { params: { action }, body: { text: null, ...body } })

describe('an action', () => {
  test('with enforcement is refused without a reference, then decided, late, told of, and reviewed', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    await hold(node, police, 'Police deputy', 'alternate')
    const matter = await openMatter(focal)
    const params = { matter }
    // At the first level nobody stands on a rung for acts: the deputy is next.
    await focal.call(docket.assessMatter, { params, body: { ...assessment, level: 1 } })
    const file = await put(focal, matter, 'Posts.pdf', randomBytes(100))
    const contemplated = { status: 'contemplated', text: null, basis: null } as const
    const { id } = await plan(focal, matter, { ...contemplated, card: 'S10' })
    const due = '2026-01-11' as Day
    const decided = { to: 'decided', basis, office: police.post, due } as const
    const refused = move(focal, id, decided)
    await expect(refused).rejects.toMatchObject({ code: 'action.needs-authorisation' })
    expect((await planOf(focal, matter)).actions).toMatchObject([
      { status: 'contemplated', due: null, office: null },
    ])
    await move(focal, id, { ...decided, authorisation })
    // The same once more changes nothing.
    await move(focal, id, { ...decided, authorisation })
    const { steps } = await focal.call(docket.getMatter, { params })
    expect(
      steps.filter(({ clock }) => clock === 'act').map((one) => [one.tell, one.dueAt]),
    ).toEqual([
      ['addressee', '2026-01-04T08:00:00.000Z'],
      ['addressee', '2026-01-11T08:00:00.000Z'],
      ['deputy', '2026-01-12T08:00:00.000Z'],
    ])
    const body = { text: 'The force is deployed.' }
    await focal.call(api.moveAction, {
      params: { action: id },
      body: { to: 'in-execution', ...body },
    })
    const progress = {
      id: newId<string>(),
      what: 'Two posts stand.',
      next: 'A third one.',
      evidence: [file.id],
    }
    for (const _ of ['first', 'again']) {
      await focal.call(api.reportProgress, { params: { action: id }, body: progress })
    }
    const told = (who: string) => messages.filter(({ to }) => to.startsWith(who))
    node.advance(3 * DAY + 8 * HOUR)
    await until(() => told('police.head').length === 1)
    node.advance(7 * DAY)
    await until(() => told('police.head').length === 2)
    expect(told('police.deputy')).toEqual([])
    node.advance(DAY)
    await until(() => told('police.deputy').length === 1)
    for (const { subject, text } of messages) {
      expect(`${subject} ${text}`).not.toMatch(/Posts in both|Houses|Corve|S10/)
      expect(text).toContain(`/matters/${matter}/plan`)
    }
    await comeBack(focal)
    const late = await focal.call(api.listPlans, { query: { ...everything, due: 'overdue' } })
    expect(late).toMatchObject({ total: 1, overdue: 1, actions: [{ id, isOverdue: true }] })
    await focal.call(api.moveAction, {
      params: { action: id },
      body: { to: 'done', text: 'All posts stand.' },
    })
    const review = {
      id: newId<string>(),
      what: 'No new marks.',
      asExpected: 'partly',
      learned: 'Posts came late.',
    } as const
    await focal.call(api.reviewOutcome, { params: { action: id }, body: review })
    const after = await planOf(focal, matter)
    expect(after.actions).toMatchObject([{ status: 'done', ending: 'All posts stand.' }])
    expect(after.progress).toMatchObject([progress])
    expect(after.reviews).toMatchObject([review])
    const opened = await focal.call(docket.getMatter, { params })
    expect(opened.clocks.map(({ kind }) => kind)).toEqual(['review'])
    expect(Object.keys(opened.stamps).sort()).toEqual(['T2', 'T6', 'T7'])
    expect(opened.matter.stations).toHaveProperty('acted')
    const kinds = opened.entries.map(({ kind }) => kind).filter((kind) => !/^att|review/.test(kind))
    expect(kinds).toEqual([
      ...['matter.opened', 'matter.assessed', 'action.planned', 'action.moved', 'matter.acted'],
      ...['action.reported', 'clock.escalated', 'clock.escalated', 'clock.escalated'],
      ...['action.moved', 'matter.effect-seen'],
    ])
  })

  test('of a chosen option keeps its answer; a new day plans anew; what cannot be is said', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const accused = await addAuthority(node, 'Accused')
    const matter = await openMatter(focal, [accused.organisation])
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await until(() => messages.length === 1)
    const token = tokenIn(messages[0])
    const by = { name: 'G. Marro', office: 'Director' }
    const receipt = { reaction: 'act', note: null, ...by } as const
    await node.visitor(letters.acknowledgeLetter, { params: { token }, body: receipt })
    const answer = { outcome: 'decided', text: 'Posts tonight.', ...by } as const
    await node.visitor(letters.answerLetter, { params: { token }, body: answer })
    const [option] = (await planOf(focal, matter)).offered
    expect(option).toMatchObject({ code: 'S02', decided: { authority: 'Police' } })
    const said = option?.decided
    if (!option || !said) throw new Error('nothing is offered')
    const answered = { kind: 'answer', text: 'Answer', notification: said.notification } as const
    const given = {
      ...{ card: option.code, warning: option.warning, office: said.post, basis: answered },
      ...{ status: 'decided' as const, text: null, due: '2026-03-01' as Day },
    } as const
    const { id } = await plan(focal, matter, given)
    expect((await planOf(focal, matter)).offered).toEqual([])
    const reminders = async () => {
      const { steps } = await focal.call(docket.getMatter, { params: { matter } })
      const own = steps.filter(({ about }) => about === 'Posts in both towns')
      return own.map(({ tell, dueAt }) => `${tell} ${dueAt.slice(0, 10)}`)
    }
    const whole = ['addressee 2026-01-30', 'addressee 2026-02-22', 'addressee 2026-03-01']
    expect(await reminders()).toEqual([...whole, 'regional-desk 2026-03-02'])
    const schedule = { lead: 'Police', office: police.post, start: null, reasons: 'Later.' }
    const at = { params: { action: id } }
    const later = '2026-04-01' as Day
    await focal.call(api.rescheduleAction, { ...at, body: { ...schedule, due: later } })
    expect(await reminders()).toEqual([
      ...['addressee 2026-03-02', 'addressee 2026-03-25', 'addressee 2026-04-01'],
      'regional-desk 2026-04-02',
    ])
    // Whoever decided is waited for to act until this act begins.
    const running = async () =>
      (await focal.call(docket.getMatter, { params: { matter } })).clocks.filter(
        ({ kind }) => kind === 'act',
      ).length
    expect(await running()).toBe(2)
    await focal.call(api.moveAction, { ...at, body: { to: 'in-execution', text: null } })
    expect(await running()).toBe(1)

    const before = (await entriesOf(focal, matter)).length
    const other = newId<ActionId>()
    const thought = { status: 'contemplated', text: null } as const
    for (const [tried, code] of [
      [
        () =>
          focal.call(api.rescheduleAction, {
            ...at,
            body: { ...schedule, due: '2025-12-31' as Day },
          }),
        'action.due-passed',
      ],
      [() => plan(focal, matter, { ...thought, office: accused.post }), 'action.office-excluded'],
      [() => plan(focal, matter, { ...thought, office: newId() }), 'post.not-found'],
      [() => plan(focal, matter, { ...thought, card: 'Z99' }), 'request.invalid'],
      [
        () => plan(focal, matter, { ...thought, start: later, due: '2026-03-01' as Day }),
        'request.invalid',
      ],
      [() => plan(focal, matter, { status: 'decided', text: null }), 'request.invalid'],
      [
        () => plan(focal, matter, { ...thought, authorisation: { symbol: 'S/1', paragraph: '1' } }),
        'request.invalid',
      ],
      [
        () => focal.call(api.moveAction, { ...at, body: { to: 'decided', text: null } }),
        'action.cannot-move',
      ],
      [
        () => focal.call(api.moveAction, { ...at, body: { to: 'done', text: null } }),
        'request.invalid',
      ],
      [
        () =>
          focal.call(api.moveAction, {
            params: { action: other },
            body: { to: 'done', text: 'x' },
          }),
        'action.not-found',
      ],
      [
        () =>
          focal.call(api.reportProgress, {
            ...at,
            body: { id: newId(), what: 'x', next: null, evidence: [newId<never>()] },
          }),
        'action.evidence-unknown',
      ],
    ] as const) {
      await expect(tried()).rejects.toMatchObject({ code })
    }
    expect(await entriesOf(focal, matter)).toHaveLength(before)
    expect((await planOf(focal, matter)).actions).toHaveLength(1)

    // Whoever may not read the matter finds nothing; whoever reads it changes nothing.
    const neighbour = await node.as('focal-point', 'elsewhere')
    await expect(planOf(neighbour, matter)).rejects.toMatchObject({ code: 'matter.not-found' })
    const foreign = neighbour.call(api.moveAction, { ...at, body: { to: 'stopped', text: 'x' } })
    await expect(foreign).rejects.toMatchObject({ code: 'action.not-found' })
    expect((await neighbour.call(api.listPlans, { query: everything })).total).toBe(0)
    const reader = await node.as('reader')
    expect((await planOf(reader, matter)).actions).toHaveLength(1)
    await expect(
      reader.call(api.moveAction, { ...at, body: { to: 'stopped', text: 'x' } }),
    ).rejects.toMatchObject({ code: 'permission.denied' })
    const { limit: _, offset: __, ...query } = everything
    const table = await reader.call(api.exportPlans, { query })
    expect(table).toContain('Posts in both towns,in-execution')
  })
})

const everything = {
  status: 'all',
  due: 'any',
  exercise: false,
  limit: 50,
  offset: 0,
} as const
