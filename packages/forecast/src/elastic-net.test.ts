import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { invented, type Problem, problems, violation } from '../test/invented.ts'
import { predictorsTable, withoutPublishedFiles } from '../test/published-files.ts'
import { fitPath } from './elastic-net.ts'
import { editionTasks, forecastWith, trainingSet } from './ewp.ts'
import { columnOf, logOdds, type Matrix } from './matrix.ts'
import { roundTo } from './rounding.ts'

const short = { lambdaCount: 12, lambdaRatio: 1e-3 } as const
const converged = { ...short, mode: 'converged' } as const
const fewer = { numRuns: 40 }

function withColumns(x: Matrix, columns: readonly Float64Array[]): Matrix {
  const values = Float64Array.from(columns.flatMap((column) => [...column]))
  return { rows: x.rows, columns: columns.length, values }
}

function columnsOf(x: Matrix): Float64Array[] {
  return Array.from({ length: x.columns }, (_, j) => columnOf(x, j))
}

/** Mean log-loss plus penalty on the standardised coefficients. */
function objective(
  { x, y }: Problem,
  lambda: number,
  intercept: number,
  slopes: Float64Array,
): number {
  const odds = logOdds(x, intercept, slopes)
  const loss = odds.reduce(
    (sum, value, i) => sum + Math.log1p(Math.exp(y[i] === 1 ? -value : value)),
    0,
  )
  const penalty = columnsOf(x).reduce((sum, column, j) => {
    const mean = column.reduce((total, value) => total + value, 0) / x.rows
    const scale = Math.sqrt(
      column.reduce((total, value) => total + (value - mean) ** 2, 0) / x.rows,
    )
    const slope = (slopes[j] ?? 0) * scale
    return sum + 0.25 * slope * slope + 0.5 * Math.abs(slope)
  }, 0)
  return loss / x.rows + lambda * penalty
}

function expectNear(actual: Float64Array, expected: Float64Array, within: number): void {
  expect(actual).toHaveLength(expected.length)
  const apart = actual.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)))
  expect(Math.max(0, ...apart)).toBeLessThanOrEqual(within)
}

describe('the converged elastic net', () => {
  it('meets the conditions of the optimum at every penalty', () => {
    fc.assert(
      fc.property(problems, fc.double({ min: 0.1, max: 1, noNaN: true }), (problem, alpha) => {
        const path = fitPath(problem.x, problem.y, { ...converged, alpha })
        for (let i = 1; i < path.lambdas.length; i++) {
          expect(violation(problem, path, i, alpha)).toBeLessThanOrEqual(1e-10)
        }
      }),
      fewer,
    )
  })

  it('is not beaten by any coefficients nearby', () => {
    const shift = fc.double({ min: -0.1, max: 0.1, noNaN: true })
    fc.assert(
      fc.property(
        problems,
        fc.array(shift, { minLength: 11, maxLength: 11 }),
        (problem, shifts) => {
          const path = fitPath(problem.x, problem.y, converged)
          const last = path.lambdas.length - 1
          const [lambda = 0, intercept = 0] = [path.lambdas[last], path.intercepts[last]]
          const slopes = path.coefficients[last] ?? new Float64Array()
          const moved = slopes.map((slope, j) => slope + (shifts[j] ?? 0))
          expect(objective(problem, lambda, intercept, slopes)).toBeLessThanOrEqual(
            objective(problem, lambda, intercept + (shifts[10] ?? 0), moved) + 1e-12,
          )
        },
      ),
      fewer,
    )
  })

  it('does not depend on the order of columns', () => {
    fc.assert(
      fc.property(problems, ({ x, y }) => {
        const backwards = fitPath(withColumns(x, columnsOf(x).toReversed()), y, converged)
        const forwards = fitPath(x, y, converged)
        forwards.coefficients.forEach((slopes, i) => {
          expectNear(backwards.coefficients[i]?.toReversed() ?? slopes, slopes, 1e-8)
        })
      }),
      fewer,
    )
  })

  it('counts a row of weight three as three rows', () => {
    fc.assert(
      fc.property(
        problems,
        fc.array(fc.nat(3), { minLength: 198, maxLength: 198 }),
        ({ x, y }, drawn) => {
          const weights = Float64Array.from([1, 1, ...drawn.slice(0, x.rows - 2)])
          const repeated = [...weights].flatMap((weight, row) =>
            new Array<number>(weight).fill(row),
          )
          const rows = columnsOf(x).map((column) =>
            Float64Array.from(repeated, (row) => column[row] ?? 0),
          )
          const long = { ...withColumns(x, rows), rows: repeated.length }
          const outcomes = Float64Array.from(repeated, (row) => y[row] ?? 0)
          const lambdas = Float64Array.of(0.1, 0.03, 0.01)
          const weighted = fitPath(x, y, converged, lambdas, weights)
          const plain = fitPath(long, outcomes, converged, lambdas)
          expect(weighted.nullDeviance).toBeCloseTo(plain.nullDeviance, 9)
          expectNear(weighted.intercepts, plain.intercepts, 1e-8)
          expectNear(weighted.devianceRatios, plain.devianceRatios, 1e-10)
          weighted.coefficients.forEach((slopes, i) => {
            expectNear(slopes, plain.coefficients[i] ?? new Float64Array(), 1e-8)
          })
        },
      ),
      fewer,
    )
  })
})

