import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WarningLevel } from '../level.ts'
import {
  actionCards,
  findCard,
  lacksAuthorisation,
  owesInformationNote,
  suggestedCards,
} from './catalogue.ts'

const level = fc.constantFrom<WarningLevel>(1, 2, 3, 4, 5)
const card = fc.constantFrom(...actionCards)

describe('the action catalogue', () => {
  test('holds each code once, in its family, and says of every card that nobody has checked it', () => {
    expect(actionCards).toHaveLength(90)
    expect(new Set(actionCards.map(({ code }) => code)).size).toBe(90)
    const letters = new Map(actionCards.map(({ code, family }) => [code[0], family]))
    expect(letters.size).toBe(8)
    for (const { code, family, verified } of actionCards) {
      expect(code).toMatch(/^[A-Z]\d{2}$/)
      expect(family).toBe(letters.get(code[0]))
      expect(verified).toBe(false)
    }
  })

  test('never suggests what coerces a State, and always suggests something', () => {
    fc.assert(
      fc.property(level, (at) => {
        const cards = suggestedCards(at)
        expect(cards.length).toBeGreaterThan(5)
        expect(cards.filter(({ coercion }) => coercion > 1)).toEqual([])
        expect(cards.filter(({ needsAuthorisation }) => needsAuthorisation)).toEqual([])
        expect(new Set(cards.map(({ code }) => code)).size).toBe(cards.length)
      }),
    )
  })

  test('suggests at the highest levels only what works within days', () => {
    for (const at of [4, 5] as const) {
      const times = suggestedCards(at).map(({ effect }) => effect)
      expect(times.every((effect) => effect === 'hours' || effect === 'days')).toBe(true)
    }
    expect(suggestedCards(1)).not.toEqual(suggestedCards(4))
  })

  test('counts every measure that rests on articles 41 and 42 as coercion', () => {
    const rests = actionCards.filter(({ article }) => article === '41' || article === '42')
    expect(rests.length).toBeGreaterThan(5)
    for (const { code, coercion } of rests) expect(coercion, code).toBeGreaterThan(1)
  })

  test('lets no enforcement by a regional body pass without a reference', () => {
    fc.assert(
      fc.property(card, fc.constantFrom(null, '', '  ', 'S/RES/1'), (one, reference) => {
        const isNamed = reference !== null && reference.trim() !== ''
        expect(lacksAuthorisation(one, reference)).toBe(one.needsAuthorisation && !isNamed)
      }),
    )
    expect(findCard('S10')?.needsAuthorisation).toBe(true)
    // Whatever a regional body does by force is enforcement.
    const forced = actionCards.filter(
      ({ lead, coercion }) => lead === 'regional-body' && coercion === 3,
    )
    expect(forced.every(({ needsAuthorisation }) => needsAuthorisation)).toBe(true)
  })

  test('owes a note under article 54 as soon as one regional activity is thought of', () => {
    fc.assert(
      fc.property(fc.array(card, { maxLength: 6 }), (cards) => {
        const codes = cards.map(({ code }) => code)
        expect(owesInformationNote(codes)).toBe(cards.some(({ regional }) => regional !== null))
      }),
    )
    expect(owesInformationNote(['S10'])).toBe(true)
    expect(owesInformationNote(['Z99'])).toBe(false)
  })
})
