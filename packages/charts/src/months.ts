import { type Drawing, draw, figure, line, place, text } from './drawing.ts'
import { linear, ticks } from './scale.ts'

/** Figures by month. A month that is not in the map has no figure: that is drawn, and is not a zero. */
export type Months = {
  /** First and last month shown, `YYYY-MM`. */
  readonly from: string
  readonly to: string
  readonly values: ReadonlyMap<string, number>
  /** From this month on the publisher still revises its figures: drawn hatched, on a ground of its own. */
  readonly provisionalFrom?: string | undefined
  readonly label: string
  readonly tickLabel: (value: number) => string
}

const size = { width: 860, height: 196 }
const frame = { left: 44, right: 856, top: 22, bottom: 164 }

/** Bars from zero; a hollow dot where there is no figure, a tick on the line where it is zero. */
export function drawMonths(chart: Months): Drawing {
  const months = monthsBetween(chart.from, chart.to)
  const known = months.flatMap((month) => chart.values.get(month) ?? [])
  const steps = ticks(Math.max(1, ...known), 4)
  const highest = steps.at(-1) ?? 1
  const y = linear([0, highest], [frame.bottom, frame.top])
  const width = (frame.right - frame.left) / Math.max(1, months.length)
  const x = (index: number) => frame.left + index * width
  const { provisionalFrom = '9999' } = chart
  const firm = months.filter((month) => month < provisionalFrom).length
  return figure(size, chart.label, [
    ...(firm < months.length ? provisionalGround(x(firm), x(months.length)) : []),
    ...steps.flatMap((step) => [
      line(`M${frame.left} ${place(y(step))}H${frame.right}`, 'var(--rule)'),
      text(chart.tickLabel(step), { x: frame.left - 6, y: y(step) + 4, anchor: 'end' }),
    ]),
    ...months.map((month, index) =>
      mark(chart.values.get(month), { x: x(index), width, provisional: index >= firm }, y),
    ),
    line(
      meanPath(months, chart.values, (index) => x(index) + width / 2, y),
      'var(--ink)',
      1.4,
    ),
    line(`M${frame.left} ${frame.bottom}H${frame.right}`, 'var(--ink-2)'),
    ...months.flatMap((month, index) =>
      month.endsWith('-01') ? [text(month.slice(0, 4), { x: x(index) + 2, y: 182 })] : [],
    ),
  ])
}

type Slot = { readonly x: number; readonly width: number; readonly provisional: boolean }
type Scale = (value: number) => number

function mark(value: number | undefined, { x, width, provisional }: Slot, y: Scale): Drawing {
  if (value === undefined) {
    const at = { cx: place(x + width / 2), cy: frame.bottom - 3, r: 2 }
    return draw('circle', { ...at, fill: 'none', stroke: 'var(--rule-2)' })
  }
  if (value === 0) return line(`M${place(x + width / 2)} ${frame.bottom}v-5`, 'var(--ink-2)')
  const height = place(frame.bottom - y(value))
  const bar = { x: place(x), y: place(y(value)), width: place(width * 0.8), height }
  return draw('rect', { ...bar, fill: provisional ? `url(#${hatch})` : 'var(--est-best)' })
}

const hatch = 'provisional'

function provisionalGround(from: number, to: number): readonly Drawing[] {
  const [side, height] = [4, frame.bottom - frame.top]
  const tile = { id: hatch, width: side, height: side, patternUnits: 'userSpaceOnUse' }
  const stripes = draw('path', {
    d: `M0 0V${side}M2 0V${side}`,
    stroke: 'var(--est-best)',
    'stroke-width': 1.4,
  })
  const ground = { x: place(from), y: frame.top, width: place(to - from), height }
  return [
    draw('defs', {}, draw('pattern', { ...tile, patternTransform: 'rotate(45)' }, stripes)),
    draw('rect', { ...ground, fill: 'var(--hold-bg)' }),
  ]
}

const yearLong = 12

/** The mean of the twelve months up to each month; it breaks off where one of them has no figure. */
function meanPath(
  months: readonly string[],
  values: Months['values'],
  x: (index: number) => number,
  y: Scale,
): string {
  let open = false
  return months
    .map((_, index) => {
      const year = months.slice(Math.max(0, index - yearLong + 1), index + 1)
      const known = year.flatMap((month) => values.get(month) ?? [])
      if (known.length < yearLong) {
        open = false
        return ''
      }
      const mean = known.reduce((sum, value) => sum + value, 0) / yearLong
      const step = `${open ? 'L' : 'M'}${place(x(index))} ${place(y(mean))}`
      open = true
      return step
    })
    .join('')
}

/** Every month from the first to the last, both included. */
export function monthsBetween(from: string, to: string): readonly string[] {
  const count = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
  const [start, end] = [count(from), count(to)]
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, index) => {
    const at = start + index
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}
