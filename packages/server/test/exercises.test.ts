import * as approvals from '@tocsin/api/approvals.ts'
import * as docket from '@tocsin/api/docket.ts'
import * as exercises from '@tocsin/api/exercises.ts'
import * as people from '@tocsin/api/people.ts'
import * as reports from '@tocsin/api/reports.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import type { ExerciseId } from '@tocsin/domain/exercise.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ReportId } from '@tocsin/domain/report.ts'
import { describe, expect, test } from 'vitest'
import { endpoints } from '../src/main.ts'
import {
  addAuthority,
  comeBack,
  DAY,
  draft,
  draftFor,
  entriesOf,
  HOUR,
  keeping,
  sign,
  tokenIn,
  until,
} from './test-docket.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { stepUp, type TestPerson } from './test-people.ts'

const by = { name: 'A. Chief', office: 'Police' }

async function open({ call }: TestPerson, word: string, isExercise: boolean): Promise<MatterId> {
  const id = newId<MatterId>()
  const said = { title: `${word} houses`, summary: `${word} homes.`, place: null, country: null }
  const audience = { marking: 'TLP:GREEN' as const, audience: [], excluded: [] }
  await call(docket.openMatter, { body: { id, ...said, ...audience, isExercise } })
  return id
}

async function report({ call }: TestPerson, word: string, matter: MatterId, isExercise: boolean) {
  return call(reports.fileReport, {
    body: {
      id: newId<ReportId>(),
      matter,
      kind: 'incident',
      what: `${word} marks on doors.`,
      fromDay: DAY,
      untilDay: DAY,
      country: null,
      place: null,
      precision: null,
      groups: null,
      harm: {},
      sourceGrade: 'B',
      informationGrade: '2',
      marking: 'TLP:GREEN',
      someoneAtRisk: false,
      isExercise,
    },
  })
}

async function acknowledge(node: TestNode, token: string): Promise<void> {
  const params = { token }
  const body = { reaction: 'act' as const, note: null, ...by }
  await node.visitor(warnings.acknowledgeLetter, { params, body })
}

async function decide(node: TestNode, token: string): Promise<void> {
  const answer = { outcome: 'decided' as const, text: 'Posts in both towns.', ...by }
  await node.visitor(warnings.answerLetter, { params: { token }, body: answer })
}

/** What every list of the node says to this person. */
async function askLists({ url }: TestNode, { cookies }: TestPerson, query: string) {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const lists = endpoints.filter(
    ({ route }) =>
      route.method === 'GET' && !route.path.includes(':') && route.path !== '/api/exercises',
  )
  const answers = lists.map(async ({ route }) => {
    const response = await fetch(`${url}${route.path}${query}`, { headers: { cookie } })
    return [route.path, await response.text()] as const
  })
  return Promise.all(answers)
}

describe('an exercise', () => {
  test('is never among real matters, nor a real matter among exercises, in any list of the node', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const made = { real: [] as number[], drill: [] as number[] }
    for (const [word, isExercise] of [
      ['Realword', false],
      ['Drillword', true],
      ['Realword', false],
      ['Drillword', true],
    ] as const) {
      const matter = await open(focal, word, isExercise)
      const filed = await report(focal, word, matter, isExercise)
      const text = { ...draftFor([police], 1), subject: `${word} doors`, paragraphs: [word] }
      await sign(focal, await draft(focal, matter, text))
      const opened = await focal.call(docket.getMatter, { params: { matter } })
      const numbers = [opened.matter.number, filed.number, opened.warnings[0]?.number ?? 0]
      made[isExercise ? 'drill' : 'real'].push(...numbers)
    }
    // Each counts on its own: no number of a real list is missing.
    expect(made).toEqual({ real: [1, 1, 1, 2, 2, 2], drill: [1, 1, 1, 2, 2, 2] })

    await until(() => messages.length === 4)
    for (const { subject, text } of messages) {
      const isDrill = text.includes('Drillword')
      expect(subject.includes('EXERCISE')).toBe(isDrill)
      expect(text.includes('This is an exercise. Nothing in it is real.')).toBe(isDrill)
      const letter = await node.visitor(warnings.openLetter, {
        params: { token: tokenIn(messages.find((one) => one.text === text)) },
      })
      expect(letter.isExercise).toBe(isDrill)
    }

    const real = await askLists(node, focal, '')
    const drills = await askLists(node, focal, '?exercise=true')
    for (const [path, text] of real) expect(text.includes('Drillword'), path).toBe(false)
    // A list that does not know exercises shows none of them, and may show what is real.
    const knows = ['/api/docket', '/api/reports']
    for (const [path, text] of drills) {
      if (!knows.includes(path)) expect(text.includes('Drillword'), path).toBe(false)
      else
        expect([text.includes('Drillword'), text.includes('Realword')], path).toEqual([true, false])
    }
    for (const path of knows) {
      expect(real.find(([one]) => one === path)?.[1]).toContain('Realword')
    }
    const { exercises: listed } = await focal.call(exercises.listExercises, {})
    expect(listed.map(({ title }) => title)).toEqual(['Drillword houses', 'Drillword houses'])
  }, 60_000)
})

