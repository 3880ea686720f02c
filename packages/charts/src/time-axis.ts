import { type Drawing, draw, line, place, text } from './drawing.ts'

/** Instants, in milliseconds since 1970, of one matter's row. */
export type AxisRow = {
  readonly now: number
  /** When stations were reached. */
  readonly stations: readonly number[]
  /** The clock that runs out first; none for a matter without one. */
  readonly clock: { readonly startedAt: number; readonly dueAt: number } | undefined
  /** Escalations made already. */
  readonly made: readonly number[]
  /** The next escalation; none where nobody further is told. */
  readonly next: number | undefined
  /** Says when the flag stands, in words. */
  readonly flagLabel: string
  /** Whether what is left is short enough to be drawn as late. */
  readonly isLate: boolean
}

const size = { width: 470, height: 56, head: 26 }
/** Where 30 days ago, now and 30 days ahead stand. */
const ends = { past: 10, now: 196, ahead: 444 }
const HOUR_MS = 3_600_000
const FAR_HOURS = 720
/** Hours within which the axis is nearly linear: an hour must be seen beside a month. */
const NEAR_HOURS = 3
const bar = { top: 23, height: 10, middle: 28 }

/** Names that a row's drawing refers to; `drawAxisGround` must be on the page once. */
const names = { grid: 'axis-grid', hatch: 'axis-hatch' }

/**
 * Where an instant stands, from left to right: symmetric and logarithmic around now, so that an hour
 * and a month are both seen. What lies further than 30 days away stands at the end.
 */
export function axisPlace(milliseconds: number): number {
  const hours = Math.min(Math.abs(milliseconds) / HOUR_MS, FAR_HOURS)
  const share = Math.log1p(hours / NEAR_HOURS) / Math.log1p(FAR_HOURS / NEAR_HOURS)
  const end = milliseconds < 0 ? ends.past : ends.ahead
  return ends.now + share * (end - ends.now)
}

/** The marks of the axis, by hours from now, and the words that name them. */
const marks = [
  { hours: -720, name: 'thirtyDays', anchor: 'start' },
  { hours: -168, name: 'sevenDays', anchor: 'middle' },
  { hours: -24, name: 'oneDay', anchor: 'middle' },
  { hours: 0, name: 'now', anchor: 'middle' },
  { hours: 6, name: 'sixHours', anchor: 'middle' },
  { hours: 24, name: 'oneDay', anchor: 'middle' },
  { hours: 168, name: 'sevenDays', anchor: 'middle' },
  { hours: 720, name: 'thirtyDays', anchor: 'end' },
] as const
export type MarkName = (typeof marks)[number]['name']

/** Mirrored where the script runs from right to left: the past stands where reading begins. */
const mirror = (x: number, isMirrored: boolean): number => place(isMirrored ? size.width - x : x)
const other = { start: 'end', middle: 'middle', end: 'start' } as const

const markPlaces = (isMirrored: boolean) =>
  marks.map((mark) => ({ ...mark, x: mirror(axisPlace(mark.hours * HOUR_MS), isMirrored) }))

function svg(height: number, children: readonly Drawing[]): Drawing {
  return draw(
    'svg',
    {
      class: 'ax',
      viewBox: `0 0 ${size.width} ${height}`,
      width: size.width,
      height,
      preserveAspectRatio: 'none',
      direction: 'ltr',
      'aria-hidden': 'true',
    },
    ...children,
  )
}

/** What every row's drawing stands on: the hatching of lost time and the grid, once a page. */
export function drawAxisGround(isMirrored: boolean): Drawing {
  const tile = { id: names.hatch, width: 6, height: 6, patternUnits: 'userSpaceOnUse' }
  const hatch = draw(
    'pattern',
    { ...tile, patternTransform: 'rotate(45)' },
    draw('rect', { width: 6, height: 6, fill: 'var(--late-bg)' }),
    draw('rect', { width: 2.5, height: 6, fill: 'var(--late)' }),
  )
  const lines = markPlaces(isMirrored).map(({ x, hours }) =>
    hours === 0
      ? line(`M${x} 0V${size.height}`, 'var(--now)', 1.5)
      : line(`M${x} 0V${size.height}`, 'var(--rule)'),
  )
  const [from, to] = [mirror(ends.past, isMirrored), mirror(ends.ahead, isMirrored)]
  const base = line(`M${from} ${bar.middle}H${to}`, 'var(--rule-2)')
  const grid = draw('g', { id: names.grid }, ...lines, base)
  return draw(
    'svg',
    { width: 0, height: 0, class: 'axis-ground', 'aria-hidden': 'true' },
    draw('defs', {}, hatch, grid),
  )
}

