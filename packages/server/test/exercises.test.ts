import * as docket from '@tocsin/api/docket.ts'
import * as exercises from '@tocsin/api/exercises.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import { describe, expect, test } from 'vitest'
import { endpoints } from '../src/main.ts'
import { addAuthority, draft, draftFor, keeping, sign, tokenIn, until } from './test-docket.ts'
import { open, report } from './test-exercises.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import type { TestPerson } from './test-people.ts'

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
    const make = async (word: string, isExercise: boolean) => {
      const matter = await open(focal, word, isExercise)
      const filed = await report(focal, word, matter, isExercise)
      const text = { ...draftFor([police], 1), subject: `${word} doors`, paragraphs: [word] }
      await sign(focal, await draft(focal, matter, text))
      const opened = await focal.call(docket.getMatter, { params: { matter } })
      return [opened.matter.number, filed.number, opened.warnings[0]?.number]
    }
    const numbers = [
      await make('Realword', false),
      await make('Drillword', true),
      await make('Realword', false),
      await make('Drillword', true),
    ]
    // Each counts on its own: no number of a real list is missing.
    expect(numbers).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [2, 2, 2],
      [2, 2, 2],
    ])

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
    const knows = ['/api/docket', '/api/matters', '/api/reports']
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
  })
})