/** So much time passes, and whoever had signed in does so again. */
async function pass(node: TestNode, who: TestPerson, ms: number): Promise<void> {
  node.advance(ms)
  await comeBack(who)
}

/** A closed matter in which the police decided within a day and a half, at 0, 1, 2, 10 and 30 hours. */
async function closedMatter(node: TestNode, messages: ReturnType<typeof keeping>['messages']) {
  const [focal, analyst] = [await node.as('focal-point'), await node.as('analyst')]
  const police = await addAuthority(node, 'Police')
  const source = await open(focal, 'Past', false)
  await pass(node, focal, HOUR)
  await report(focal, 'Past', source, false)
  await pass(node, focal, HOUR)
  await sign(focal, await draft(focal, source, draftFor([police])))
  await until(() => messages.length === 1)
  const token = tokenIn(messages[0])
  await pass(node, focal, 8 * HOUR)
  await acknowledge(node, token)
  await pass(node, focal, 20 * HOUR)
  await decide(node, token)
  await comeBack(analyst)
  const review = { outcome: 'close' as const, reasons: 'The marks were removed.' }
  await stepUp(analyst)
  const params = { matter: source }
  const outcome = await analyst.call(docket.reviewMatter, { params, body: review })
  await approve(focal, outcome)
  return { focal, source, police }
}

async function approve(focal: TestPerson, outcome: object): Promise<void> {
  await stepUp(focal)
  const waiting = await focal.call(approvals.listApprovals, {})
  const found = waiting.find(({ id }) => 'approval' in outcome && id === outcome.approval)
  if (!found) throw new Error('nothing waits')
  const params = { approval: found.id }
  await focal.call(approvals.approve, { params, body: { sha256: found.sha256 } })
}

/** A focal point of the organisation whom a notice reaches. */
async function reach(node: TestNode, { person }: TestPerson): Promise<void> {
  const { call } = await comeBack(await node.as('administrator'))
  const contacts = [{ channel: 'e-mail' as const, address: 'player@river.example' }]
  await call(people.setContacts, { params: { person }, body: { contacts } })
}

