import { readFileSync } from 'node:fs'
import { type CrossValidation, crossValidate } from '@tocsin/forecast/cross-validation.ts'
import { editionTasks, publishedSeed, trainingSet } from '@tocsin/forecast/ewp.ts'
import { readEwpTable } from '@tocsin/forecast/ewp-table.ts'
import type { Matrix } from '@tocsin/forecast/matrix.ts'
import { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { sharedData, withoutSharedData } from '../../../test/shared-data.ts'
import { crossValidateParallel, startFitPool } from './pool.ts'

/** Country-years in kind: two numbers a row and four yes-or-no columns, an outcome that leans on them. */
function invented(rows: number, seed: number): { x: Matrix; y: Float64Array } {
  const random = new MersenneTwister(seed)
  const columns = 6
  const values = new Float64Array(rows * columns).map((_, at) => {
    const drawn = random.uniform()
    return at < 2 * rows ? drawn : Math.round(drawn)
  })
  const y = new Float64Array(rows).map((_, row) => {
    const lean = (values[row] ?? 0) + (values[2 * rows + row] ?? 0) - 2
    return random.uniform() < 1 / (1 + Math.exp(-lean)) ? 1 : 0
  })
  return { x: { rows, columns, values }, y }
}

const options = { seed: 90035, lambdaCount: 40 }
const { x, y } = invented(600, 1)
const alone = crossValidate(x, y, options)

describe('fitting on several threads', () => {
  it.each([1, 2, 4])('gives the same bits on %i threads as on none', async (threads) => {
    expect(await crossValidateParallel(x, y, options, threads)).toStrictEqual(alone)
  })

  it('gives the same bits again, and for several fits at once', async () => {
    const pool = startFitPool(2)
    const other = invented(500, 2)
    const together: CrossValidation[] = await Promise.all([
      pool.crossValidate(x, y, options),
      pool.crossValidate(other.x, other.y, options),
      pool.crossValidate(x, y, options),
    ])
    await pool.close()
    expect(together).toStrictEqual([alone, crossValidate(other.x, other.y, options), alone])
  })

  it('refuses what it cannot fit and goes on with the next', async () => {
    const pool = startFitPool(2)
    const onlyOne = new Float64Array(x.rows)
    await expect(pool.crossValidate(x, onlyOne, options)).rejects.toThrow(RangeError)
    expect(await pool.crossValidate(x, y, options)).toStrictEqual(alone)
    await pool.close()
  })

  it('rejects fits that are under way when it is closed', async () => {
    const pool = startFitPool(1)
    const fit = pool.crossValidate(x, y, options)
    const refused = expect(fit).rejects.toThrow('the pool was closed')
    await pool.close()
    await refused
  })
})

describe.skipIf(withoutSharedData)('fitting the published assessment on several threads', () => {
  it('gives the same bits on 1, 2 and 4 threads, and on each run', async () => {
    const text = readFileSync(`${sharedData}ewp-2025/prepared2024predictors-2025-09-03.csv`, 'utf8')
    const rows = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
    const table = readEwpTable(rows.data)
    const [main] = editionTasks(table)
    const set = trainingSet(table, main ?? expect.fail('an edition has a main model'))
    const once = crossValidate(set.x, set.y, { seed: publishedSeed })
    expect(once.path.passes).toBe(722)
    for (const threads of [1, 2, 4, 2]) {
      const again = await crossValidateParallel(set.x, set.y, { seed: publishedSeed }, threads)
      expect(again).toStrictEqual(once)
    }
  })
})
