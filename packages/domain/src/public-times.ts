import { z } from 'zod'
import { WarningLevel } from './level.ts'
import { ClockKind } from './service-clock.ts'

/*
 * What anybody may know of how fast warnings are answered: by level over the whole node, and only
 * where so many matters lie behind a figure that it says nothing of any one of them.
 */

/** Fewer matters than this are not shown, nor what would give them away. */
export const FEWEST = 10

/** What lies behind one figure. */
export type Cell = { readonly count: number; readonly matters: ReadonlySet<string> }

/**
 * Which cells may be shown beside their total. A cell of few matters is not; and as the total less
 * those shown is what is hidden, the smallest others are hidden with them until at least two cells of
 * at least so many matters are. Both look the same, so that nobody can tell which is which.
 */
export function shownCells(cells: readonly Cell[]): readonly boolean[] {
  const bySize = cells
    .map((cell, index) => ({ cell, index }))
    .sort((a, b) => a.cell.matters.size - b.cell.matters.size || a.cell.count - b.cell.count)
  const hidden = bySize.filter(({ cell }) => cell.matters.size < FEWEST)
  const rest = bySize.slice(hidden.length)
  const isSafe = () => {
    const behind = new Set(hidden.flatMap(({ cell }) => [...cell.matters]))
    return hidden.length === 0 || (hidden.length >= 2 && behind.size >= FEWEST)
  }
  while (!isSafe()) {
    const next = rest.shift()
    if (!next) break
    hidden.push(next)
  }
  const places = new Set(hidden.map(({ index }) => index))
  return cells.map((_, index) => !places.has(index))
}

/** A share of so many in whole per cent, rounded down; null where either part of them is few. */
export function shownPercent(share: number | undefined, n: number): number | null {
  if (share === undefined || share * n < FEWEST || (1 - share) * n < FEWEST) return null
  return Math.floor(share * 100)
}

/** Figures of one level; hours are rounded up, and null where so many have not come to it. */
export const PublicFigures = z.object({
  n: z.int().min(FEWEST),
  medianHours: z.int().nullable(),
  p90Hours: z.int().nullable(),
  inTimePercent: z.int().nullable(),
})
export type PublicFigures = Readonly<z.infer<typeof PublicFigures>>

/** One kind of clock: its total where there are enough, and each level or null where it is hidden. */
export const PublicTimes = z.object({
  clock: ClockKind,
  n: z.int().min(FEWEST).nullable(),
  levels: z.array(z.object({ level: WarningLevel, figures: PublicFigures.nullable() })),
})
export type PublicTimes = Readonly<z.infer<typeof PublicTimes>>
