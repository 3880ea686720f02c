import * as approvals from '@tocsin/api/approvals.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as people from '@tocsin/api/people.ts'
import * as settings from '@tocsin/api/settings.ts'
import * as times from '@tocsin/api/times.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import Papa from 'papaparse'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import {
  addAuthority,
  comeBack,
  draft,
  draftFor,
  HOUR,
  keeping,
  openMatter,
  sign,
  tokenIn,
  until,
} from './test-docket.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { invite, stepUp, type TestPerson } from './test-people.ts'

const read = ({ call }: TestPerson, exercise = false) =>
  call(times.getTimes, { query: { exercise } })

const acknowledge = (node: TestNode, token: string) =>
  node.visitor(warnings.acknowledgeLetter, {
    params: { token },
    body: { reaction: 'act', note: null, name: 'A. Chief', office: 'Police' },
  })

describe('how long answers take', () => {
  test('counts the silent, tells each authority apart, and says when it is too early', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const ministry = await addAuthority(node, 'Ministry')
    const empty = await read(focal)
    expect(empty).toMatchObject({ clocks: [], spans: [], from: '2025-01-02', until: '2026-01-01' })
    const matter = await openMatter(focal)
    await sign(focal, await draft(focal, matter, draftFor([police, ministry])))
    await until(() => messages.length === 2)
    node.advance(2 * HOUR)
    await acknowledge(node, tokenIn(messages.find(({ to }) => to.startsWith('police'))))
    node.advance(3 * HOUR)
    await comeBack(focal)
    const rowsOf = ({ clocks }: times.DocketTimes) =>
      clocks.filter(({ clock }) => clock === 'acknowledge')
    const reached = { medianMinutes: 120, p90Minutes: null }
    const two = { n: 2, happened: 1, waiting: 1, ended: 0, level: 3 as const }
    const one = { ...two, n: 1, waiting: 0, medianMinutes: 120, p90Minutes: 120 }
    const nothing = { ...two, n: 1, happened: 0, medianMinutes: null, p90Minutes: null }
    const organisations = [ministry, police].map(({ organisation }) => organisation)
    expect(rowsOf(await read(focal))).toEqual([
      { clock: 'acknowledge', authority: null, ...two, ...reached, inTimePercent: null },
      {
        clock: 'acknowledge',
        authority: { organisation: organisations[0], name: 'Ministry' },
        ...nothing,
        inTimePercent: null,
      },
      {
        clock: 'acknowledge',
        authority: { organisation: organisations[1], name: 'Police' },
        ...one,
        inTimePercent: 100,
      },
    ])
    // When the time of both is over, the silence of one is half.
    node.advance(20 * HOUR)
    await comeBack(focal)
    const later = rowsOf(await read(focal))
    expect(later.map(({ inTimePercent }) => inTimePercent)).toEqual([50, 0, 100])
    // An answer from the ministry after 30 hours makes nine in ten, and is late.
    node.advance(5 * HOUR)
    await acknowledge(node, tokenIn(messages.find(({ to }) => to.startsWith('ministry'))))
    await comeBack(focal)
    expect(rowsOf(await read(focal))[0]).toMatchObject({
      happened: 2,
      waiting: 0,
      medianMinutes: 120,
      p90Minutes: 1800,
      inTimePercent: 50,
    })
    const { spans } = await read(focal)
    expect(spans.find(({ from, to }) => from === 'T3' && to === 'T4')).toMatchObject({
      level: 3,
      n: 1,
      happened: 1,
      medianMinutes: 120,
    })
  })

  test('does not take a withdrawal for an answer', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const matter = await openMatter(focal)
    const written = await draft(focal, matter, draftFor([police]))
    await sign(focal, written)
    node.advance(HOUR)
    await comeBack(focal)
    await stepUp(focal)
    const params = { warning: written.warning }
    await focal.call(warnings.cancelWarning, { params, body: { reasons: 'No longer so.' } })
    const { clocks } = await read(focal)
    for (const clock of ['acknowledge', 'decide'] as const) {
      expect(clocks.find((row) => row.clock === clock)).toMatchObject({
        n: 1,
        happened: 0,
        waiting: 0,
        ended: 1,
        medianMinutes: null,
      })
    }
  })

  test('never mixes exercises with the real, nor one organisation with another', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const stranger = await node.as('focal-point', 'elsewhere')
    const police = await addAuthority(node, 'Police')
    const drill = newId<MatterId>()
    await focal.call(docket.openMatter, {
      body: {
        id: drill,
        title: 'Drill',
        summary: 'A drill.',
        country: null,
        place: null,
        marking: 'TLP:AMBER',
        audience: [stranger.organisation],
        excluded: [],
        isExercise: true,
      },
    })
    await sign(focal, await draft(focal, drill, draftFor([police])))
    expect((await read(focal)).clocks).toEqual([])
    expect((await read(focal, true)).clocks.length).toBeGreaterThan(0)
    // Who reads a matter of others does not count it among the own.
    expect((await read(stranger, true)).clocks).toEqual([])
    const administrator = await node.as('administrator')
    await expect(read(administrator)).rejects.toMatchObject({ code: 'permission.denied' })
    await expect(
      focal.call(times.getTimes, {
        query: { from: '2026-02-01' as never, until: '2026-01-01' as never, exercise: false },
      }),
    ).rejects.toMatchObject({ code: 'request.invalid' })
  })

  test('is saved cell by cell as it is shown, and no name becomes a formula', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const formula = await addAuthority(node, '=HYPERLINK("http://x")')
    const matter = await openMatter(focal)
    await sign(focal, await draft(focal, matter, draftFor([formula])))
    const shown = await read(focal)
    const csv = await focal.call(times.exportTimes, { query: { exercise: false } })
    const { data } = Papa.parse<Record<string, string>>(csv.trim(), { header: true })
    const expected = [
      ...shown.clocks.map((row) => [row.clock, row.authority?.name ?? '', row] as const),
      ...shown.spans.map((row) => [`${row.from}-${row.to}`, '', row] as const),
    ].map(([what, name, row]) => ({
      what,
      level: String(row.level),
      authority: name.startsWith('=') ? `'${name}` : name,
      n: String(row.n),
      happened: String(row.happened),
      waiting: String(row.waiting),
      ended: String(row.ended),
      median_minutes: String(row.medianMinutes ?? 'not reached'),
      p90_minutes: String(row.p90Minutes ?? 'not reached'),
      in_time_percent: 'clock' in row ? String(row.inTimePercent ?? 'too early') : '',
      from: shown.from,
      until: shown.until,
      view: 'real',
      as_of: shown.asOf,
    }))
    expect(data).toEqual(expected)
    expect(data.length).toBeGreaterThan(3)
  })
})

