import { type Drawing, draw, figure, line, place } from './drawing.ts'

const HOURS = 168
const [WIDTH, HEIGHT] = [330, 26]
const HOUR_MS = 3_600_000

/**
 * One upright line for each hour of the last seven days in which something was exchanged; days set
 * apart; the time since the last one hatched once it is longer than a day. Instants in milliseconds.
 */
export function drawExchanges(hours: readonly number[], until: number, label: string): Drawing {
  const from = until - HOURS * HOUR_MS
  const x = (at: number) => place(((at - from) / (HOURS * HOUR_MS)) * WIDTH)
  const within = hours.filter((at) => at >= from && at <= until)
  const days = Array.from({ length: 8 }, (_, day) =>
    line(`M${place((day * WIDTH) / 7)} 0v${HEIGHT}`, 'var(--rule)'),
  )
  const marks = within.map((at) => line(`M${x(at)} 5v16`, 'var(--ink-2)', 1.4))
  const last = Math.max(from, ...within)
  const isSilent = until - last > 24 * HOUR_MS
  const silence = draw('rect', {
    x: x(last),
    y: 5,
    width: place(WIDTH - x(last)),
    height: 16,
    fill: 'var(--late-bg)',
    stroke: 'var(--late)',
    'stroke-dasharray': '3 3',
  })
  return figure({ width: WIDTH, height: HEIGHT }, label, [
    ...days,
    ...(isSilent ? [silence] : []),
    ...marks,
  ])
}
