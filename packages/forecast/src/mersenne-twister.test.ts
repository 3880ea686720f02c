import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignFolds, MersenneTwister, sampleWithoutReplacement } from './mersenne-twister.ts'

describe('the random stream of R', () => {
  it('gives the first five uniforms of seed 90035', () => {
    const random = new MersenneTwister(90035)
    const expected = [
      0.47814255440607667, 0.58538672467693686, 0.44223511568270624, 0.480565165868029,
      0.3419311661273241,
    ]
    for (const value of expected) expect(Math.abs(random.uniform() - value)).toBeLessThan(1e-16)
  })

  it('draws the folds of the published analysis', () => {
    const folds = assignFolds(8970, 10, 90035)
    expect([...folds.subarray(0, 20)].join(' ')).toBe('6 5 5 10 6 2 4 2 7 7 9 3 8 5 7 3 1 1 10 1')
    expect([...folds.subarray(-5)]).toEqual([10, 9, 9, 4, 6])
    expect(
      createHash('sha256')
        .update([...folds].join(','))
        .digest('hex'),
    ).toBe('a5ee131180cfb3394e0a79cac322bae12d3e0bcf20fc6311ba7fb00a00ec6705')
  })

  it('deals folds whose sizes differ by one row at most, for any seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 500 }),
        fc.integer({ min: 3, max: 10 }),
        fc.nat(0x7fffffff),
        (rows, folds, seed) => {
          const sizes = new Array<number>(folds).fill(0)
          for (const fold of assignFolds(rows, folds, seed)) {
            sizes[fold - 1] = (sizes[fold - 1] ?? 0) + 1
          }
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('samples every number once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70_000 }), fc.nat(1000), (count, seed) => {
        const drawn = sampleWithoutReplacement(count, new MersenneTwister(seed))
        expect(drawn.toSorted()).toEqual(Int32Array.from({ length: count }, (_, i) => i))
      }),
      { numRuns: 20 },
    )
  })

  it('refuses a seed R could not be given and too few folds', () => {
    expect(() => new MersenneTwister(1.5)).toThrow(RangeError)
    expect(() => assignFolds(100, 2, 1)).toThrow(RangeError)
  })
})