/** Past matters with an acknowledgement clock each, straight into the tables: so many cannot be lived. */
async function plantClocks(
  node: TestNode,
  { organisation }: TestPerson,
  counts: Readonly<Record<number, number>>,
  isExercise = false,
): Promise<void> {
  const owner = new pg.Client(node.databaseUrl)
  await owner.connect()
  await owner.query('set session_replication_role = replica')
  for (const [level, count] of Object.entries(counts)) {
    await owner.query(
      `with made as (
        insert into matter (id, organisation, audience, excluded, year, number, title, summary,
          level, marking, is_exercise, opened_at, review_by)
        select gen_random_uuid(), $1, '{}', '{}', 2024, $2::int * 1000 + n + $4::int * 9999999,
          'Planted', 'Planted', $2::int, 'TLP:RED', $4::int = 1, '2024-03-01', '2024-06-01'
        from generate_series(1, $3::int) n returning id)
      insert into clock (id, matter, kind, level, started_at, due_at, stopped_at)
      select gen_random_uuid(), id, 'agenda', $2::int, '2024-03-01', '2024-03-02',
        case when row_number() over () % 4 = 0 then null
          else timestamptz '2024-03-01' + row_number() over () * interval '61 minutes' end
      from made`,
      [organisation, Number(level), count, Number(isExercise)],
    )
  }
  await owner.end()
}

