import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Day, Instant } from './brand.ts'
import {
  answerFault,
  DEFERRAL_DAYS,
  type ItemAnswer,
  isOwed,
  planItemClock,
  stateOf,
} from './organ-agenda.ts'
import { addDays } from './trigger-date.ts'

const today = '2026-01-10' as Day
const now = '2026-01-10T12:00:00.000Z' as Instant
const item = {
  outcome: null,
  deferredUntil: null,
  dueAt: '2026-01-12T00:00:00.000Z' as Instant,
  reasonsAskedAt: null,
}
const declined: ItemAnswer = { outcome: 'declined', text: 'T', lateReasons: null }
const deferred = (until: Day): ItemAnswer => ({ ...declined, outcome: 'deferred', until })

test('an item is owed until it is answered, put off, or gone with its matter', () => {
  const state = (said: Partial<Parameters<typeof stateOf>[0]>, closedAt: Instant | null = null) =>
    stateOf({ ...item, ...said }, { now, closedAt })
  expect(state({})).toBe('open')
  expect(state({ dueAt: now })).toBe('overdue')
  expect(state({ deferredUntil: today, dueAt: now })).toBe('deferred')
  expect(state({}, now)).toBe('matter-closed')
  expect(state({ outcome: 'declined' }, now)).toBe('declined')
  expect([state({}), state({ dueAt: now })].every(isOwed)).toBe(true)
  expect([state({ deferredUntil: today }), state({ outcome: 'decided' })].some(isOwed)).toBe(false)
})

describe('an answer', () => {
  test('is given once, and says why it is late where that was asked', () => {
    expect(answerFault(item, declined, today)).toBeUndefined()
    expect(answerFault({ ...item, outcome: 'decided' }, declined, today)).toBe('answered')
    const asked = { ...item, reasonsAskedAt: now }
    expect(answerFault(asked, declined, today)).toBe('lateReasons')
    expect(answerFault(asked, { ...declined, lateReasons: 'No quorum.' }, today)).toBeUndefined()
  })

  test('puts an item off to a day ahead that is not too far', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200, max: 200 }), (days) => {
        const fault = answerFault(item, deferred(addDays(today, days)), today)
        expect(fault).toBe(days > 0 && days <= DEFERRAL_DAYS ? undefined : 'until')
      }),
    )
  })
})

test('the office is told at once, half way, at the end, and then its deputy', () => {
  const { dueAt, steps } = planItemClock(now, 48)
  expect(dueAt).toBe('2026-01-12T12:00:00.000Z')
  expect(steps.map((step) => [step.tell, step.dueAt])).toEqual([
    ['addressee', now],
    ['addressee', '2026-01-11T12:00:00.000Z'],
    ['addressee', '2026-01-12T12:00:00.000Z'],
    ['deputy', '2026-01-13T12:00:00.000Z'],
  ])
})
