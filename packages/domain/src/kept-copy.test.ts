import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Marking } from './audience.ts'
import { isStillKept, KEPT_MS, mayBeKept } from './kept-copy.ts'

const moment = fc.integer({ min: 0, max: 4e12 })

test('a copy is there for twelve hours and never again, wherever the clock is put', () => {
  expect(isStillKept({ at: 0 }, KEPT_MS - 1)).toBe(true)
  fc.assert(
    fc.property(moment, moment, (at, now) => {
      const age = now - at
      expect(isStillKept({ at }, now)).toBe(age >= 0 && age < 12 * 3_600_000)
    }),
  )
})

test('what is for one exchange alone is kept on no device', () => {
  expect(Marking.options.filter((one) => !mayBeKept(one))).toEqual(['TLP:RED'])
})
