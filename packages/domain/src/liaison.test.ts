import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CapacityQuestionId, capacityQuestions, gapsIn } from './capacity-check.ts'
import { lackingIn, nextSteps, RequestForm, RequestState } from './liaison.ts'

describe('a request', () => {
  test('goes only forward and comes to an end', () => {
    const order = RequestState.options
    for (const from of order) {
      for (const to of nextSteps(from))
        expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(from))
    }
    expect(order.filter((state) => nextSteps(state).length === 0)).toEqual(['answered', 'declined'])
  })

  test('that came says when; one of ours does not', () => {
    const form = { kind: 'training', subject: 'S', text: 'T', locale: 'en', matter: null }
    fc.assert(
      fc.property(
        fc.constantFrom('to-office', 'from-office'),
        fc.constantFrom(null, '2026-01-01'),
        (direction, cameOn) => {
          const { success } = RequestForm.safeParse({ ...form, wantedBy: null, direction, cameOn })
          expect(success).toBe((direction === 'from-office') === (cameOn !== null))
        },
      ),
    )
  })

  test('is declined or answered in words, and sent by a way', () => {
    const step = { on: '2026-01-01' as never, how: null, text: null }
    expect(lackingIn({ ...step, to: 'sent' })).toEqual(['how'])
    expect(lackingIn({ ...step, to: 'acknowledged' })).toEqual([])
    expect(lackingIn({ ...step, to: 'declined' })).toEqual(['text'])
  })
})

describe('the capacity check', () => {
  test('names the text that each question follows', () => {
    expect(capacityQuestions.map(({ id }) => id)).toEqual(CapacityQuestionId.options)
    for (const { verified, follows } of capacityQuestions) {
      expect(verified).toBe(follows === 'conclusions')
    }
  })

  test('takes what is not known for no gap', () => {
    const note = null
    const answers = {
      staff: { answer: 'unknown', note },
      plan: { answer: 'no', note },
      means: { answer: 'partly', note },
      region: { answer: 'yes', note },
    } as const
    expect(gapsIn(answers)).toEqual(['means', 'plan'])
  })
})
