import { type Drawing, draw, figure, line, place } from './drawing.ts'
import { linear } from './scale.ts'

/** One bar to either side of a line: how much a condition lowers or raises. Decorative: the row says it. */
export function drawContribution(value: number, largest: number): Drawing {
  const width = 200
  const middle = 60
  const reach = value < 0 ? middle - 2 : width - middle - 2
  const length = place((Math.abs(value) / Math.max(largest, 1e-9)) * reach)
  const bar = {
    x: value < 0 ? middle - Math.min(length, middle - 2) : middle,
    y: 2,
    width: value < 0 ? Math.min(length, middle - 2) : length,
    height: 10,
    fill: value < 0 ? 'var(--neg)' : 'var(--pos)',
  }
  return decorative(width, 14, [line(`M${middle} 0v14`, 'var(--rule-2)'), draw('rect', bar)])
}

/** A chance as a bar with an upright tick where it stood one edition before. */
export function drawRiskBar(chance: number, before: number | null, highest: number): Drawing {
  const width = 92
  const x = linear([0, highest], [0, width - 4])
  const marks = [
    draw('rect', { x: 0, y: 4, width: place(x(chance)), height: 4, fill: 'var(--risk-7)' }),
  ]
  if (before !== null) marks.push(line(`M${place(x(before))} 1v10`, 'var(--ink-2)', 1.2))
  return decorative(width, 12, marks)
}

function decorative(width: number, height: number, children: readonly Drawing[]): Drawing {
  const viewBox = `0 0 ${width} ${height}`
  return draw('svg', { viewBox, width, height, 'aria-hidden': 'true' }, ...children)
}

export type YearBand = {
  readonly year: string
  readonly best: number
  readonly low: number | null
  readonly high: number | null
}

/** Years down, figures across: a dot for the best estimate on a band from low to high. */
export function drawYears(
  bands: readonly YearBand[],
  label: string,
  tickLabel: (value: number) => string,
  steps: readonly number[],
): Drawing {
  const top = 16
  const rowHeight = 26
  const height = top + bands.length * rowHeight + 24
  const highest = steps.at(-1) ?? 1
  const x = linear([0, highest], [52, 360])
  const bottom = height - 26
  const axis = steps.flatMap((step) => [
    line(`M${place(x(step))} 8V${bottom}`, 'var(--rule)'),
    draw(
      'text',
      {
        x: place(x(step)),
        y: height - 8,
        'font-size': 12.5,
        fill: 'var(--ink-3)',
        'text-anchor': 'middle',
      },
      tickLabel(step),
    ),
  ])
  const rows = bands.flatMap(({ year, best, low, high }, index) => {
    const y = top + index * rowHeight + 6
    const name = draw(
      'text',
      { x: 44, y: y + 4, 'font-size': 12.5, fill: 'var(--ink-2)', 'text-anchor': 'end' },
      year,
    )
    const [from, to] = [place(x(low ?? best)), place(x(high ?? best))]
    return [
      name,
      draw('path', { d: `M${from} ${y}H${to}`, stroke: 'var(--est-low)', 'stroke-width': 6 }),
      line(`M${from} ${y - 5}v10M${to} ${y - 5}v10`, 'var(--est-best)', 1),
      draw('circle', { cx: place(x(best)), cy: y, r: 4, fill: 'var(--est-best)' }),
    ]
  })
  return figure({ width: 380, height }, label, [...axis, ...rows])
}
