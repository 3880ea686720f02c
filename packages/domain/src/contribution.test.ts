import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from './brand.ts'
import { type ContributionId, placeOf, readPlace, translationsOf } from './contribution.ts'
import { newId } from './id.ts'
import { Locale } from './locale.ts'

describe('a contribution', () => {
  test('is in each language the original, translated by a person, by a machine, or not at all', () => {
    const id = newId<ContributionId>()
    const translation = fc.record({
      locale: fc.constantFrom(...Locale.options),
      translates: fc.record({
        contribution: fc.constantFrom(id, newId<ContributionId>()),
        isMachine: fc.boolean(),
      }),
    })
    fc.assert(
      fc.property(fc.constantFrom(...Locale.options), fc.array(translation), (locale, all) => {
        const states = translationsOf({ id, locale }, all)
        expect(Object.keys(states).sort()).toEqual([...Locale.options].sort())
        for (const one of Locale.options) {
          const own = all.filter((t) => t.locale === one && t.translates.contribution === id)
          const by = own.map(({ translates }) => (translates.isMachine ? 'machine' : 'translated'))
          const expected = by.sort().at(-1) ?? 'none'
          expect(states[one]).toBe(one === locale ? 'original' : expected)
        }
      }),
    )
  })

  test('has a place that can be written into an address and read back, and nothing else is one', () => {
    const id = newId<ContributionId>()
    const saidAt = '2026-01-01T00:00:00.001Z' as Instant
    expect(readPlace(placeOf({ saidAt, id }))).toEqual([saidAt, id])
    for (const said of ['', '_', saidAt, `${saidAt}_`, `${saidAt}_x`, `${saidAt}_${id}_x`]) {
      expect(readPlace(said)).toBeUndefined()
    }
  })
})