describe('what anybody may know of it', () => {
  test('is shut until two administrators open it, and shut again by one', async () => {
    const node = await startTestNode()
    const administrator = await node.as('administrator')
    const ask = () => node.visitor(times.getPublicTimes, { query: {} })
    await expect(ask()).rejects.toMatchObject({ code: 'session.required' })
    const second = await invite(node.url, administrator, {
      name: 'Second',
      organisation: administrator.organisation,
      roles: [],
    })
    await administrator.call(people.grantRole, {
      params: { person: second.person, role: 'administrator' },
    })
    await stepUp(administrator)
    const input = { params: { area: 'times' as const }, body: { open: true } }
    const proposed = await administrator.call(settings.setPublicView, input)
    expect(proposed.state).toBe('waiting')
    await expect(ask()).rejects.toMatchObject({ code: 'session.required' })
    await stepUp(second)
    const open = await second.call(approvals.listApprovals, {})
    const [waiting] = open
    await second.call(approvals.approve, {
      params: { approval: waiting?.id ?? newId() },
      body: { sha256: waiting?.sha256 ?? ('' as never) },
    })
    expect(await ask()).toMatchObject({ year: 2024, lastYear: 2024 })
    await second.call(settings.setPublicView, { ...input, body: { open: false } })
    await expect(ask()).rejects.toMatchObject({ code: 'session.required' })
  })

  test('says nothing of a matter, of an organisation, or of fewer than ten', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    await plantClocks(node, focal, { 1: 40, 2: 3, 3: 12, 4: 60 })
    // Exercises would fill up what is too few, if they were counted.
    await plantClocks(node, focal, { 2: 50 }, true)
    const answer = await focal.call(times.getPublicTimes, { query: {} })
    const agenda = answer.clocks.find(({ clock }) => clock === 'agenda')
    expect(agenda?.n).toBe(115)
    expect(agenda?.levels.map(({ figures }) => figures?.n ?? null)).toEqual([
      40,
      null,
      null,
      60,
      null,
    ])
    // Three quarters came, every 61 minutes: half of 40 by the 26th or so, nine in ten never.
    expect(agenda?.levels[0]?.figures).toEqual({
      n: 40,
      medianHours: 27,
      p90Hours: null,
      inTimePercent: 45,
    })
    for (const { clock, n } of answer.clocks) if (clock !== 'agenda') expect(n).toBeNull()
    const text = JSON.stringify(answer)
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
    expect(text).not.toContain('Planted')
    expect(text).not.toContain('Ministry')
    // Numbers that stand in it: the year, levels, percentages, hours, and counts of ten and more.
    for (const { levels } of answer.clocks) {
      for (const { figures } of levels) expect(figures?.n ?? 10).toBeGreaterThanOrEqual(10)
    }
  })

  test('does not change any more once it can be asked for', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    await plantClocks(node, focal, { 3: 44 })
    const ask = (year?: number) => focal.call(times.getPublicTimes, { query: { year } })
    const before = await ask(2024)
    // 2025 is over, but what came of it may still come.
    await expect(ask(2025)).rejects.toMatchObject({ code: 'request.invalid' })
    const owner = new pg.Client(node.databaseUrl)
    await owner.connect()
    await owner.query(`update clock set stopped_at = '2026-01-01' where stopped_at is null`)
    await owner.end()
    node.advance(91 * 24 * HOUR)
    await comeBack(focal)
    expect(await ask(2024)).toEqual({ ...before, lastYear: 2025 })
    expect((await ask()).year).toBe(2025)
  })
})
