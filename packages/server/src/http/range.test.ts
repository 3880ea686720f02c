import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentRange, rangeIn } from './range.ts'

test('one range is read as RFC 9110 says', () => {
  expect(rangeIn('bytes=0-99', 1000)).toEqual({ from: 0, to: 99 })
  expect(rangeIn('bytes=900-', 1000)).toEqual({ from: 900, to: 999 })
  expect(rangeIn('bytes=900-5000', 1000)).toEqual({ from: 900, to: 999 })
  expect(rangeIn('bytes=-100', 1000)).toEqual({ from: 900, to: 999 })
  expect(rangeIn('bytes=-5000', 1000)).toEqual({ from: 0, to: 999 })
  expect(rangeIn('bytes=1000-', 1000)).toBe('none')
  expect(rangeIn('bytes=-0', 1000)).toBe('none')
  expect(contentRange({ from: 0, to: 99 }, 1000)).toBe('bytes 0-99/1000')
})

test('what is no range that is answered is answered with everything', () => {
  const others = ['bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,3-4', 'lines=0-9', 'bytes=a-b', '']
  for (const header of [undefined, ...others]) expect(rangeIn(header, 1000), header).toBe('all')
})

test('whatever is asked, what is answered lies within the bytes', () => {
  const header = fc.oneof(
    fc.string(),
    fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`),
  )
  fc.assert(
    fc.property(header, fc.integer({ min: 1, max: 100_000 }), (asked, size) => {
      const range = rangeIn(asked, size)
      if (typeof range === 'string') return
      expect(range.from).toBeGreaterThanOrEqual(0)
      expect(range.to).toBeGreaterThanOrEqual(range.from)
      expect(range.to).toBeLessThan(size)
    }),
  )
})