/** The head of the axis: how far from now each mark stands. */
export function drawAxisHead(
  words: Readonly<Record<MarkName, string>>,
  isMirrored: boolean,
): Drawing {
  const labels = markPlaces(isMirrored).map(({ x, name, anchor }) =>
    text(words[name], {
      x,
      y: 18,
      size: 12,
      anchor: isMirrored ? other[anchor] : anchor,
      ...(name === 'now' && { colour: 'var(--now)', weight: 700 }),
    }),
  )
  return svg(size.head, labels)
}

/** One matter's row: time used, left and lost, stations reached, escalations made and next. */
export function drawAxisRow(row: AxisRow, isMirrored: boolean): Drawing {
  const x = (at: number) => mirror(axisPlace(at - row.now), isMirrored)
  return svg(size.height, [
    draw('use', { href: `#${names.grid}` }),
    ...(row.clock ? drawClock(row.clock, row.now, x) : []),
    ...row.stations.map((at) =>
      draw('circle', {
        cx: x(at),
        cy: bar.middle,
        r: 4.5,
        fill: 'var(--ink-2)',
        stroke: 'var(--sheet)',
        'stroke-width': 1.5,
      }),
    ),
    ...row.made.map((at) => madeFlag(x(at), isMirrored)),
    ...flags(row, x, isMirrored),
  ])
}

type Place = (at: number) => number

function drawClock(
  { startedAt, dueAt }: NonNullable<AxisRow['clock']>,
  now: number,
  x: Place,
): readonly Drawing[] {
  const span = (from: number, to: number) => ({
    x: Math.min(x(from), x(to)),
    width: place(Math.abs(x(to) - x(from))),
  })
  const whole = { y: bar.top, height: bar.height }
  const used = { ...whole, fill: 'var(--ink-2)' }
  if (dueAt <= now) {
    const lost = { ...whole, fill: `url(#${names.hatch})`, stroke: 'var(--late)' }
    return [
      draw('rect', { ...span(startedAt, dueAt), ...used }),
      draw('rect', { ...span(dueAt, now), ...lost }),
    ]
  }
  const outline = { y: bar.top + 0.5, height: bar.height - 1, fill: 'var(--sheet)' }
  return [
    draw('rect', { ...span(Math.min(startedAt, now), now), ...used }),
    draw('rect', { ...span(now, dueAt), ...outline, stroke: 'var(--ink-2)' }),
  ]
}

/** A clock that has run out is flagged where it ran out; else the flag is the next escalation's. */
function flags(
  { now, clock, next, flagLabel, isLate }: AxisRow,
  x: Place,
  isMirrored: boolean,
): readonly Drawing[] {
  const isOver = clock !== undefined && clock.dueAt <= now
  const main = isOver ? clock.dueAt : (next ?? clock?.dueAt)
  if (main === undefined) return []
  const colour = isOver ? 'var(--late)' : 'var(--ink)'
  const labelColour = isLate || isOver ? 'var(--late)' : 'var(--ink-2)'
  const at = x(main)
  return [
    ...(isOver && next !== undefined && next > now
      ? [flag(x(next), 'var(--ink)', isMirrored)]
      : []),
    flag(at, colour, isMirrored),
    text(flagLabel, { x: at, y: 49, anchor: 'middle', colour: labelColour, weight: 600 }),
  ]
}

function flag(x: number, colour: string, isMirrored: boolean): Drawing {
  const cloth = isMirrored ? 'h-9l3 4.5 -3 4.5h9' : 'h9l-3 4.5 3 4.5h-9'
  return draw('path', {
    d: `M${x} 34V8${cloth}`,
    fill: colour,
    stroke: colour,
    'stroke-width': 1.5,
    'stroke-linejoin': 'round',
  })
}

function madeFlag(x: number, isMirrored: boolean): Drawing {
  return line(`M${x} 23V12${isMirrored ? 'l-8 4 8 4' : 'l8 4 -8 4'}`, 'var(--late)', 1.5)
}
