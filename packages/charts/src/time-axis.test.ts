import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Drawing, toSvg } from './drawing.ts'
import { axisPlace, drawAxisHead, drawAxisRow } from './time-axis.ts'

const HOUR = 3_600_000
const now = Date.parse('2026-11-24T07:42:00.000Z')
const row = {
  now,
  stations: [now - 30 * HOUR],
  clock: { startedAt: now - 22.7 * HOUR, dueAt: now + (80 / 60) * HOUR },
  made: [],
  next: now + (80 / 60) * HOUR,
  flagLabel: '09:02',
  isLate: true,
}

const all = (drawing: Drawing): Drawing[] => [
  drawing,
  ...drawing.children.flatMap((child) => (typeof child === 'string' ? [] : all(child))),
]
const rects = (drawing: Drawing) =>
  all(drawing)
    .filter(({ tag }) => tag === 'rect')
    .map(({ attributes }) => attributes)

describe('the time axis', () => {
  test('stands where the design draws it', () => {
    const drawn = [-720, -168, -24, 0, 6, 24, 168, 720].map((hours) => axisPlace(hours * HOUR))
    const designed = [10, 58.9, 121.5, 196, 245.7, 295.3, 378.8, 444]
    for (const [index, x] of drawn.entries()) {
      expect(x).toBeCloseTo(designed[index] ?? Number.NaN, 1)
    }
    expect(axisPlace(-43.7 * HOUR)).toBeCloseTo(102.9, 1)
  })

  test('keeps the order of time, and never leaves the drawing', () => {
    const instant = fc.integer({ min: -100_000 * HOUR, max: 100_000 * HOUR })
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [x, y] = [axisPlace(Math.min(a, b)), axisPlace(Math.max(a, b))]
        expect(x).toBeLessThanOrEqual(y)
        expect(x).toBeGreaterThanOrEqual(10)
        expect(y).toBeLessThanOrEqual(444)
      }),
    )
  })

  test('draws time used up to now, and time left after it', () => {
    const [used, left] = rects(drawAxisRow(row, false))
    expect(Number(used?.['x']) + Number(used?.['width'])).toBeCloseTo(196, 1)
    expect(left?.['x']).toBe(196)
    expect(Number(left?.['width'])).toBeCloseTo(16.6, 1)
    expect(toSvg(drawAxisRow(row, false))).toContain('M212.6 34V8h9')
  })

  test('hatches time lost, between where it ran out and now, and flags where that was', () => {
    const over = { ...row, clock: { startedAt: now - 100 * HOUR, dueAt: now - 43.7 * HOUR } }
    const drawn = drawAxisRow({ ...over, next: undefined }, false)
    const [, lost] = rects(drawn)
    expect(lost?.['fill']).toBe('url(#axis-hatch)')
    expect(Number(lost?.['x'])).toBeCloseTo(102.9, 1)
    expect(Number(lost?.['x']) + Number(lost?.['width'])).toBeCloseTo(196, 1)
    expect(toSvg(drawn)).toContain('M102.9 34V8')
    // What is still to come is flagged beside it.
    expect(toSvg(drawAxisRow(over, false))).toContain('M212.6 34V8')
  })

  test('is the same seen in a mirror where the script runs from right to left', () => {
    const instant = fc.integer({ min: -1000, max: 1000 }).map((hours) => now + hours * HOUR)
    fc.assert(
      fc.property(fc.array(instant, { maxLength: 8 }), instant, (stations, dueAt) => {
        const one = { ...row, stations, clock: { startedAt: now - 2000 * HOUR, dueAt } }
        const [plain, mirrored] = [false, true].map((isMirrored) => drawAxisRow(one, isMirrored))
        if (!plain || !mirrored) throw new Error('both were drawn')
        const dots = (drawing: Drawing) =>
          all(drawing)
            .filter(({ tag }) => tag === 'circle')
            .map(({ attributes }) => Number(attributes['cx']))
        for (const [index, x] of dots(plain).entries()) {
          expect(x + (dots(mirrored)[index] ?? 0)).toBeCloseTo(470, 5)
        }
        for (const [index, { x, width }] of rects(plain).entries()) {
          const twin = rects(mirrored)[index]
          expect(Number(x) + Number(width) + Number(twin?.['x'])).toBeCloseTo(470, 0)
        }
      }),
    )
    const words = { thirtyDays: '30', sevenDays: '7', oneDay: '1', now: 'now', sixHours: '6' }
    const [first] = all(drawAxisHead(words, true)).filter(({ tag }) => tag === 'text')
    expect(first?.attributes).toMatchObject({ x: 460, 'text-anchor': 'end' })
  })

  test('of a matter without a clock shows its stations and no flag', () => {
    const drawn = drawAxisRow({ ...row, clock: undefined, next: undefined }, false)
    expect(rects(drawn)).toEqual([])
    expect(all(drawn).some(({ tag }) => tag === 'path')).toBe(false)
    expect(all(drawn).filter(({ tag }) => tag === 'circle')).toHaveLength(1)
  })
})
