import { type Drawing, draw, figure, line, place, text } from './drawing.ts'
import { linear, ticks } from './scale.ts'

export type CalibrationPoint = {
  readonly meanChance: number
  readonly observed: number
  readonly rows: number
}

/** How often chances came true against how high they were: on the diagonal they kept their word. */
export function drawCalibration(
  points: readonly CalibrationPoint[],
  words: {
    readonly label: string
    readonly across: string
    readonly up: string
    readonly tickLabel: (chance: number) => string
  },
): Drawing {
  const highest = Math.max(
    0.01,
    ...points.flatMap(({ meanChance, observed }) => [meanChance, observed]),
  )
  const steps = ticks(highest, 4)
  const end = steps.at(-1) ?? highest
  const x = linear([0, end], [56, 372])
  const y = linear([0, end], [268, 16])
  return figure({ width: 400, height: 316 }, words.label, [
    ...steps.flatMap((step) => [
      line(`M56 ${place(y(step))}H372`, 'var(--rule)'),
      text(words.tickLabel(step), { x: 50, y: y(step) + 4, anchor: 'end' }),
      text(words.tickLabel(step), { x: x(step), y: 286, anchor: 'middle' }),
    ]),
    draw('path', {
      d: `M56 268L372 16`,
      stroke: 'var(--ink-3)',
      'stroke-dasharray': '4 3',
      fill: 'none',
    }),
    ...points.map(({ meanChance, observed }) =>
      draw('circle', {
        cx: place(x(meanChance)),
        cy: place(y(observed)),
        r: 5,
        fill: 'var(--est-best)',
        'fill-opacity': 0.85,
      }),
    ),
    text(words.across, { x: 214, y: 308, anchor: 'middle', colour: 'var(--ink-2)' }),
    text(words.up, { x: 56, y: 10, colour: 'var(--ink-2)' }),
  ])
}
