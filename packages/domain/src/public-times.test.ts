import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from './id.ts'
import { type Cell, FEWEST, shownCells, shownPercent } from './public-times.ts'

/** So many clocks, each of a matter of its own. */
const cell = (count: number, name: string | number = newId()): Cell => ({
  count,
  matters: new Set(Array.from({ length: count }, (_, index) => `${name} ${index}`)),
})
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

/** What a reader sees: the total where it is shown, and each count or nothing. */
function published(counts: readonly number[]): string {
  const shown = shownCells(counts.map((count, index) => cell(count, index)))
  const total = sum(counts)
  return JSON.stringify([
    total < FEWEST ? null : total,
    counts.map((count, index) => (shown[index] ? count : null)),
  ])
}

const MOST = 24

/** Every table of three levels with up to so many in each, by what of it is seen. */
function tablesAlike(): ReadonlyMap<string, readonly (readonly number[])[]> {
  const range = Array.from({ length: MOST + 1 }, (_, count) => count)
  const tables = range.flatMap((a) => range.flatMap((b) => range.map((c) => [a, b, c])))
  return Map.groupBy(tables, published)
}

describe('what is shown to everybody', () => {
  test('holds no count of fewer than ten', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }), (counts) => {
        const shown = shownCells(counts.map((count, index) => cell(count, index)))
        for (const [index, count] of counts.entries()) {
          if (count < FEWEST) expect(shown[index]).toBe(false)
        }
      }),
    )
  })

  test('lets nobody work out a hidden count from the total: another would have looked the same', () => {
    for (const [seen, tables] of tablesAlike()) {
      const [total, counts] = JSON.parse(seen) as [number | null, (number | null)[]]
      // Larger tables than were made may look the same as one with a larger total.
      if (total === null || total > MOST) continue
      for (const [index, count] of counts.entries()) {
        const possible = new Set(tables.map((table) => table[index]))
        expect(possible.size > 1, `${seen} at ${index}`).toBe(count === null)
      }
    }
  })

  test('hides at least two levels where it hides one, and enough behind them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 2, maxLength: 5 }), (counts) => {
        const shown = shownCells(counts.map((count, index) => cell(count, index)))
        const hidden = counts.filter((_, index) => !shown[index])
        if (hidden.length === 0) return
        const isAll = hidden.length === counts.length
        expect(hidden.length).toBeGreaterThan(1)
        expect(isAll || sum(hidden) >= FEWEST).toBe(true)
      }),
    )
  })

  test('counts matters and not clocks: twelve offices told of one matter are one', () => {
    const one = { count: 12, matters: new Set(['m']) }
    expect(shownCells([one, cell(30), cell(40)])).toEqual([false, false, true])
    // The same matter at two levels is still one.
    expect(shownCells([one, one, cell(30), cell(40)])).toEqual([false, false, false, true])
  })

  test('shows all where there is enough of each', () => {
    expect(shownCells([cell(10), cell(11), cell(400)])).toEqual([true, true, true])
  })

  test('shows a share only where neither part is few', () => {
    expect(shownPercent(0.875, 80)).toBe(87)
    expect(shownPercent(0.875, 72)).toBeNull()
    expect(shownPercent(0.09, 100)).toBeNull()
    expect(shownPercent(1, 100)).toBeNull()
    expect(shownPercent(0.5, 19)).toBeNull()
    expect(shownPercent(undefined, 100)).toBeNull()
  })
})
