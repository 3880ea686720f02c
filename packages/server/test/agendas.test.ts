import * as api from '@tocsin/api/agendas.ts'
import * as approvals from '@tocsin/api/approvals.ts'
import * as consultations from '@tocsin/api/consultations.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as people from '@tocsin/api/people.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import type { Day, OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ItemAnswer } from '@tocsin/domain/organ-agenda.ts'
import type { HoldingId, PostId } from '@tocsin/domain/people.ts'
import type { OrganId } from '@tocsin/domain/trigger-rule.ts'
import { describe, expect, test } from 'vitest'
import { convening, roomOf } from './test-consultations.ts'
import {
  addAuthority,
  comeBack,
  DAY,
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
import { assessment } from './test-matters.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { invite, stepUp, type TestPerson } from './test-people.ts'

/** A regional organisation on the node, whose officer set up an organ with an office that is held. */
async function withOrgan(node: TestNode) {
  const administrator = await node.as('administrator')
  const organisation = newId<OrganisationId>()
  const kind = 'regional-organisation'
  await administrator.call(people.addOrganisation, {
    body: { id: organisation, name: 'Confederation', kind, country: null },
  })
  const who = { organisation, roles: ['focal-point' as const] }
  const secretary = await invite(node.url, administrator, { name: 'Secretary', ...who })
  const second = await invite(node.url, administrator, { name: 'Second officer', ...who })
  const post = newId<PostId>()
  await secretary.call(people.addPost, { body: { id: post, organisation, title: 'Secretariat' } })
  const spell = { capacity: 'main' as const, fromDay: DAY, untilDay: null }
  await administrator.call(people.appoint, {
    body: { id: newId<HoldingId>(), post, person: secretary.person, ...spell },
  })
  const organ = newId<OrganId>()
  const params = { organ }
  const body = { name: 'Peace Council', body: 'CFR', office: post }
  await secretary.call(api.setUpOrgan, { params, body })
  return { organ, organisation, post, secretary, second }
}

type Level = 0 | 1 | 2 | 3 | 4 | 5
const judge = ({ call }: TestPerson, matter: MatterId, level: Level) =>
  call(docket.assessMatter, { params: { matter }, body: { ...assessment, level } })

const agendaOf = async ({ call }: TestPerson, organ: OrganId, show?: 'answered') =>
  (
    await call(api.readAgenda, {
      params: { organ },
      query: { show: show ?? 'standing', exercise: false },
    })
  ).items

async function answer(who: TestPerson, item: string, body: ItemAnswer, id = newId<string>()) {
  await stepUp(who)
  await who.call(api.answerItem, { params: { item: item as never, answer: id }, body })
}

const said = { text: 'Not within our mandate.', lateReasons: null }

describe('an organ', () => {
  test('is obliged by a level, reminded, asked for reasons, puts off, and answers', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const { organ, organisation, secretary, second } = await withOrgan(node)
    const focal = await node.as('focal-point')
    const shared = await openMatter(focal, [], [organisation])
    const own = await openMatter(focal)
    for (const matter of [shared, own]) await judge(focal, matter, 4)
    node.advance(2 * 24 * HOUR + 60_000)
    await comeBack(secretary)
    await until(async () => (await agendaOf(secretary, organ)).length > 0)
    const [item] = await agendaOf(secretary, organ)
    // What it may not read obliges it to nothing, and nobody is shown it there.
    expect(await agendaOf(secretary, organ)).toHaveLength(1)
    expect(item).toMatchObject({ matter: shared, state: 'open', grounds: [{ about: null }] })
    expect(item?.grounds[0]?.condition).toMatchObject({ kind: 'level', least: 4 })
    if (!item) throw new Error('nothing on the agenda')

    node.advance(2 * 24 * HOUR + 60_000)
    await comeBack(secretary)
    await until(async () => (await agendaOf(secretary, organ))[0]?.reasonsAskedAt !== null)
    expect(await agendaOf(secretary, organ)).toMatchObject([{ id: item.id, state: 'overdue' }])

    await comeBack(focal)
    const opened = await focal.call(docket.getMatter, { params: { matter: shared } })
    expect(opened.clocks.map(({ kind, waitingFor }) => [kind, waitingFor])).toContainEqual([
      'decide',
      'Peace Council',
    ])
    const mine = await focal.call(api.listAgendasOf, { params: { matter: shared } })
    expect(mine.items).toMatchObject([{ organName: 'Peace Council', state: 'overdue' }])
    const hidden = secretary.call(api.listAgendasOf, { params: { matter: own } })
    await expect(hidden).rejects.toMatchObject({ code: 'matter.not-found' })

    // Whoever owns the matter does not speak for the organ.
    const foreign = answer(focal, item.id, { outcome: 'declined', ...said, lateReasons: 'None.' })
    await expect(foreign).rejects.toMatchObject({ code: 'permission.denied' })
    const silent = answer(secretary, item.id, { outcome: 'declined', ...said })
    await expect(silent).rejects.toMatchObject({
      code: 'request.invalid',
      details: { issues: [{ path: 'lateReasons' }] },
    })
    const tomorrow = '2026-01-06' as Day
    const off = { outcome: 'deferred', text: 'The envoy reports.', until: tomorrow } as const
    const again = newId<string>()
    for (const _ of ['once', 'again']) {
      await answer(secretary, item.id, { ...off, lateReasons: 'No quorum.' }, again)
    }
    expect(await agendaOf(secretary, organ)).toMatchObject([
      { state: 'deferred', deferredUntil: tomorrow, answers: [{ by: 'Secretary' }] },
    ])
    node.advance(24 * HOUR)
    await comeBack(second)
    await until(async () => (await agendaOf(second, organ))[0]?.state === 'open')
    await answer(second, item.id, {
      outcome: 'decided',
      text: 'An envoy leaves.',
      lateReasons: null,
    })
    const twice = answer(second, item.id, { outcome: 'declined', ...said })
    await expect(twice).rejects.toMatchObject({ code: 'agenda.answered' })
    expect(await agendaOf(second, organ)).toEqual([])
    expect(await agendaOf(second, organ, 'answered')).toMatchObject([{ state: 'decided' }])

    // A week at level 3 or above does not put it there again: the organ has answered.
    await comeBack(focal)
    const later = await openMatter(focal, [], [organisation])
    await judge(focal, later, 3)
    node.advance(8 * 24 * HOUR)
    await comeBack(second)
    await until(async () => (await agendaOf(second, organ)).length > 0)
    expect((await agendaOf(second, organ)).map(({ matter }) => matter)).toEqual([later])
    await comeBack(focal)
    const entries = await entriesOf(focal, shared)
    const kinds = entries.map(({ kind }) => kind).filter((kind) => kind.startsWith('agenda.'))
    expect(kinds).toEqual([
      'agenda.tabled',
      'agenda.reasons-asked',
      'agenda.deferred',
      'agenda.returned',
      'agenda.answered',
    ])
    const last = entries.findLast(({ kind }) => kind === 'agenda.answered')
    const { stamps } = await focal.call(docket.getMatter, { params: { matter: shared } })
    expect(stamps.T5).toBe(last?.at)
    expect(last).toMatchObject({ text: 'An envoy leaves.', by: { name: 'Second officer' } })
    for (const { subject, text } of messages) {
      expect(`${subject} ${text}`).not.toMatch(/Houses|Corve|envoy/)
    }
  })

  test('is asked for reasons when a consultation goes on without a decision', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const { organ, organisation, secretary } = await withOrgan(node)
    const matter = await openMatter(focal, [], [organisation])
    await judge(focal, matter, 2)
    await stepUp(focal)
    const body = convening([organisation])
    await focal.call(consultations.convene, { params: { matter }, body })
    node.advance(7 * 24 * HOUR + 60_000)
    await comeBack(secretary)
    await until(async () => (await agendaOf(secretary, organ)).length > 0)
    const [item] = await agendaOf(secretary, organ)
    expect(item?.grounds).toMatchObject([{ condition: { kind: 'consultation' } }])
    // The matter may be read by others than are in the room.
    expect(item?.grounds[0]?.about).toBe('C-2026/1')
    expect(item).toMatchObject({ state: 'open', reasonsAskedAt: item?.tabledAt })
    // Whoever is in the room reads so there, on whatever node.
    const { room } = await roomOf(secretary, body.id)
    expect(room.agenda.at(-1)).toMatchObject({
      ...{ title: 'Peace Council: Joint presence at the Marrow border posts', asks: 'reasons' },
      settled: null,
    })
  })

  test('takes up what an authority declined, and tells its office no more than that', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const { organ, organisation, post, secretary } = await withOrgan(node)
    await hold(node, { post, organisation }, 'Duty desk', 'acting')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal, [], [organisation])
    await sign(focal, await draft(focal, matter, draftFor([police])))
    const told = (whom: string) => messages.filter(({ to }) => to.startsWith(whom))
    await until(() => told('police.head').length > 0)
    const params = { token: tokenIn(told('police.head')[0]) }
    const by = { name: 'P. Head', office: 'Head of Police' }
    await node.visitor(warnings.acknowledgeLetter, {
      params,
      body: { reaction: 'disagree', note: null, ...by },
    })
    const body = { outcome: 'declined' as const, text: 'A criminal matter.', ...by }
    await node.visitor(warnings.answerLetter, { params, body })
    node.advance(60_000)
    await until(async () => (await agendaOf(secretary, organ)).length > 0)
    const [item] = await agendaOf(secretary, organ)
    expect(item?.grounds).toMatchObject([{ about: 'Police', condition: { kind: 'answer' } }])
    await until(() => told('duty.desk').length > 0)
    expect(told('duty.desk')[0]?.text).toContain(`/agendas/${organ}`)
    expect(JSON.stringify(told('duty.desk'))).not.toMatch(/Houses|Corve|Police|criminal/)
    // What the organ answers is a decision in the record of whoever is seized of the matter.
    await answer(secretary, item?.id ?? '', { outcome: 'declined', ...said })
    const entries = await entriesOf(focal, matter)
    expect(entries.at(-1)).toMatchObject({
      ...{ kind: 'agenda.answered', text: said.text },
      by: { name: 'Secretary', organisationName: 'Confederation' },
    })
  })

  test('has rules that everybody reads, and that two of its officers change', async () => {
    const node = await startTestNode()
    const { organ, secretary, second } = await withOrgan(node)
    const reader = await node.as('reader')
    const rulesOf = async (who: TestPerson) =>
      (await who.call(api.readRules, { params: { organ } })).rules
    const rules = await rulesOf(reader)
    expect(rules).toHaveLength(6)
    const rule = rules[0]?.rule
    if (!rule) throw new Error('no rule')
    const condition = { kind: 'level', least: 2, hours: 0, unlessDecided: false } as const
    const body = { condition, answerHours: 24, isInForce: true, read: 1, reasons: 'Earlier.' }
    const params = { organ, rule }
    const focal = await node.as('focal-point')
    await stepUp(focal)
    const foreign = focal.call(api.setRule, { params, body })
    await expect(foreign).rejects.toMatchObject({ code: 'permission.denied' })
    await stepUp(secretary)
    const proposed = await secretary.call(api.setRule, { params, body })
    if (proposed.state !== 'waiting') throw new Error('one person changed a rule')
    expect((await rulesOf(reader))[0]?.versions).toHaveLength(1)
    const waiting = await second.call(approvals.listApprovals, {})
    const { sha256 } = waiting.find(({ id }) => id === proposed.approval) ?? { sha256: '' }
    await stepUp(second)
    await second.call(approvals.approve, {
      params: { approval: proposed.approval },
      body: { sha256: sha256 as never },
    })
    expect((await rulesOf(reader))[0]?.versions).toMatchObject([
      { version: 2, condition, reasons: 'Earlier.', by: 'Second officer', proposedBy: 'Secretary' },
      { version: 1, by: null },
    ])
    const stale = secretary.call(api.setRule, { params, body })
    await expect(stale).rejects.toMatchObject({ code: 'agenda.rule-changed' })
  })
})
