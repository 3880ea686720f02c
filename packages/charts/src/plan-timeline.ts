import { type Drawing, draw, figure, line, place, text } from './drawing.ts'

/** One action over time, in milliseconds since 1970; drawn under its number, which the table repeats. */
export type PlanBar = {
  readonly number: number
  readonly from: number
  /** The day by which it is to be done; none where no day is set. */
  readonly due: number | undefined
  /** When it ended; none while it has not. */
  readonly ended: number | undefined
  readonly state: 'thought' | 'decided' | 'running' | 'done' | 'stopped'
}

type Frame = {
  readonly now: number
  readonly isMirrored: boolean
  readonly label: string
  /** The name of the month that begins at that instant. */
  readonly monthLabel: (at: number) => string
  readonly nowLabel: string
}

const width = 560
const ends = { first: 34, last: 546 }
const row = { head: 26, height: 24, bar: 12 }
const DAY_MS = 86_400_000
/** Months that are named; where there are more, only every second, third and so on. */
const NAMED = 7

/**
 * Actions as bars from their beginning to their day, one under the other, with today across all of
 * them. What is over its day goes on, hatched, to today; a bar without a day is open at its end.
 */
export function drawPlan(bars: readonly PlanBar[], frame: Frame): Drawing {
  const { now, isMirrored, label, nowLabel } = frame
  const height = row.head + bars.length * row.height + 8
  const points = bars.flatMap(({ from, due, ended }) => [from, due ?? from, ended ?? from])
  const first = Math.min(now, ...points) - 2 * DAY_MS
  const last = Math.max(now, ...points) + 5 * DAY_MS
  const x = (at: number) => {
    const share = (at - first) / (last - first)
    const straight = ends.first + share * (ends.last - ends.first)
    return place(isMirrored ? width - straight : straight)
  }
  const months = monthsIn(first, last)
  const every = Math.ceil(months.length / NAMED)
  const grid = months.flatMap((at, index) => [
    line(`M${x(at)} 20V${height - 4}`, 'var(--rule)'),
    ...(index % every === 0
      ? [text(frame.monthLabel(at), { x: x(at), y: 13, anchor: isMirrored ? 'end' : 'start' })]
      : []),
  ])
  const rows = bars.flatMap((bar, index) => {
    const top = row.head + index * row.height + (row.height - row.bar) / 2
    const edge = isMirrored ? width - 4 : 4
    const number = text(String(bar.number), {
      x: edge,
      y: top + row.bar - 1,
      anchor: isMirrored ? 'end' : 'start',
      colour: 'var(--ink-2)',
      weight: 600,
    })
    return [number, ...drawBar(bar, top, now, x)]
  })
  const today = [
    line(`M${x(now)} 20V${height - 4}`, 'var(--now)', 1.5),
    text(nowLabel, { x: x(now), y: height + 9, anchor: 'middle', colour: 'var(--now)', size: 11 }),
  ]
  return figure({ width, height: height + 14 }, label, [hatch, ...grid, ...rows, ...today])
}

const hatch = draw(
  'defs',
  {},
  draw(
    'pattern',
    {
      id: 'plan-hatch',
      width: 6,
      height: 6,
      patternUnits: 'userSpaceOnUse',
      patternTransform: 'rotate(45)',
    },
    draw('rect', { width: 6, height: 6, fill: 'var(--late-bg)' }),
    draw('rect', { width: 2.5, height: 6, fill: 'var(--late)' }),
  ),
)

type Look = { readonly fill: string; readonly 'stroke-dasharray'?: string }

const looks: Readonly<Record<PlanBar['state'], Look>> = {
  thought: { fill: 'none', 'stroke-dasharray': '3 3' },
  decided: { fill: 'var(--sheet)' },
  running: { fill: 'var(--ink-2)' },
  done: { fill: 'var(--rule-2)' },
  stopped: { fill: 'none' },
}

function drawBar(
  { from, due, ended, state }: PlanBar,
  top: number,
  now: number,
  x: (at: number) => number,
): readonly Drawing[] {
  const span = (start: number, end: number) => ({
    x: Math.min(x(start), x(end)),
    width: Math.max(3, place(Math.abs(x(end) - x(start)))),
    y: top,
    height: row.bar,
  })
  const until = ended ?? due ?? Math.max(now, from)
  const isLate = ended === undefined && due !== undefined && due < now && state !== 'thought'
  const middle = top + row.bar / 2
  return [
    draw('rect', { ...span(from, until), ...looks[state], stroke: 'var(--ink-2)' }),
    ...(isLate
      ? [draw('rect', { ...span(due, now), fill: 'url(#plan-hatch)', stroke: 'var(--late)' })]
      : []),
    ...(state === 'stopped' ? [line(`M${x(from)} ${middle}H${x(until)}`, 'var(--ink-2)', 2)] : []),
    ...(due !== undefined ? [line(`M${x(due)} ${top - 4}v${row.bar + 8}`, 'var(--ink)', 2)] : []),
  ]
}

/** The first days of the months within a time. */
function monthsIn(first: number, last: number): readonly number[] {
  const begun = new Date(first)
  const months: number[] = []
  for (let month = begun.getUTCMonth() + 1; ; month += 1) {
    const at = Date.UTC(begun.getUTCFullYear(), month, 1)
    if (at > last) return months
    months.push(at)
  }
}
