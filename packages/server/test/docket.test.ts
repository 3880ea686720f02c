import * as docket from '@tocsin/api/docket.ts'
import * as reports from '@tocsin/api/reports.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import type { Day, OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ReportId } from '@tocsin/domain/report.ts'
import { defaultClockSettings } from '@tocsin/domain/service-clock.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import {
  addAuthority,
  comeBack,
  draft,
  draftFor,
  HOUR,
  keeping,
  sign,
  tokenIn,
  until,
} from './test-docket.ts'
import { startTestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

type Opening = {
  readonly title?: string
  readonly isExercise?: boolean
  readonly audience?: OrganisationId[]
}

async function open({ call }: TestPerson, opening: Opening = {}): Promise<MatterId> {
  const id = newId<MatterId>()
  const matter = { title: 'Houses marked', isExercise: false, audience: [], ...opening }
  await call(docket.openMatter, {
    body: {
      id,
      summary: 'Homes of one community marked.',
      country: null,
      place: 'Lower Corve',
      marking: 'TLP:AMBER+STRICT',
      excluded: [],
      ...matter,
    },
  })
  return id
}

const assess = ({ call }: TestPerson, matter: MatterId, level: 1 | 3 | 4) =>
  call(docket.assessMatter, {
    params: { matter },
    body: { level, confidence: 'moderate', reasons: 'Residents agree.' },
  })

async function file({ call }: TestPerson, isExercise = false): Promise<void> {
  const day = '2026-01-01' as Day
  await call(reports.fileReport, {
    body: {
      id: newId<ReportId>(),
      matter: null,
      kind: 'incident',
      what: 'Chalk marks on doors.',
      fromDay: day,
      untilDay: day,
      country: null,
      place: null,
      precision: null,
      groups: null,
      harm: {},
      sourceGrade: 'B',
      informationGrade: '2',
      marking: 'TLP:AMBER',
      someoneAtRisk: false,
      isExercise,
    },
  })
}

const read = ({ call }: TestPerson, exercise = false) =>
  call(docket.getDocket, { query: { exercise, rows: 200 } })

describe('the docket', () => {
  test('puts each matter into the part of its first clock, and counts them as it shows them', async () => {
    const { channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const analyst = await node.as('analyst')
    const reader = await node.as('reader')
    const police = await addAuthority(node, 'Police')
    const late = await open(focal, { title: 'Late' })
    await assess(focal, late, 3)
    node.advance(7 * 24 * HOUR + HOUR)
    await comeBack(focal)
    const warned = await open(focal, { title: 'Warned' })
    const text = { ...draftFor([police], 4), expiresAt: '2026-02-11T00:00:00.000Z' as never }
    const draftOfTwo = await draft(focal, warned, text)
    const standing = await open(focal, { title: 'Standing' })
    await assess(focal, standing, 1)
    const hasty = await open(focal, { title: 'Hasty' })
    const oneSigns = { ...draftFor([police], 3), expiresAt: '2026-02-11T00:00:00.000Z' as never }
    await sign(focal, await draft(focal, hasty, oneSigns))
    node.advance(10 * HOUR)
    await comeBack(focal)
    const { rows, counts, morning, names } = await read(focal)
    expect(rows.map(({ title, part }) => [title, part])).toEqual([
      ['Late', 'over-time'],
      ['Hasty', 'later'],
      ['Warned', 'standing'],
      ['Standing', 'standing'],
    ])
    expect(counts).toEqual({ 'over-time': 1, today: 0, later: 1, standing: 2 })
    expect(names).toEqual({})
    // A draft to sign, a review over time: what needs the focal point, in this order.
    expect(morning.now.map(({ kind, matter }) => [kind, matter])).toEqual([
      ['sign', warned],
      ['review', late],
    ])
    expect(morning.later).toEqual([])
    expect((await focal.call(docket.countDue, {})).due).toBe(1)
    // Today ends in the organisation's own time zone, not in UTC.
    await stepUp(focal)
    const calendar = { ...defaultClockSettings.calendar, timeZone: 'Pacific/Honolulu' }
    await focal.call(docket.setClockSettings, { body: { ...defaultClockSettings, calendar } })
    const there = await read(focal)
    expect(there.rows.find(({ title }) => title === 'Hasty')?.part).toBe('today')
    expect(there.counts).toEqual({ 'over-time': 1, today: 1, later: 0, standing: 2 })
    expect((await focal.call(docket.countDue, {})).due).toBe(2)
    expect(there.morning.now.map(({ kind }) => kind)).toEqual(['sign', 'review', 'chase'])

    // Whoever has signed is not asked again; who returns it asks its writer.
    await comeBack(analyst)
    await sign(analyst, draftOfTwo)
    const needs = await read(analyst)
    expect(needs.morning.now.map(({ kind }) => kind)).toEqual(['chase'])
    const signed = needs.rows.find(({ title }) => title === 'Warned')?.draft
    expect(signed).toMatchObject({ signatures: 1, signaturesNeeded: 2, isReturned: false })
    await analyst.call(warnings.returnWarning, {
      params: { warning: draftOfTwo.warning },
      body: { reasons: 'One street, not two.' },
    })
    const returned = (await read(focal)).morning.now.map(({ kind }) => kind)
    expect(returned).toContain('amend')
    expect(returned).not.toContain('sign')
    await comeBack(reader)
    expect((await read(reader)).morning).toEqual({ now: [], later: [] })
  })

  test('says whom nobody stands in for, and when anybody is told next', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    await assess(focal, await open(focal), 3)
    const { rows, nextEscalation } = await read(focal)
    // The review's only rung names the regional desk, and no office is set for it.
    expect(rows[0]?.clock?.nextStep?.tell).toBe('regional-desk')
    expect(rows[0]?.tellsNobody).toBe(true)
    expect(nextEscalation).toBe('2026-01-08T00:00:00.000Z')
    const desk = await addAuthority(node, 'River Union desk')
    await stepUp(focal)
    const offices = { ...defaultClockSettings.offices, 'regional-desk': desk.post }
    await focal.call(docket.setClockSettings, { body: { ...defaultClockSettings, offices } })
    expect((await read(focal)).rows[0]?.tellsNobody).toBe(false)
  })

  test('counts what came in since the day before, and asks to sort loose reports', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await open(focal)
    await sign(focal, await draft(focal, matter, draftFor([police])))
    await until(() => messages.length > 0)
    await node.visitor(warnings.acknowledgeLetter, {
      params: { token: tokenIn(messages[0]) },
      body: { reaction: 'verify', note: null, name: 'A. Chief', office: 'Director' },
    })
    await file(focal)
    await file(focal)
    await file(focal, true)
    const { news, morning } = await read(focal)
    expect(news).toMatchObject({ reports: 2, acknowledgements: 1, decisions: 0 })
    expect(morning.now).toMatchObject([{ kind: 'triage', count: 2, minutes: 2 }])
    expect((await read(focal, true)).morning.now).toMatchObject([{ kind: 'triage', count: 1 }])
    node.advance(25 * HOUR)
    await comeBack(focal)
    expect((await read(focal)).news).toMatchObject({ reports: 0, acknowledgements: 0 })
  })

  test('never holds a drill beside what is real, and both may have the same number', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    await open(focal, { title: 'Real' })
    await open(focal, { title: 'Drill', isExercise: true })
    const [real, drill] = [await read(focal), await read(focal, true)]
    expect(real.rows.map(({ title, number }) => [title, number])).toEqual([['Real', 1]])
    expect(drill.rows.map(({ title, number }) => [title, number])).toEqual([['Drill', 1]])
    expect(real.counts.standing).toBe(1)
    expect(drill.counts.standing).toBe(1)
  })

  test('shows what is shared by others under their name, without asking anything of the reader', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const neighbour = await node.as('focal-point', 'elsewhere')
    const audience = [neighbour.organisation]
    const shared = await open(focal, { title: 'Shared', audience })
    await assess(focal, shared, 3)
    await open(focal, { title: 'Own' })
    node.advance(8 * 24 * HOUR)
    await comeBack(neighbour)
    const there = await read(neighbour)
    expect(there.rows.map(({ title }) => title)).toEqual(['Shared'])
    expect(there.names).toEqual({ [focal.organisation]: 'Ministry of Rivers' })
    expect(there.counts['over-time']).toBe(1)
    expect(there.morning).toEqual({ now: [], later: [] })
    expect(there.rows[0]?.tellsNobody).toBe(false)
  })

  test('of more than two hundred matters shows the first to run out and counts them all', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    await open(focal, { title: 'First' })
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    await owner.query(
      `insert into matter (id, organisation, audience, excluded, year, number, title, summary, level,
        marking, is_exercise, opened_at, review_by, due_at, due_kind)
      select made.id, organisation, '{}', '{}', 2026, n + 1, 'M' || n, 'M', 2, marking, false,
        opened_at, review_by, opened_at + n * interval '1 minute', 'review'
      from matter, unnest($1::uuid[]) with ordinality as made (id, n)`,
      [Array.from({ length: 250 }, () => newId())],
    )
    await owner.end()
    const { rows, counts } = await read(focal)
    expect(rows).toHaveLength(200)
    expect(rows.map(({ title }) => title).slice(0, 2)).toEqual(['M1', 'M2'])
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(251)
    expect((await focal.call(docket.countDue, {})).due).toBe(100)
  })

  test('is where the root leads those who work on matters, and nobody else', async () => {
    const node = await startTestNode()
    const lead = async (person: TestPerson) => {
      const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(`${node.url}/`, { headers: { cookie }, redirect: 'manual' })
      return answer.headers.get('location')
    }
    expect(await lead(await node.as('focal-point'))).toBe('/docket')
    expect(await lead(await node.as('administrator'))).toBe('/world')
  })
})