describe('a replay', () => {
  test('lets the past reappear in its time, waits for the participants and tells nobody else', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const { focal, source, police } = await closedMatter(node, messages)
    await reach(node, focal)
    messages.splice(0)
    const past = await entriesOf(focal, source)
    const start = {
      id: newId<ExerciseId>(),
      matter: newId<MatterId>(),
      source,
      speed: 10,
      participants: [focal.person],
    }
    const stranger = { ...start, id: newId<ExerciseId>(), participants: [police.person] }
    await expect(focal.call(exercises.startExercise, { body: stranger })).rejects.toMatchObject({
      code: 'exercise.not-own-people',
    })
    const begun = await focal.call(exercises.startExercise, { body: start })
    expect(await focal.call(exercises.startExercise, { body: start })).toEqual(begun)
    const params = { exercise: start.id }
    const read = () => focal.call(exercises.getExercise, { params })
    const kinds = async () =>
      (await read()).lines.filter(({ isThen }) => isThen).map(({ kind }) => kind)
    expect(await kinds()).toEqual([])

    // Two hours of the past are twelve minutes.
    await pass(node, focal, HOUR / 10)
    await until(async () => (await kinds()).length === 1)
    await pass(node, focal, HOUR / 10)
    await until(async () => (await kinds()).includes('warning.sent'))
    await until(() => messages.length === 1)
    expect(messages[0]).toMatchObject({ to: 'player@river.example' })
    expect(messages[0]?.subject).toContain('EXERCISE')
    const matter = start.matter
    const { clocks } = await focal.call(docket.getMatter, { params: { matter } })
    const acknowledging = clocks.find(({ kind }) => kind === 'acknowledge')
    expect(
      Date.parse(acknowledging?.dueAt ?? '') - Date.parse(acknowledging?.startedAt ?? ''),
    ).toBeCloseTo(2.4 * HOUR, -4)
    // What is to come is not given away.
    const stations = async () =>
      new Map((await read()).stations.map((one) => [one.station, one] as const))
    expect((await stations()).get('decided')?.past).toBeNull()

    const steer = (state: 'running' | 'paused' | 'over') =>
      focal.call(exercises.steerExercise, { params, body: { state } })
    await steer('paused')
    await pass(node, focal, 5 * HOUR)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(await kinds()).toHaveLength(2)
    expect(messages).toHaveLength(1)
    await steer('running')
    const afterPause = await focal.call(docket.getMatter, { params: { matter } })
    const later = afterPause.clocks.find(({ kind }) => kind === 'acknowledge')
    expect(Date.parse(later?.dueAt ?? '') - Date.parse(acknowledging?.dueAt ?? '')).toBe(5 * HOUR)

    // The participant acknowledges after four hours of the past; then it took eight.
    await pass(node, focal, 0.4 * HOUR)
    await acknowledge(node, tokenIn(messages[0]))
    expect((await stations()).get('acknowledged')).toMatchObject({
      past: null,
      present: expect.any(Number),
    })
    await pass(node, focal, 4 * HOUR)
    await until(async () => (await read()).exercise.endedAt !== null)
    const over = await read()
    expect(over.lines.filter(({ isThen }) => isThen)).toHaveLength(past.length - 1)
    const compared = (await stations()).get('acknowledged')
    expect(compared?.past).toBe(10 * HOUR)
    expect(Math.abs((compared?.present ?? 0) - 6 * HOUR)).toBeLessThan(60_000)
    expect((await stations()).get('decided')).toMatchObject({ past: 30 * HOUR, present: null })
    await expect(steer('running')).rejects.toMatchObject({ code: 'exercise.over' })

    // On the record of the exercise every entry says what it repeats; nobody else heard of it.
    const again = await entriesOf(focal, matter)
    const repeated = again.filter(({ facts }) => facts['replayOf'] !== undefined)
    expect(repeated.map(({ facts }) => facts['replayOf'])).toEqual(
      past.slice(1).map(({ digest }) => digest),
    )
    expect(repeated.map(({ facts }) => facts['originalAt'])).toEqual(
      past.slice(1).map(({ at }) => at),
    )
    expect(new Set(messages.map(({ to }) => to))).toEqual(new Set(['player@river.example']))
    expect(await entriesOf(focal, source)).toEqual(past)
    const { rows } = await focal.call(docket.getDocket, { query: {} as never })
    expect(rows.map(({ id }) => id)).not.toContain(matter)
  }, 120_000)

  test('with nobody taking part tells nobody at all, and is seen by its own organisation alone', async () => {
    const { messages, channel } = keeping()
    const node = await startTestNode({ channels: { 'e-mail': channel } })
    const elsewhere = await node.as('focal-point', 'elsewhere')
    const { focal, source } = await closedMatter(node, messages)
    messages.splice(0)
    const start = { id: newId<ExerciseId>(), matter: newId<MatterId>(), source, speed: 1000 }
    await comeBack(elsewhere)
    await expect(
      elsewhere.call(exercises.startExercise, { body: { ...start, participants: [] } }),
    ).rejects.toMatchObject({ code: 'matter.not-found' })
    await focal.call(exercises.startExercise, { body: { ...start, participants: [] } })
    const params = { exercise: start.id }
    await expect(elsewhere.call(exercises.getExercise, { params })).rejects.toMatchObject({
      code: 'exercise.not-found',
    })
    await pass(node, focal, HOUR)
    await until(
      async () => (await focal.call(exercises.getExercise, { params })).exercise.endedAt !== null,
    )
    expect(messages).toEqual([])
    await expect(
      focal.call(exercises.startExercise, {
        body: { ...start, id: newId<ExerciseId>(), source: start.matter, participants: [] },
      }),
    ).rejects.toMatchObject({ code: 'exercise.not-closed' })
  }, 120_000)
})
