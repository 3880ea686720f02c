import * as docket from '@tocsin/api/docket.ts'
import * as exercises from '@tocsin/api/exercises.ts'
import type { ExerciseId } from '@tocsin/domain/exercise.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { describe, expect, test } from 'vitest'
import { comeBack, entriesOf, HOUR, keeping, tokenIn, until } from './test-docket.ts'
import { acknowledge, closedMatter, pass, reach } from './test-exercises.ts'
import { startTestNode } from './test-node.ts'

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
  })

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
  })
})
