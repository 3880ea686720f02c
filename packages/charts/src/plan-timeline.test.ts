import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Drawing } from './drawing.ts'
import { drawPlan, type PlanBar } from './plan-timeline.ts'

const DAY = 86_400_000
const now = Date.UTC(2026, 5, 10)

const all = (drawing: Drawing): Drawing[] => [
  drawing,
  ...drawing.children.flatMap((child) => (typeof child === 'string' ? [] : all(child))),
]

const frame = (isMirrored: boolean) => ({
  now,
  isMirrored,
  label: 'Plan',
  monthLabel: (at: number) => String(new Date(at).getUTCMonth() + 1),
  nowLabel: 'today',
})

const day = fc.integer({ min: -400, max: 400 }).map((days) => now + days * DAY)
const bar = fc.record({
  number: fc.integer({ min: 1, max: 99 }),
  from: day,
  due: fc.option(day, { nil: undefined }),
  ended: fc.option(day, { nil: undefined }),
  state: fc.constantFrom<PlanBar['state']>('thought', 'decided', 'running', 'done', 'stopped'),
})

test('every bar stands within the drawing, in both directions of script', () => {
  fc.assert(
    fc.property(fc.array(bar, { maxLength: 12 }), fc.boolean(), (bars, isMirrored) => {
      const drawn = all(drawPlan(bars, frame(isMirrored)))
      for (const { tag, attributes } of drawn) {
        if (tag !== 'rect' || attributes['x'] === undefined) continue
        const from = Number(attributes['x'])
        expect(from).toBeGreaterThanOrEqual(0)
        expect(from + Number(attributes['width'])).toBeLessThanOrEqual(564)
      }
      expect(JSON.stringify(drawn)).not.toContain('NaN')
    }),
  )
})

test('what is over its day is hatched up to today, and only that', () => {
  const late = { number: 1, from: now - 20 * DAY, due: now - 5 * DAY, ended: undefined }
  const hatched = (parts: Partial<PlanBar>) =>
    all(drawPlan([{ ...late, state: 'running', ...parts }], frame(false))).filter(
      ({ attributes }) => attributes['fill'] === 'url(#plan-hatch)',
    )
  expect(hatched({})).toHaveLength(1)
  expect(hatched({ ended: now - 6 * DAY, state: 'done' })).toHaveLength(0)
  expect(hatched({ due: now + DAY })).toHaveLength(0)
  expect(hatched({ state: 'thought' })).toHaveLength(0)
})
