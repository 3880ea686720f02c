import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeOf, columnMeans, contributionsOf, meanLogOdds } from './contributions.ts'

const columns = 6
const numbers = fc
  .array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: columns, maxLength: columns })
  .map((values) => Float64Array.from(values))
const state = fc.record({
  values: numbers,
  model: fc.record({
    intercept: fc.double({ min: -5, max: 5, noNaN: true }),
    coefficients: numbers,
  }),
})

const scoreOf = ({ values, model }: { values: Float64Array; model: Model }) =>
  values.reduce((sum, value, j) => sum + value * (model.coefficients[j] ?? 0), model.intercept)
type Model = { readonly intercept: number; readonly coefficients: Float64Array }

describe('contributions', () => {
  it('add up to the score, and are nothing at the mean', () => {
    fc.assert(
      fc.property(state, numbers, ({ values, model }, means) => {
        const parts = contributionsOf(values, model.coefficients, means)
        const start = meanLogOdds(model.intercept, model.coefficients, means)
        const total = parts.reduce((sum, { logOdds }) => sum + logOdds, start)
        expect(Math.abs(total - scoreOf({ values, model }))).toBeLessThan(1e-10)
        for (const { logOdds } of contributionsOf(means, model.coefficients, means)) {
          expect(Math.abs(logOdds)).toBe(0)
        }
      }),
    )
  })

  it('are set against the mean of each column', () => {
    const x = { rows: 2, columns: 2, values: Float64Array.of(1, 3, 10, 20) }
    expect(columnMeans(x)).toEqual(Float64Array.of(2, 15))
  })
})

describe('the change of a score', () => {
  it('is data plus model, and each is the sum over the columns', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const change = changeOf(before, after)
        const moved = scoreOf(after) - scoreOf(before)
        expect(Math.abs(change.data + change.model - moved)).toBeLessThan(1e-10)
        const sum = (parts: Float64Array) => parts.reduce((total, part) => total + part, 0)
        expect(sum(change.dataByColumn)).toBeCloseTo(change.data, 10)
        expect(sum(change.modelByColumn) + change.intercept).toBeCloseTo(change.model, 10)
      }),
    )
  })

  it('is all data where the model stayed, and all model where the conditions stayed', () => {
    fc.assert(
      fc.property(state, state, (one, other) => {
        expect(Math.abs(changeOf(one, { ...other, model: one.model }).model)).toBe(0)
        expect(Math.abs(changeOf(one, { ...other, values: one.values }).data)).toBe(0)
      }),
    )
  })
})
