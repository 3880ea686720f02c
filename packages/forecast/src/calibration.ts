import type { Scored } from './scores.ts'

/** Rows of similar chance: how high it was on average, and how often it came true. */
export type CalibrationBin = {
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly positives: number
  readonly meanChance: number
  readonly observed: number
}

/** Splits the rows, ordered by chance, into so many bins of equal size (the last may be larger by a few). */
export function calibrationBins(
  rows: readonly Pick<Scored, 'chance' | 'outcome'>[],
  bins: number,
): CalibrationBin[] {
  const ordered = rows.toSorted((a, b) => a.chance - b.chance)
  return Array.from({ length: bins }, (_, bin) => {
    const start = Math.round((bin * ordered.length) / bins)
    const end = Math.round(((bin + 1) * ordered.length) / bins)
    return binOf(ordered.slice(start, end))
  }).filter(({ rows: count }) => count > 0)
}

function binOf(rows: readonly Pick<Scored, 'chance' | 'outcome'>[]): CalibrationBin {
  const positives = rows.filter(({ outcome }) => outcome === 1).length
  const total = rows.reduce((sum, { chance }) => sum + chance, 0)
  return {
    from: rows[0]?.chance ?? 0,
    to: rows.at(-1)?.chance ?? 0,
    rows: rows.length,
    positives,
    meanChance: total / rows.length,
    observed: positives / rows.length,
  }
}

/**
 * Intercept and slope of a logistic regression of outcomes on the log-odds of the chances (Cox 1958),
 * by Newton's method: 0 and 1 are perfect; a slope above 1 says the chances were too timid.
 */
export function calibrationLine(rows: readonly Pick<Scored, 'chance' | 'outcome'>[]): {
  readonly intercept: number
  readonly slope: number
} {
  const points = rows.map(({ chance, outcome }) => ({
    x: Math.log(chance / (1 - chance)),
    y: outcome,
  }))
  let [intercept, slope] = [0, 1]
  for (let step = 0; step < 50; step++) {
    const s = { w: 0, wx: 0, wxx: 0, g: 0, gx: 0 }
    for (const { x, y } of points) {
      const p = 1 / (1 + Math.exp(-(intercept + slope * x)))
      const w = p * (1 - p)
      s.w += w
      s.wx += w * x
      s.wxx += w * x * x
      s.g += y - p
      s.gx += (y - p) * x
    }
    const determinant = s.w * s.wxx - s.wx ** 2
    const moved = [
      (s.wxx * s.g - s.wx * s.gx) / determinant,
      (s.w * s.gx - s.wx * s.g) / determinant,
    ] as const
    intercept += moved[0]
    slope += moved[1]
    if (Math.abs(moved[0]) + Math.abs(moved[1]) < 1e-12) break
  }
  return { intercept, slope }
}

/** Wilson's (1927) interval for a share: `z` 1.2816 for 80 %. */
export function shareInterval(
  positives: number,
  rows: number,
  z: number,
): { readonly low: number; readonly high: number } {
  const share = positives / rows
  const centre = (share + z ** 2 / (2 * rows)) / (1 + z ** 2 / rows)
  const spread = Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2))
  const reach = (z * spread) / (1 + z ** 2 / rows)
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) }
}
