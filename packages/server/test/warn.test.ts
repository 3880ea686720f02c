import * as docket from '@tocsin/api/docket.ts'
import * as reports from '@tocsin/api/reports.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { PostId } from '@tocsin/domain/people.ts'
import type { ReportId } from '@tocsin/domain/report.ts'
import { defaultClockSettings } from '@tocsin/domain/service-clock.ts'
import { describe, expect, test } from 'vitest'
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
import { startTestNode } from './test-node.ts'
import { stepUp } from './test-people.ts'

describe('a warning', () => {
  test('goes from a report to an answer, and everything stands on the record', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const deputy = await hold(node, police, 'Police deputy', 'alternate')
    const ministry = await addAuthority(node, 'Ministry')
    const matter = await openMatter(focal)
    await focal.call(reports.fileReport, {
      body: {
        id: newId<ReportId>(),
        matter,
        kind: 'incident',
        what: 'Chalk marks on doors in two streets of one town.',
        fromDay: DAY,
        untilDay: DAY,
        country: null,
        place: 'Lower Corve',
        precision: 'half-degree',
        groups: 'Sarrin',
        harm: {},
        sourceGrade: 'B',
        informationGrade: '2',
        marking: 'TLP:AMBER+STRICT',
        someoneAtRisk: true,
        isExercise: false,
      },
    })
    const written = await draft(focal, matter, draftFor([police, ministry]))
    const preview = await focal.call(warnings.getWarning, { params: { warning: written.warning } })
    expect(preview.faults).toEqual([])
    expect(preview.audience.recipients.map(({ name }) => name)).toEqual([
      'Police head',
      'Ministry head',
    ])
    expect(await sign(focal, written)).toEqual({ state: 'sent', told: 2 })
    await until(() => messages.length === 2)
    const text = messages.map(({ subject, text: said }) => subject + said).join(' ')
    for (const word of ['Corve', 'Sarrin', 'Houses', 'marked']) expect(text).not.toContain(word)

    const token = tokenIn(messages.find(({ to }) => to.startsWith('ministry')))
    const letter = await node.visitor(warnings.openLetter, { params: { token } })
    expect(letter).toMatchObject({ state: 'waiting', level: 3, content: null })
    const name = 'A. Minister'
    const office = 'Interior'
    await node.visitor(warnings.acknowledgeLetter, {
      params: { token },
      body: { reaction: 'verify', note: 'We verify with the governor.', name, office },
    })
    const answer = {
      outcome: 'decided' as const,
      text: 'Police posts in both towns.',
      name,
      office,
    }
    await node.visitor(warnings.answerLetter, { params: { token }, body: answer })

    // The police say nothing: the deputy is told at a quarter of the time, and not before.
    node.advance(6 * HOUR - 1)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(messages).toHaveLength(2)
    node.advance(1)
    await until(() => messages.length === 3)
    expect(messages[2]?.to).toBe('police.deputy@authority.example')
    expect(deputy).toBeDefined()
    await comeBack(focal)
    const kinds = (await entriesOf(focal, matter)).map(({ kind }) => kind)
    expect(kinds).toEqual([
      'matter.opened',
      'report.attached',
      'warning.sent',
      'notification.opened',
      'notification.acknowledged',
      'notification.answered',
      'clock.escalated',
    ])
    const { rows } = await focal.call(docket.getDocket, { query: {} as never })
    expect(rows[0]).toMatchObject({
      level: 3,
      clock: { kind: 'acknowledge', waitingFor: 'Police' },
    })
  })

  test('passes over rungs where nobody stands, says so, and tells the next at once', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const office = await addAuthority(node, 'Cabinet')
    const accused = await addAuthority(node, 'Accused desk')
    await stepUp(focal)
    await focal.call(docket.setClockSettings, {
      body: {
        ...structuredClone(defaultClockSettings),
        offices: {
          'minister-office': accused.post,
          'regional-desk': office.post,
          'un-desk': null,
        },
      } as never,
    })
    const matter = await openMatter(focal, [accused.organisation])
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await until(() => messages.length === 1)
    node.advance(6 * HOUR)
    // No deputy, then the accused minister's office: passed over; the regional desk is told at once.
    await until(() => messages.length === 2)
    expect(messages[1]?.to).toBe('cabinet.head@authority.example')
    // Told of the silence, and never handed the link by which the police themselves answer.
    expect(messages[1]?.text).toContain('did not come in time')
    expect(messages[1]?.text).not.toContain('Police')
    expect(tokenIn(messages[1])).toBe('')
    await comeBack(focal)
    const entries = await entriesOf(focal, matter)
    const steps = entries.filter(({ kind }) => kind.startsWith('clock.'))
    expect(steps.map(({ kind, facts }) => [kind, facts['tell'], facts['reason'] ?? null])).toEqual([
      ['clock.skipped', 'deputy', 'no-deputy'],
      ['clock.skipped', 'minister-office', 'accused'],
      ['clock.escalated', 'regional-desk', null],
    ])
  })

  test('takes two persons from level 4 on, the last of them a focal point', async () => {
    const node = await startTestNode()
    const [focal, analyst] = [await node.as('focal-point'), await node.as('analyst')]
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(analyst)
    const written = await draft(analyst, matter, draftFor([police], 4))
    expect(await sign(analyst, written)).toEqual({ state: 'waiting', told: 0 })
    await expect(sign(analyst, written)).rejects.toMatchObject({ code: 'warning.signed-already' })
    // A changed draft is unsigned again.
    const changed = { ...draftFor([police], 4), subject: 'Homes marked' }
    const { sha256 } = await analyst.call(warnings.saveWarning, {
      params: { warning: written.warning },
      body: { matter, draft: changed, replaces: null, read: written.sha256 },
    })
    await expect(sign(focal, written)).rejects.toMatchObject({ code: 'warning.changed' })
    const again = { warning: written.warning, sha256 }
    expect(await sign(focal, again)).toEqual({ state: 'waiting', told: 0 })
    await expect(sign(analyst, again)).rejects.toMatchObject({ code: 'warning.needs-focal-point' })
  })

  test('is not sent while it lacks what its level needs, or to those who must not be told', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const accused = await addAuthority(node, 'Accused')
    const matter = await openMatter(focal, [accused.organisation])
    const nobody = { ...police, post: newId<PostId>() }
    const text = draftFor([police, accused, nobody])
    const lacking = {
      ...text,
      options: [],
      scenarios: text.scenarios.slice(0, 2),
      expiresAt: '2025-12-31T00:00:00.000Z' as Instant,
    }
    const written = await draft(focal, matter, lacking)
    const { faults } = await focal.call(warnings.getWarning, {
      params: { warning: written.warning },
    })
    expect([...faults].sort()).toEqual([
      'addressee-excluded',
      'addressee-unknown',
      'expired',
      'no-option',
      'scenarios-incomplete',
      'scenarios-not-100',
    ])
    await expect(sign(focal, written)).rejects.toMatchObject({ code: 'warning.incomplete' })
    expect((await entriesOf(focal, matter)).map(({ kind }) => kind)).toEqual(['matter.opened'])
  })
})

