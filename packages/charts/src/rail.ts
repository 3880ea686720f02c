import { type Drawing, draw, line, place } from './drawing.ts'

/** A station of the rail: when it was reached, and the clock that runs towards it, in milliseconds. */
export type RailStation = {
  readonly reachedAt: number | null
  readonly clock: { readonly startedAt: number; readonly dueAt: number } | null
  /** Whether it is reached again and again, so that reaching it passes no other by. */
  readonly recurs?: boolean
}

/**
 * How a station stands: reached; reached by some while others are waited for; waited for; over time;
 * not begun; or passed by, because a later one was reached without it.
 */
export type RailState = 'done' | 'running' | 'due' | 'overdue' | 'not-started' | 'skipped'

export type RailStop = {
  readonly state: RailState
  /** From the station reached before to this one; null where either was not reached, or in other order. */
  readonly took: number | null
  /** Until its clock runs out, negative once it has; null where none runs. */
  readonly left: number | null
  /** The share of the allowed time that is used, 0 to 1. */
  readonly used: number
}

/** How each station of the rail stands at this moment. */
export function railOf(stations: readonly RailStation[], now: number): readonly RailStop[] {
  const last = stations.findLastIndex(({ reachedAt, recurs }) => reachedAt !== null && !recurs)
  let before: number | null = null
  return stations.map(({ reachedAt, clock }, index) => {
    const took = reachedAt !== null && before !== null ? reachedAt - before : null
    before = reachedAt ?? before
    return {
      state: stateOf({ isReached: reachedAt !== null, isPassed: index < last, clock, now }),
      took: took === null || took < 0 ? null : took,
      left: clock && clock.dueAt - now,
      used: clock ? shareUsed(clock, now) : Number(reachedAt !== null),
    }
  })
}

function shareUsed({ startedAt, dueAt }: NonNullable<RailStation['clock']>, now: number): number {
  if (dueAt <= startedAt) return 1
  return Math.min(1, Math.max(0, (now - startedAt) / (dueAt - startedAt)))
}

function stateOf(at: {
  readonly isReached: boolean
  readonly isPassed: boolean
  readonly clock: RailStation['clock']
  readonly now: number
}): RailState {
  const { isReached, isPassed, clock, now } = at
  if (clock) {
    if (clock.dueAt <= now) return 'overdue'
    return isReached ? 'running' : 'due'
  }
  if (isReached) return 'done'
  return isPassed ? 'skipped' : 'not-started'
}

const SIZE = 20
const MIDDLE = SIZE / 2
const RADIUS = 7

/** The mark of a stop: a dot, a pie of the time used, a ring, or a ring struck through. Decorative. */
export function drawStop({ state, used }: Pick<RailStop, 'state' | 'used'>): Drawing {
  const attributes = { viewBox: `0 0 ${SIZE} ${SIZE}`, width: SIZE, height: SIZE }
  return draw('svg', { ...attributes, 'aria-hidden': 'true' }, ...marksOf(state, used))
}

function marksOf(state: RailState, used: number): readonly Drawing[] {
  switch (state) {
    case 'done':
      return [circle(RADIUS, { fill: 'var(--ink)' })]
    case 'overdue':
      return [ring('var(--late)'), circle(RADIUS - 2, { fill: 'var(--late)' })]
    case 'running':
    case 'due':
      return [ring('var(--ink)'), pie(used)]
    case 'not-started':
      return [ring('var(--rule-2)')]
    case 'skipped':
      return [
        ring('var(--rule-2)'),
        draw('path', { d: 'M4 16L16 4', stroke: 'var(--ink-3)', 'stroke-width': 2 }),
      ]
  }
}

const circle = (r: number, paint: Drawing['attributes']): Drawing =>
  draw('circle', { cx: MIDDLE, cy: MIDDLE, r, ...paint })

const ring = (colour: string): Drawing =>
  circle(RADIUS, { fill: 'var(--sheet)', stroke: colour, 'stroke-width': 2 })

/** So much of a whole turn, clockwise from the top as on a clock, whatever the script. */
function pie(share: number): Drawing {
  if (share >= 1) return circle(RADIUS, { fill: 'var(--ink)' })
  const angle = share * 2 * Math.PI
  const x = place(MIDDLE + RADIUS * Math.sin(angle))
  const y = place(MIDDLE - RADIUS * Math.cos(angle))
  const long = share > 0.5 ? 1 : 0
  const arc = `A${RADIUS} ${RADIUS} 0 ${long} 1 ${x} ${y}`
  return draw('path', { d: `M${MIDDLE} ${MIDDLE}V${MIDDLE - RADIUS}${arc}Z`, fill: 'var(--ink)' })
}

/** The line that leads to a stop, filled as far as its time is used; it takes the width it is given. */
export function drawTrack({ state, used }: Pick<RailStop, 'state' | 'used'>): Drawing {
  const attributes = { viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' }
  if (state === 'not-started' || state === 'skipped') {
    const dots = { stroke: 'var(--rule-2)', 'stroke-width': 2, 'stroke-dasharray': '2 2' }
    return draw('svg', attributes, draw('path', { d: 'M0 3H100', ...dots }))
  }
  const width = place(100 * used)
  return draw(
    'svg',
    attributes,
    draw('rect', { x: 0, y: 0, width: 100, height: 6, fill: 'var(--sheet)' }),
    draw('rect', { x: 0, y: 0, width, height: 6, fill: fillOf(state) }),
    line('M0 0.5H100M0 5.5H100', fillOf(state)),
  )
}

const fillOf = (state: RailState): string => (state === 'overdue' ? 'var(--late)' : 'var(--ink-2)')
