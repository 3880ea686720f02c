import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionCards, suggestedCards } from './action-catalogue/catalogue.ts'
import {
  ActionStatus,
  CouncilReference,
  isOver,
  isRegionalActivity,
  lackingFor,
  mayMove,
  needsAuthorisation,
  nextStatuses,
  stepsTo,
} from './action-plan.ts'
import { stageOf, untold } from './article-54.ts'
import type { Instant } from './brand.ts'
import { newId } from './id.ts'
import type { WarningLevel } from './level.ts'
import type { PostId } from './people.ts'

const status = fc.constantFrom(...ActionStatus.options)
const reference: CouncilReference = { symbol: 'S/RES/1973 (2011)', paragraph: 'paragraph 4' }
const whole = {
  isRegional: false,
  usesForce: false,
  authorisation: null,
  basis: { kind: 'decision' as const, text: 'Decision', notification: null },
  office: newId<PostId>(),
  due: '2026-03-01' as never,
}

describe('what an action may become', () => {
  test('never goes back, ends in two ways, and leaves no step out', () => {
    fc.assert(
      fc.property(status, status, (from, to) => {
        const order = ActionStatus.options.indexOf(to) - ActionStatus.options.indexOf(from)
        if (mayMove(from, to)) expect(order).toBeGreaterThan(0)
        if (to !== 'stopped' && order !== 1) expect(mayMove(from, to)).toBe(false)
        expect(isOver(from)).toBe(nextStatuses(from).length === 0)
      }),
    )
    expect(stepsTo('contemplated')).toEqual([])
    expect(stepsTo('done')).toEqual(['decided', 'in-execution', 'done'])
    for (const to of ['decided', 'in-execution', 'done'] as const) {
      const way = ['contemplated', ...stepsTo(to)] as ActionStatus[]
      way.slice(1).forEach((step, index) => {
        expect(mayMove(way[index] as ActionStatus, step)).toBe(true)
      })
    }
  })

  test('with enforcement or force, over all cards, takes a reference of the Security Council', () => {
    for (const { code, needsAuthorisation: isBound, article, coercion } of actionCards) {
      const action = { ...whole, card: code }
      for (const to of ['decided', 'in-execution', 'done'] as const) {
        const lacks = lackingFor(action, to, 'Done').includes('authorisation')
        expect(lacks, code).toBe(isBound || article === '42')
        const cited = { ...action, authorisation: reference }
        expect(lackingFor(cited, to, 'Done'), code).toEqual([])
        // What people say of an act can only bind it further.
        const forced = { ...action, usesForce: true }
        expect(lackingFor(forced, to, 'Done'), code).toContain('authorisation')
      }
      // Thinking of it and stopping it take none.
      expect(lackingFor(action, 'contemplated', null)).toEqual([])
      expect(lackingFor(action, 'stopped', 'Not wanted')).toEqual([])
      if (needsAuthorisation(action)) expect(coercion, code).toBeGreaterThan(1)
    }
    expect(needsAuthorisation({ ...whole, card: 'S10' })).toBe(true)
  })

  test('is decided on a basis, for a day, with an office that is reminded', () => {
    const lacking = { ...whole, card: null, basis: null, office: null, due: null }
    expect(lackingFor(lacking, 'contemplated', null)).toEqual([])
    expect(lackingFor(lacking, 'decided', null)).toEqual(['basis', 'office', 'due'])
    expect(lackingFor(lacking, 'done', null)).toEqual(['basis', 'text'])
    expect(lackingFor(lacking, 'stopped', null)).toEqual(['text'])
  })

  test('cites the Council by a symbol and a paragraph, and nothing else', () => {
    const read = (symbol: string) =>
      CouncilReference.safeParse({ symbol, paragraph: 'paragraph 4' }).data?.symbol
    expect(read('S/RES/1973(2011)')).toBe('S/RES/1973 (2011)')
    expect(read(' s/res/2664 (2022) ')).toBe('S/RES/2664 (2022)')
    for (const wrong of ['', 'S/RES/1', 'S/PRST/2015/1', 'A/RES/60/1', 'S/RES/0 (2011)']) {
      expect(read(wrong), wrong).toBeUndefined()
    }
    const paragraph = ''
    expect(CouncilReference.safeParse({ ...reference, paragraph }).success).toBe(false)
  })
})

describe('cards on a plan', () => {
  test('that coerce a State are never suggested', () => {
    fc.assert(
      fc.property(fc.constantFrom<WarningLevel>(1, 2, 3, 4, 5), (level) => {
        for (const card of suggestedCards(level)) {
          expect(card.coercion).toBeLessThan(2)
          expect(needsAuthorisation({ ...whole, card: card.code })).toBe(false)
        }
      }),
    )
  })

  test('that are regional activities owe the Council a note, thought of or begun, until it was told', () => {
    const regional = actionCards.filter((card) => card.regional !== null)
    expect(regional.length).toBeGreaterThan(12)
    // Whatever is enforcement is a regional activity, and whatever a regional body does by force.
    for (const card of actionCards.filter((one) => one.needsAuthorisation)) {
      expect(card.regional).toBe('enforcement')
    }
    const card = fc.constantFrom(...actionCards.map(({ code }) => code), null)
    fc.assert(
      fc.property(card, status, fc.boolean(), fc.boolean(), (code, at, said, begun) => {
        const startedAt = begun || at === 'in-execution' || at === 'done'
        const action = {
          id: newId<never>(),
          card: code,
          status: at,
          isRegional: said,
          usesForce: false,
          startedAt: startedAt ? ('2026-01-01T00:00:00.000Z' as Instant) : null,
        }
        const isOne = said || regional.some((one) => one.code === code)
        expect(isRegionalActivity(action)).toBe(isOne)
        const stage = stageOf(action)
        const isForgotten = at === 'stopped' && !startedAt
        expect(stage !== undefined).toBe(isOne && !isForgotten)
        const owed = untold([action], [])
        expect(owed.length).toBe(stage === undefined ? 0 : 1)
        expect(untold([action], owed)).toEqual([])
        // Told while it was thought of is not told that it has begun.
        if (stage === 'undertaken') {
          expect(untold([action], [{ action: action.id, stage: 'contemplation' }])).toHaveLength(1)
        }
      }),
    )
  })
})
