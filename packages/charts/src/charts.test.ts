import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawContribution, drawRiskBar, drawYears } from './bars.ts'
import { drawCalibration } from './calibration-plot.ts'
import { type Drawing, toSvg } from './drawing.ts'
import { drawExchanges } from './exchanges.ts'
import { drawMonths, monthsBetween } from './months.ts'
import { drawRiskRug } from './risk-rug.ts'
import { ticks } from './scale.ts'
import { drawWaits } from './waits.ts'

const chance = fc.double({ min: 0, max: 1, noNaN: true })
const deaths = fc.oneof(fc.constant(0), fc.nat(), fc.constant(800_000))

function numbersIn({ attributes, children }: Drawing): number[] {
  const own = Object.values(attributes).filter((value) => typeof value === 'number')
  return [
    ...own,
    ...children.flatMap((child) => (typeof child === 'string' ? [] : numbersIn(child))),
  ]
}

/** Every number is one, every mark lies inside the figure. */
function expectSound(drawing: Drawing): void {
  for (const value of numbersIn(drawing)) expect(Number.isFinite(value)).toBe(true)
  expect(toSvg(drawing)).not.toMatch(/NaN|undefined|Infinity/)
  const [, , width = 0, height = 0] = String(drawing.attributes['viewBox']).split(' ').map(Number)
  for (const { attributes } of drawing.children.filter((child) => typeof child !== 'string')) {
    const { x = 0, y = 0, width: wide = 0, height: high = 0 } = attributes
    expect(Number(x)).toBeGreaterThanOrEqual(0)
    expect(Number(x) + Number(String(wide).replace('%', ''))).toBeLessThanOrEqual(width + 0.2)
    expect(Number(y) + Number(high)).toBeLessThanOrEqual(height + 0.2)
  }
}

describe('every figure is sound for whatever it is given', () => {
  test('the rug of chances', () => {
    fc.assert(
      fc.property(fc.array(chance), chance, fc.option(chance), (all, own, share) => {
        const before =
          share === null ? null : { share, low: share / 2, high: Math.min(1, share * 2) }
        const words = { label: 'l', ownLabel: 'o', medianLabel: 'm', beforeLabel: 'b' }
        const tickLabels = [{ chance: 0.01, label: '100' }]
        expectSound(drawRiskRug({ all: all.toSorted(), own, before, tickLabels, ...words }))
      }),
    )
  })

  test('bars of contributions and chances', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (value) => {
        expectSound(drawContribution(value, 3))
        expectSound(drawRiskBar(Math.abs(value) / 3, null, 1))
      }),
    )
  })

  test('years with and without bounds', () => {
    fc.assert(
      fc.property(fc.array(deaths, { maxLength: 8 }), (values) => {
        const bands = values.map((best, i) => ({
          year: `${2000 + i}`,
          best,
          low: best / 2,
          high: best,
        }))
        const steps = ticks(Math.max(1, ...values), 3)
        expectSound(drawYears(bands, 'years', String, steps))
      }),
    )
  })

  test('waits, however long and whether they ended', () => {
    const minutes = fc.option(fc.integer({ min: 0, max: 2_000_000 }))
    const bars = fc.array(fc.record({ name: fc.string(), median: minutes, p90: minutes }))
    fc.assert(fc.property(bars, (all) => expectSound(drawWaits(all, 'waits', String))))
  })

  test('exchanges, whenever the last one was', () => {
    const until = Date.parse('2026-11-25T12:00:00Z')
    const hour = fc.integer({ min: until - 800 * 3_600_000, max: until + 3_600_000 })
    const hours = fc.array(hour)
    fc.assert(fc.property(hours, (all) => expectSound(drawExchanges(all, until, 'exchanges'))))
  })

  test('calibration', () => {
    const points = fc.array(fc.record({ meanChance: chance, observed: chance, rows: fc.nat() }))
    fc.assert(
      fc.property(points, (bins) => {
        const words = { label: 'l', across: 'a', up: 'u', tickLabel: String }
        expectSound(drawCalibration(bins, words))
      }),
    )
  })

  test('months, however many are missing', () => {
    const months = monthsBetween('2019-01', '2026-05')
    const values = fc.array(fc.tuple(fc.constantFrom(...months), deaths))
    fc.assert(
      fc.property(values, (pairs) => {
        const chart = { from: '2019-01', to: '2026-05', values: new Map(pairs) }
        expectSound(drawMonths({ ...chart, label: 'months', tickLabel: String }))
      }),
    )
  })
})

describe('months', () => {
  const drawOne = (values: ReadonlyMap<string, number>) =>
    toSvg(drawMonths({ from: '2020-01', to: '2020-01', values, label: '', tickLabel: String }))

  test('draw a missing figure differently from a zero', () => {
    expect(drawOne(new Map())).toContain('<circle')
    expect(drawOne(new Map([['2020-01', 0]]))).not.toContain('<circle')
  })

  const year = { from: '2020-01', to: '2021-03', label: '', tickLabel: String }
  const whole = monthsBetween(year.from, year.to).map((month) => [month, 10] as const)

  test('that are provisional stand hatched on their own ground', () => {
    const values = new Map(whole)
    const svg = toSvg(drawMonths({ ...year, values, provisionalFrom: '2021-01' }))
    expect(svg.match(/url\(#provisional\)/g)).toHaveLength(3)
    expect(svg).toContain('var(--hold-bg)')
    expect(toSvg(drawMonths({ ...year, values }))).not.toContain('provisional')
  })

  test('have a mean only where twelve in a row have a figure', () => {
    const mean = (values: ReadonlyMap<string, number>) =>
      /d="([^"]*)" stroke="var\(--ink\)"/.exec(toSvg(drawMonths({ ...year, values })))?.[1] ?? ''
    expect(mean(new Map(whole)).match(/[ML]/g)).toEqual(['M', 'L', 'L', 'L'])
    expect(mean(new Map(whole.filter(([month]) => month !== '2020-06')))).toBe('')
  })
})

test('a wait that has not ended is drawn without an end', () => {
  const draw = (p90: number | null) =>
    toSvg(drawWaits([{ name: 'a', median: 60, p90 }], 'waits', String))
  expect(draw(null)).toContain('stroke-dasharray')
  expect(draw(120)).not.toContain('stroke-dasharray')
})

test('a day without an exchange is hatched, an hour is not', () => {
  const until = Date.parse('2026-11-25T12:00:00Z')
  const after = (hours: number) =>
    toSvg(drawExchanges([until - hours * 3_600_000], until, 'exchanges'))
  expect(after(25)).toContain('var(--late)')
  expect(after(1)).not.toContain('var(--late)')
})

test('text cannot break out of a figure', () => {
  const label = '"><script>alert(1)</script>'
  const words = { label, across: label, up: label, tickLabel: () => label }
  expect(toSvg(drawCalibration([], words))).not.toContain('<script>')
})
