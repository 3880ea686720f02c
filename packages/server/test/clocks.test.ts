import * as clocks from '@tocsin/api/clocks.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { type ClockSettings, defaultClockSettings } from '@tocsin/domain/service-clock.ts'
import { describe, expect, test } from 'vitest'
import {
  type Authority,
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
import { plan } from './test-matters.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

const officesWith = (
  of: Partial<Record<keyof ClockSettings['offices'], Authority>>,
): ClockSettings => ({
  ...structuredClone(defaultClockSettings),
  offices: {
    ...defaultClockSettings.offices,
    ...Object.fromEntries(Object.entries(of).map(([office, { post }]) => [office, post])),
  },
})

async function setClocks(focal: TestPerson, settings: ClockSettings): Promise<void> {
  await stepUp(focal)
  await focal.call(docket.setClockSettings, { body: settings as never })
}

/** A node with a focal point who has warned one authority of a matter. */
async function warned(
  level: 3 | 4 | 5 = 3,
  settings: (node: TestNode) => Promise<ClockSettings> = async () => defaultClockSettings,
) {
  const { messages, channel } = keeping()
  const node = await startTestNode({ channels: { 'e-mail': channel } })
  const focal = await node.as('focal-point')
  const police = await addAuthority(node, 'Police')
  await hold(node, police, 'Police deputy', 'alternate')
  await setClocks(focal, await settings(node))
  const matter = await openMatter(focal)
  const written = await draft(focal, matter, draftFor([police], level))
  if (level > 3) await sign(await node.as('analyst'), written)
  await sign(focal, written)
  await until(() => messages.length > 0)
  return { node, focal, police, matter, messages, token: tokenIn(messages[0]) }
}

const by = { name: 'A. Chief', office: 'Police' }

async function decide(node: TestNode, token: string): Promise<void> {
  const params = { token }
  const body = { reaction: 'act' as const, note: null, ...by }
  await node.visitor(warnings.acknowledgeLetter, { params, body })
  const answer = { outcome: 'decided' as const, text: 'Posts in both towns.', ...by }
  await node.visitor(warnings.answerLetter, { params, body: answer })
}

const stepsIn = async (focal: TestPerson, matter: Parameters<typeof entriesOf>[1]) =>
  (await entriesOf(focal, matter)).filter(({ kind }) => kind.startsWith('clock.'))

describe('an outage', () => {
  test('is made good at once and in order, and every rung says that it is late until somebody answers for it', async () => {
    const { node, focal, matter, messages } = await warned(3, async (of) =>
      officesWith({
        'minister-office': await addAuthority(of, 'Cabinet'),
        'regional-desk': await addAuthority(of, 'Desk'),
      }),
    )
    const stranger = await node.as('focal-point', 'elsewhere')
    // Nobody looks for 40 hours: the deputy, the minister's office and the desk were due meanwhile.
    node.advance(40 * HOUR)
    await until(() => messages.length === 4)
    await comeBack(focal)
    const told = await stepsIn(focal, matter)
    expect(told.map(({ facts }) => facts['tell'])).toEqual([
      'deputy',
      'minister-office',
      'regional-desk',
    ])
    const start = '2026-01-01T00:00:00.000Z' as Instant
    for (const [index, hours] of [6, 24, 36].entries()) {
      expect(told[index]?.facts['due']).toBe(addMilliseconds(start, hours * HOUR))
      expect(told[index]?.facts['told']).toBe(addMilliseconds(start, 40 * HOUR))
    }
    const { missed } = await focal.call(clocks.getClockOverview, {})
    expect(missed.map(({ tell }) => tell)).toEqual(['deputy', 'minister-office', 'regional-desk'])
    const rowOf = async () => (await focal.call(docket.getDocket, { query: {} as never })).rows[0]
    expect((await rowOf())?.missed).toBe(3)

    const params = { matter }
    const rungs = missed.map(({ id }) => id)
    const what = 'The node was down; the deputy was called at once.'
    await focal.call(clocks.answerForMissed, { params, body: { rungs: rungs.slice(0, 2), what } })
    expect((await rowOf())?.missed).toBe(1)
    await expect(
      focal.call(clocks.answerForMissed, { params, body: { rungs, what } }),
    ).rejects.toMatchObject({ code: 'matter.rung-not-missed' })
    const last = (await entriesOf(focal, matter)).at(-1)
    expect(last).toMatchObject({ kind: 'clock.answered-for', text: what })
    expect(last?.facts['rungs']).toHaveLength(2)
    await comeBack(stranger)
    await expect(
      stranger.call(clocks.answerForMissed, { params, body: { rungs: rungs.slice(2), what } }),
    ).rejects.toMatchObject({ code: 'matter.not-found' })
  })
})

describe('what was decided', () => {
  test('is waited for until somebody acts: the addressee is reminded, then the regional desk is told', async () => {
    const { node, focal, matter, messages, token } = await warned(5, async (of) =>
      officesWith({ 'regional-desk': await addAuthority(of, 'Desk') }),
    )
    await decide(node, token)
    const running = async () =>
      (await focal.call(docket.getMatter, { params: { matter } })).clocks.map(({ kind }) => kind)
    expect(await running()).toContain('act')
    node.advance(6 * HOUR)
    await until(() =>
      messages.some(({ to, id }) => to.startsWith('police.head') && !/warned$/.test(id)),
    )
    node.advance(6 * HOUR)
    await until(() => messages.some(({ to }) => to.startsWith('desk.head')))
    await comeBack(focal)
    const acts = (await stepsIn(focal, matter)).filter(({ facts }) => facts['clock'] === 'act')
    expect(acts.map(({ kind, facts }) => [kind, facts['tell']])).toEqual([
      ['clock.escalated', 'addressee'],
      ['clock.escalated', 'regional-desk'],
    ])
    await plan(focal, matter)
    expect(await running()).not.toContain('act')
  })
})

describe('a route that leads to the accused', () => {
  test('is bypassed: the office named for it is told, the record says why, the accused hears nothing', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const accused = await addAuthority(node, 'Accused')
    const rights = await addAuthority(node, 'Rights')
    await setClocks(focal, officesWith({ 'minister-office': accused, bypass: rights }))
    const matter = await openMatter(focal, [accused.organisation])
    await sign(focal, await draft(focal, matter, draftFor([police])))
    node.advance(24 * HOUR)
    await until(() => messages.some(({ to }) => to.startsWith('rights.head')))
    await comeBack(focal)
    const bypassed = (await stepsIn(focal, matter)).find(({ facts }) => facts['bypassed'])
    expect(bypassed?.facts).toMatchObject({
      tell: 'minister-office',
      office: 'Head of Rights, Rights',
      bypassed: 'accused',
    })
    expect(messages.filter(({ to }) => to.startsWith('accused'))).toEqual([])
  })

  test('is told to nobody where the bypass office is accused too, and stands as missed', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const accused = await addAuthority(node, 'Accused')
    await setClocks(focal, officesWith({ 'minister-office': accused, bypass: accused }))
    const matter = await openMatter(focal, [accused.organisation])
    await sign(focal, await draft(focal, matter, draftFor([police])))
    node.advance(24 * HOUR)
    const missed = async () =>
      (await focal.call(docket.getMatter, { params: { matter } })).steps.filter((one) => one.missed)
    await comeBack(focal)
    await until(async () => (await missed()).some(({ reason }) => reason === 'accused'))
    expect(messages.filter(({ to }) => to.startsWith('accused'))).toEqual([])
  })
})

describe("the organisation's own clocks", () => {
  test('take offices that it may write to and no others, and level 4 never waits for office hours', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const stranger = { ...(await addAuthority(node, 'Police')), post: focal.person as never }
    await expect(setClocks(focal, officesWith({ bypass: stranger }))).rejects.toMatchObject({
      code: 'request.invalid',
    })
    const slow = structuredClone(defaultClockSettings) as { levels: Record<number, object> }
    slow.levels[4] = { ...slow.levels[4], inWorkingTime: true }
    await expect(setClocks(focal, slow as never)).rejects.toMatchObject({ code: 'request.invalid' })
    const { set, settings } = await focal.call(clocks.getClockOverview, {})
    expect(set).toBeNull()
    expect(settings).toEqual(defaultClockSettings)
  })
})