describe('an elastic-net path', () => {
  it('leaves out constant columns without disturbing the others', () => {
    fc.assert(
      fc.property(problems, fc.double({ min: -1e6, max: 1e6, noNaN: true }), ({ x, y }, value) => {
        const constant = new Float64Array(x.rows).fill(value)
        const extended = fitPath(withColumns(x, [constant, ...columnsOf(x), constant]), y, short)
        const path = fitPath(x, y, short)
        expect(extended.passes).toBe(path.passes)
        extended.coefficients.forEach((slopes, i) => {
          expect([slopes[0], slopes.at(-1)]).toEqual([0, 0])
          expectNear(slopes.slice(1, -1), path.coefficients[i] ?? slopes, 1e-12)
        })
      }),
      fewer,
    )
  })

  it('starts without any column and explains more at each smaller penalty', () => {
    fc.assert(
      fc.property(problems, ({ x, y }) => {
        const { coefficients, devianceRatios, intercepts, lambdas } = fitPath(x, y, converged)
        const share = y.reduce((sum, value) => sum + value, 0) / y.length
        expect(coefficients[0]?.every((slope) => slope === 0)).toBe(true)
        expect(intercepts[0]).toBeCloseTo(Math.log(share / (1 - share)), 10)
        for (let i = 1; i < lambdas.length; i++) {
          expect(lambdas[i]).toBeLessThan(lambdas[i - 1] ?? 0)
          expect(devianceRatios[i]).toBeGreaterThanOrEqual((devianceRatios[i - 1] ?? 0) - 1e-12)
        }
      }),
      fewer,
    )
  })

  it('ends where the outcome is told apart perfectly', () => {
    const { x } = invented(3, 60, 2, 0)
    const y = columnOf(x, 0).map((value) => (value > 2 ? 1 : 0))
    const path = fitPath(x, y, { lambdaRatio: 1e-8 })
    expect(path.lambdas.length).toBeLessThan(100)
    expect(path.devianceRatios.at(-1)).toBeGreaterThan(0.9)
    expect([...path.intercepts].every(Number.isFinite)).toBe(true)
  })

  it('says where a table cannot be fitted', () => {
    const { x, y } = invented(1, 40, 2, 1)
    const broken = { ...x, values: x.values.with(41, Number.NaN) }
    expect(() => fitPath(broken, y)).toThrow('row 1, column 1')
    expect(() => fitPath(x, y.with(7, 2))).toThrow('row 7 has the outcome 2')
    expect(() => fitPath(x, new Float64Array(40))).toThrow('one outcome only')
    expect(() => fitPath(x, y.subarray(1))).toThrow('39 outcomes')
    expect(() => fitPath(x, y, { alpha: 2 })).toThrow('alpha')
    expect(() => fitPath(x, y, {}, undefined, y.with(0, -1))).toThrow('weights')
  })
})

describe('a machine without WebAssembly', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  it('gives the same bits', async () => {
    const cases = [invented(5, 400, 4, 6), invented(6, 150, 3, 0)]
    const fast = cases.map(({ x, y }) => fitPath(x, y))
    vi.stubGlobal('WebAssembly', undefined)
    vi.resetModules()
    const plain = await import('./elastic-net.ts')
    const { createKernel } = await import('./kernel.ts')
    expect(createKernel(8).simd).toBe(false)
    expect(cases.map(({ x, y }) => plain.fitPath(x, y))).toStrictEqual(fast)
  })
})

describe.skipIf(withoutPublishedFiles)('the published assessment, fitted to the optimum', () => {
  it('differs from what was published by as much as is known', () => {
    const table = predictorsTable()
    const task = editionTasks(table)[0] ?? expect.fail('an edition has a main model')
    const { x, y } = trainingSet(table, task)
    const indexMin = 28
    const [peer, best] = (['peer', 'converged'] as const).map((mode) => {
      const path = fitPath(x, y, { mode })
      const [lambdaMin = 0, none = 0] = [path.lambdas[indexMin]]
      const chosen = { path, indexMin, lambdaMin, index1se: none, lambda1se: none }
      const empty = { folds: new Uint8Array(), cvm: path.lambdas, cvsd: path.lambdas }
      return { path, forecast: forecastWith(table, task, { ...chosen, ...empty }) }
    }) as [Fitted, Fitted]
    for (let i = 1; i < best.path.lambdas.length; i++) {
      expect(violation({ x, y }, best.path, i, 0.5)).toBeLessThanOrEqual(1e-10)
    }
    const all = ({ forecast }: Fitted) => [forecast.intercept, ...forecast.coefficients]
    const rounded = all(best).map((value) => roundTo(value, 4))
    expect(all(peer).filter((value, i) => roundTo(value, 4) === rounded[i])).toHaveLength(24)
    const apart = all(peer).map((value, i) => Math.abs(value - (all(best)[i] ?? 0)))
    expect(apart[0]).toBeCloseTo(0.125, 3)
    expect(Math.max(...apart.slice(1))).toBeCloseTo(4.3e-4, 5)
    const risks = peer.forecast.risks.map((risk, i) =>
      Math.abs(risk - (best.forecast.risks[i] ?? 0)),
    )
    expect(Math.max(...risks)).toBeCloseTo(5.3e-5, 6)
    const moved = peer.forecast.ranks.filter((rank, i) => rank !== best.forecast.ranks[i])
    expect(moved).toHaveLength(4)
  })
})

type Fitted = { path: ReturnType<typeof fitPath>; forecast: ReturnType<typeof forecastWith> }
