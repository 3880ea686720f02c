import { type Drawing, draw, figure, line, place, text } from './drawing.ts'
import { logarithmic } from './scale.ts'

/** All chances of an edition on one scale, and where one State stands among them. */
export type RiskRug = {
  /** Chances between 0 and 1. */
  readonly all: readonly number[]
  readonly own: number
  /** Where estimates of this size came true before, with the interval of that share. */
  readonly before: { readonly share: number; readonly low: number; readonly high: number } | null
  /** In words: for screen readers, and beside the marks. */
  readonly label: string
  readonly ownLabel: string
  readonly medianLabel: string
  readonly beforeLabel: string
  readonly tickLabels: readonly { readonly chance: number; readonly label: string }[]
}

const size = { width: 400, height: 118 }
const edges = [12, 388] as const

export function drawRiskRug(rug: RiskRug): Drawing {
  const highest = Math.max(0.125, rug.own, ...rug.all)
  const scale = logarithmic([0.001, highest], edges)
  const x = (chance: number) =>
    place(Math.min(Math.max(scale(Math.max(chance, 1e-9)), edges[0]), edges[1]))
  const median = rug.all[Math.floor(rug.all.length / 2)] ?? rug.own
  return figure(size, rug.label, [
    ...(rug.before ? band(rug.before, x, rug.beforeLabel) : []),
    ...rug.all.map((chance) => line(`M${x(chance)} 58v12`, 'var(--risk-5)', 0.8)),
    line(`M${edges[0]} 74H${edges[1]}`, 'var(--rule-2)'),
    ...rug.tickLabels.map(({ chance, label }) =>
      text(label, { x: x(chance), y: 93, anchor: chance <= 0.001 ? 'start' : 'middle' }),
    ),
    line(`M${x(median)} 54v20`, 'var(--ink)', 1.5),
    text(rug.medianLabel, { x: x(median), y: 48, anchor: 'middle', colour: 'var(--ink-2)' }),
    line(`M${x(rug.own)} 30v44`, 'var(--risk-7)', 3),
    text(rug.ownLabel, {
      x: Math.min(Math.max(x(rug.own), 70), 330),
      y: 22,
      anchor: 'middle',
      colour: 'var(--ink)',
      weight: 700,
    }),
  ])
}

function band(
  before: NonNullable<RiskRug['before']>,
  x: (chance: number) => number,
  label: string,
): Drawing[] {
  const [low, high, share] = [x(before.low), x(before.high), x(before.share)]
  return [
    draw('rect', { x: low, y: 34, width: place(high - low), height: 40, fill: 'var(--band)' }),
    draw('path', {
      d: `M${share} 34v40`,
      stroke: 'var(--risk-5)',
      'stroke-width': 1.5,
      'stroke-dasharray': '3 2',
    }),
    text(label, {
      x: Math.min(Math.max(share, 80), 320),
      y: 112,
      anchor: 'middle',
      colour: 'var(--ink-2)',
    }),
  ]
}
