import fc from 'fast-check'
import { expect, test } from 'vitest'
import { likelihoodOf } from './likelihood.ts'

const order = [
  'remote',
  'very-unlikely',
  'unlikely',
  'even',
  'likely',
  'very-likely',
  'almost-certain',
]
const percent = fc.integer({ min: 0, max: 100 })

test('words for a likelihood never fall while it rises, and meet at the middle', () => {
  fc.assert(
    fc.property(percent, percent, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      expect(order.indexOf(likelihoodOf(low))).toBeLessThanOrEqual(
        order.indexOf(likelihoodOf(high)),
      )
    }),
  )
  expect([0, 20, 50, 55, 80, 100].map(likelihoodOf)).toEqual([
    'remote',
    'unlikely',
    'even',
    'even',
    'likely',
    'almost-certain',
  ])
})
