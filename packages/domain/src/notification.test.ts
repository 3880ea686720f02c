import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, NotificationState, statesBefore } from './notification.ts'

const state = fc.constantFrom(...NotificationState.options)
const way: readonly NotificationState[] = [
  'queued',
  'sent',
  'delivered',
  'opened',
  'acknowledged',
  'answered',
]
const rank = (one: NotificationState): number => way.indexOf(one)

describe('the state of a notification', () => {
  test('ends at the furthest that was reached, in whatever order news of it comes', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 12 }), (news) => {
        const now = news.reduce<NotificationState>(advance, 'queued')
        const furthest = Math.max(0, ...news.map(rank))
        // Whoever has it, opened, acknowledged or answered is never forgotten.
        if (furthest >= rank('delivered')) expect(rank(now)).toBe(furthest)
        // Only a failure that is the last news leaves it failed.
        if (now === 'failed') expect(news.findLast((one) => one !== 'queued')).toBe('failed')
      }),
    )
  })

  test('never goes back, and fails only while it is not known to have arrived', () => {
    fc.assert(
      fc.property(state, state, (from, reached) => {
        const next = advance(from, reached)
        expect([from, reached]).toContain(next)
        if (next === 'failed') expect(['queued', 'sent', 'failed']).toContain(from)
        else if (from !== 'failed') expect(rank(next)).toBeGreaterThanOrEqual(rank(from))
      }),
    )
  })

  test('is named before each state exactly where that state changes it', () => {
    fc.assert(
      fc.property(state, state, (from, reached) => {
        expect(statesBefore(reached).includes(from)).toBe(advance(from, reached) !== from)
      }),
    )
  })
})
