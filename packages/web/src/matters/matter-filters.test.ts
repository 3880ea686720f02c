import { listMatters } from '@tocsin/api/matters.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filtersIn } from './matter-filters.ts'

test('an address narrows the list by what it names', () => {
  expect(filtersIn({})).toEqual({ state: 'open', exercise: false, offset: 0, limit: 50 })
  const search = { state: 'closed', level: '3', text: ' Corve ', exercise: 'true', offset: '50' }
  expect(filtersIn(search)).toEqual({
    state: 'closed',
    level: 3,
    text: 'Corve',
    exercise: true,
    offset: 50,
    limit: 50,
  })
})

test('whatever stands in an address, what is asked is something the node answers', () => {
  const names = fc.constantFrom('state', 'level', 'text', 'exercise', 'offset', 'limit')
  fc.assert(
    fc.property(fc.dictionary(names, fc.string()), (search) => {
      const asked = Object.entries(filtersIn(search)).filter(([, value]) => value !== undefined)
      const query = Object.fromEntries(asked.map(([name, value]) => [name, String(value)]))
      expect(listMatters.query.safeParse(query).success).toBe(true)
    }),
  )
})
