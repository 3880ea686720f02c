import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invented } from '../test/invented.ts'
import { type BootstrapTask, quantile, resample, spreadsOf } from './bootstrap.ts'
import { fitPath } from './elastic-net.ts'

const { x, y } = invented(3, 120, 2, 2)
const clusters = Int32Array.from({ length: 120 }, (_, row) => Math.floor(row / 6))
const lambdas = fitPath(x, y).lambdas.slice(0, 12)
const task: BootstrapTask = {
  x,
  y,
  clusters,
  clusterCount: 20,
  lambdas,
  options: {},
  targets: x,
  seed: 11,
}

describe('a resample', () => {
  it('depends on the seed and its own number only', () => {
    const [first, second] = [resample(task, 0), resample(task, 1)]
    expect(resample(task, 1)).toEqual(second)
    expect(resample(task, 0)).toEqual(first)
    expect(second).not.toEqual(first)
    expect(resample({ ...task, seed: 12 }, 0)).toEqual(second)
  })

  it('gives every target a chance', () => {
    for (const chance of resample(task, 5)) {
      expect(chance).toBeGreaterThan(0)
      expect(chance).toBeLessThan(1)
    }
  })
})

describe('the spread over resamples', () => {
  const some = fc.array(
    fc
      .array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { minLength: 40, maxLength: 40 })
      .map((chances) => Float64Array.from(chances)),
    { minLength: 1, maxLength: 12 },
  )

  it('lies within what the resamples gave, whole ranks in order', () => {
    fc.assert(
      fc.property(some, (resamples) => {
        spreadsOf(resamples).forEach(({ low, high, rankLow, rankHigh, chanceTop30 }, target) => {
          const chances = resamples.map((chance) => chance[target] ?? Number.NaN)
          expect(low).toBeGreaterThanOrEqual(Math.min(...chances))
          expect(high).toBeLessThanOrEqual(Math.max(...chances))
          expect(low).toBeLessThanOrEqual(high)
          expect(rankLow).toBeGreaterThanOrEqual(1)
          expect(rankHigh).toBeLessThanOrEqual(40)
          expect(rankLow).toBeLessThanOrEqual(rankHigh)
          expect(Number.isInteger(rankLow) && Number.isInteger(rankHigh)).toBe(true)
          expect(chanceTop30).toBeGreaterThanOrEqual(0)
          expect(chanceTop30).toBeLessThanOrEqual(1)
        })
      }),
    )
  })

  it('does not depend on the order in which resamples come', () => {
    fc.assert(
      fc.property(some, (resamples) => {
        expect(spreadsOf(resamples.toReversed())).toEqual(spreadsOf(resamples))
      }),
    )
  })
})

describe('a quantile', () => {
  it('is R’s default, type 7', () => {
    expect(quantile([1, 2, 3, 4], 0.1)).toBeCloseTo(1.3, 12)
    expect(quantile([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7, 12)
    expect(quantile([5], 0.5)).toBe(5)
  })
})
