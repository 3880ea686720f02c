import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ranksFromHighest } from './ranks.ts'

describe('ranks', () => {
  it('count how many values are higher, plus one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), (values) => {
        const expected = values.map((value) => 1 + values.filter((other) => other > value).length)
        expect([...ranksFromHighest(Float64Array.from(values))]).toEqual(expected)
      }),
    )
  })
})
