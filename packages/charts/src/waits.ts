import { type Drawing, draw, figure, line, place, text } from './drawing.ts'
import { logarithmic } from './scale.ts'

/** One row: by when half and by when nine in ten had answered, in minutes; null is not reached. */
export type WaitBar = {
  readonly name: string
  readonly median: number | null
  readonly p90: number | null
}

/** Minutes at which the axis is marked: an hour, six, a day, a week, thirty days, ninety. */
const marks = [60, 360, 1440, 10_080, 43_200, 129_600] as const

/**
 * Waits across a logarithmic axis: a dot where half had answered, a bar from there to where nine in
 * ten had. What is not reached is not drawn as an end: the bar goes on, broken, past the last mark.
 */
export function drawWaits(
  bars: readonly WaitBar[],
  label: string,
  tickLabel: (minutes: number) => string,
): Drawing {
  const rowHeight = 26
  const height = bars.length * rowHeight + 40
  const bottom = height - 26
  const [left, right] = [132, 356]
  const longest = Math.max(...bars.flatMap(({ median, p90 }) => [median ?? 0, p90 ?? 0]), 1440)
  const ends = marks.find((mark) => mark >= longest) ?? longest
  const scale = logarithmic([10, ends], [left, right])
  const x = (minutes: number) => place(scale(Math.max(10, minutes)))
  const axis = marks
    .filter((mark) => mark <= ends)
    .flatMap((mark) => [
      line(`M${x(mark)} 8V${bottom}`, 'var(--rule)'),
      text(tickLabel(mark), { x: x(mark), y: height - 8, anchor: 'middle' }),
    ])
  const rows = bars.flatMap(({ name, median, p90 }, index) => {
    const y = 22 + index * rowHeight
    const from = median === null ? right : x(median)
    const to = p90 === null ? right : x(p90)
    const attributes = {
      d: `M${from} ${y}H${p90 === null ? right + 12 : to}`,
      stroke: 'var(--est-best)',
      'stroke-width': 3,
      ...(p90 === null && { 'stroke-dasharray': '4 3' }),
    }
    const dot = { cx: from, cy: y, r: 4.5, fill: 'var(--est-best)' }
    const arrow = `M${right + 8} ${y - 5}l8 5l-8 5`
    return [
      text(name, { x: left - 10, y: y + 4, anchor: 'end', colour: 'var(--ink-2)' }),
      draw('path', attributes),
      ...(p90 === null ? [line(arrow, 'var(--est-best)', 2)] : [endOf(to, y)]),
      ...(median === null ? [] : [draw('circle', dot)]),
    ]
  })
  return figure({ width: 380, height }, label, [...axis, ...rows])
}

const endOf = (x: number, y: number): Drawing => line(`M${x} ${y - 6}v12`, 'var(--est-best)', 2)
