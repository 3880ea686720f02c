import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invented, problems } from '../test/invented.ts'
import {
  assemble,
  crossValidate,
  fitFold,
  foldTasks,
  planCrossValidation,
} from './cross-validation.ts'
import { interpolate } from './lambda.ts'

const options = { seed: 7, folds: 4, lambdaCount: 10, lambdaRatio: 1e-2 }
const enough = problems.filter(({ y }) => {
  const ones = y.reduce((sum, value) => sum + value, 0)
  return ones >= 12 && y.length - ones >= 12
})

describe('cross-validation', () => {
  it('gives the same bits in whatever order its fits arrive', () => {
    fc.assert(
      fc.property(enough, fc.array(fc.nat(4), { maxLength: 5 }), ({ x, y }, draws) => {
        const plan = planCrossValidation(x, y, options)
        const results = foldTasks(plan).map((task) => fitFold(plan, task))
        for (const draw of draws) results.push(...results.splice(draw, 1))
        expect(assemble(plan, results)).toStrictEqual(crossValidate(x, y, options))
      }),
      { numRuns: 20 },
    )
  })

  it('chooses the least deviance, and the strongest penalty within one standard error of it', () => {
    fc.assert(
      fc.property(enough, ({ x, y }) => {
        const fit = crossValidate(x, y, options)
        const least = fit.cvm[fit.indexMin] ?? Number.NaN
        const bound = least + (fit.cvsd[fit.indexMin] ?? Number.NaN)
        expect(fit.cvm.every((mean) => mean >= least)).toBe(true)
        expect(fit.cvm.indexOf(least)).toBe(fit.indexMin)
        expect(fit.index1se).toBeLessThanOrEqual(fit.indexMin)
        expect(fit.cvm[fit.index1se]).toBeLessThanOrEqual(bound)
        expect(fit.cvm.subarray(0, fit.index1se).every((mean) => mean > bound)).toBe(true)
        expect(fit.lambdaMin).toBe(fit.path.lambdas[fit.indexMin])
        expect(fit.lambda1se).toBe(fit.path.lambdas[fit.index1se])
      }),
      { numRuns: 20 },
    )
  })

  it('refuses results that are missing, repeated or of another plan', () => {
    const { x, y } = invented(2, 80, 2, 2)
    const plan = planCrossValidation(x, y, options)
    const results = foldTasks(plan).map((task) => fitFold(plan, task))
    expect(() => assemble(plan, results.slice(1))).toThrow(RangeError)
    expect(() => assemble(plan, results.with(2, results[1] ?? expect.fail()))).toThrow(RangeError)
    expect(() => assemble(plan, [...results, ...results])).toThrow(RangeError)
  })
})

describe('the place of a penalty on a path', () => {
  const sequence = fc
    .uniqueArray(fc.double({ min: 1e-4, max: 1, noNaN: true }), { minLength: 3, maxLength: 30 })
    .map((values) => Float64Array.from(values).sort().reverse())

  it('names the two neighbours whose blend it is', () => {
    fc.assert(
      fc.property(sequence, fc.double({ min: 0, max: 1, noNaN: true }), (lambdas, at) => {
        const [first, last] = [lambdas[0] ?? 0, lambdas.at(-1) ?? 0]
        const wanted = last + at * (first - last)
        const [place] = interpolate(lambdas, Float64Array.of(wanted))
        const { left, right, share } = place ?? expect.fail()
        expect(right - left === 1 || share === 1).toBe(true)
        const blend = (lambdas[left] ?? 0) * share + (lambdas[right] ?? 0) * (1 - share)
        expect(Math.abs(blend - wanted)).toBeLessThanOrEqual(1e-12)
      }),
    )
  })

  it('is the nearest end outside the path', () => {
    const lambdas = Float64Array.of(3, 2, 1)
    expect(interpolate(lambdas, Float64Array.of(9, 0.5))).toEqual([
      { left: 0, right: 0, share: 1 },
      { left: 2, right: 2, share: 1 },
    ])
  })
})
