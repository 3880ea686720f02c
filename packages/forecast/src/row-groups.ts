import { columnOf, type Matrix } from './matrix.ts'

/**
 * Rows put in an order where rows with the same values in the `coarse` columns stand together. Most
 * columns of a country-year table hold a handful of values, so 9,000 rows make fewer than 2,000
 * groups, and every sum over a coarse column needs one step a group instead of one a row.
 */
export type RowGroups = {
  /** Columns (ascending) that are constant within each group. */
  readonly coarse: Int32Array
  /** Row numbers, group after group. */
  readonly order: Int32Array
  /** Group of `order[i]`; groups ascend. */
  readonly group: Int32Array
}

const mostLevels = 16
const rowsPerGroup = 4

/** Position of each row's value among the column's values, or nothing if there are too many. */
function levels(column: Float64Array): { codes: Uint8Array; count: number } | undefined {
  const seen: number[] = []
  const codes = new Uint8Array(column.length)
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number
    let code = seen.indexOf(value)
    if (code === -1) {
      if (seen.length === mostLevels) return undefined
      code = seen.push(value) - 1
    }
    codes[i] = code
  }
  return { codes, count: seen.length }
}

/** Splits groups by one more column; group numbers stay dense. */
function refine(groups: Int32Array, codes: Uint8Array): { groups: Int32Array; count: number } {
  const numbers = new Map<number, number>()
  const refined = new Int32Array(groups.length)
  for (let i = 0; i < groups.length; i++) {
    const key = (groups[i] as number) * mostLevels + (codes[i] as number)
    let number = numbers.get(key)
    if (number === undefined) {
      number = numbers.size
      numbers.set(key, number)
    }
    refined[i] = number
  }
  return { groups: refined, count: numbers.size }
}

/** Puts rows in the order of their group, keeping the order of rows within one. */
function inOrder(groups: Int32Array, count: number): Pick<RowGroups, 'order' | 'group'> {
  const next = new Int32Array(count + 1)
  for (const group of groups) next[group + 1] = (next[group + 1] as number) + 1
  for (let g = 0; g < count; g++) next[g + 1] = (next[g + 1] as number) + (next[g] as number)
  const order = new Int32Array(groups.length)
  groups.forEach((group, row) => {
    order[next[group] as number] = row
    next[group] = (next[group] as number) + 1
  })
  return { order, group: order.map((row) => groups[row] as number) }
}

/** Chooses coarse columns, fewest values first, while groups hold four rows or more on average. */
export function groupRows(x: Matrix): RowGroups {
  const candidates: { column: number; codes: Uint8Array; count: number }[] = []
  for (let column = 0; column < x.columns; column++) {
    const found = levels(columnOf(x, column))
    if (found) candidates.push({ column, ...found })
  }
  candidates.sort((a, b) => a.count - b.count || a.column - b.column)
  const coarse: number[] = []
  let current: ReturnType<typeof refine> = {
    groups: new Int32Array(x.rows),
    count: Math.min(1, x.rows),
  }
  for (const { column, codes } of candidates) {
    const finer = refine(current.groups, codes)
    if (finer.count * rowsPerGroup > x.rows) continue
    current = finer
    coarse.push(column)
  }
  return {
    coarse: Int32Array.from(coarse.sort((a, b) => a - b)),
    ...inOrder(current.groups, current.count),
  }
}

/** The same groups without the rows that are not wanted; groups that lose all rows vanish. */
export function keepRows(groups: RowGroups, wanted: (row: number) => boolean): RowGroups {
  const kept = groups.order.reduce((sum, row) => sum + (wanted(row) ? 1 : 0), 0)
  const order = new Int32Array(kept)
  const group = new Int32Array(kept)
  let count = 0
  let last = -1
  let number = -1
  groups.order.forEach((row, i) => {
    if (!wanted(row)) return
    if (groups.group[i] !== last) {
      last = groups.group[i] as number
      number += 1
    }
    order[count] = row
    group[count] = number
    count += 1
  })
  return { coarse: groups.coarse, order, group }
}