describe('the link of a notice', () => {
  test('acknowledges once, by a person, and opens nothing else', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await until(() => messages.length === 1)
    const token = tokenIn(messages[0])
    const by = { name: 'A. Chief', office: 'Police' }
    // A scanner that looks ahead reads, and marks nothing.
    await node.visitor(warnings.readLetter, { params: { token } })
    expect((await entriesOf(focal, matter)).at(-1)?.kind).toBe('warning.sent')
    const answer = { outcome: 'declined' as const, text: 'Not competent.', ...by }
    const ask = (given: string) =>
      node.visitor(warnings.answerLetter, { params: { token: given }, body: answer })
    await expect(ask(token)).rejects.toMatchObject({ code: 'letter.not-acknowledged' })
    const acknowledge = (given: string) =>
      node.visitor(warnings.acknowledgeLetter, {
        params: { token: given },
        body: { reaction: 'monitor', note: null, ...by },
      })
    const forged = token.slice(0, 63) + (token.endsWith('0') ? '1' : '0')
    await expect(acknowledge(forged)).rejects.toMatchObject({ code: 'letter.not-valid' })
    expect(await acknowledge(token)).toMatchObject({ state: 'acknowledged', reaction: 'monitor' })
    await expect(acknowledge(token)).rejects.toMatchObject({ code: 'letter.acknowledged' })
    await ask(token)
    await expect(ask(token)).rejects.toMatchObject({ code: 'letter.answered' })
    for (const code of ['000000', '000001', '000002', '000003', '000004']) {
      await expect(
        node.visitor(warnings.unsealLetter, { params: { token }, body: { code } }),
      ).rejects.toMatchObject({ code: 'letter.wrong-code' })
    }
    await expect(
      node.visitor(warnings.unsealLetter, { params: { token }, body: { code: '000005' } }),
    ).rejects.toMatchObject({ code: 'letter.locked' })
    node.advance(400 * 24 * HOUR)
    await expect(acknowledge(token)).rejects.toMatchObject({ code: 'letter.expired' })
  })
})
