import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTooDeep } from './json-depth.ts'

const nested = (depth: number, inner = '1') => '['.repeat(depth) + inner + ']'.repeat(depth)

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0

test('a text is too deep from 65 brackets on, whatever stands in its strings', () => {
  expect(isTooDeep(nested(64))).toBe(false)
  expect(isTooDeep(nested(65))).toBe(true)
  expect(isTooDeep(`{"a":${nested(64)}}`)).toBe(true)
  expect(isTooDeep(JSON.stringify(['['.repeat(100), '\\', '"'.repeat(3), '\\"['.repeat(99)]))).toBe(
    false,
  )
  expect(isTooDeep(`["\\\\",${nested(64)}]`)).toBe(true)
  expect(isTooDeep(`"${'['.repeat(100)}`)).toBe(false)
  expect(isTooDeep('['.repeat(65))).toBe(true)
})

test('what JSON makes of any value is as deep as the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(70), (value, around) => {
      const text = nested(around, JSON.stringify(value))
      expect(isTooDeep(text)).toBe(around + depthOf(value) > 64)
    }),
  )
})
