import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKernel, type Kernel } from './kernel.ts'
import { exponential } from './logistic-constants.ts'

const count = 16
const address = (vector: number) => vector * count * 8
const vectors = 12
const startsAt = address(vectors)

function filled(simd: boolean, values: readonly number[], starts: readonly number[]): Kernel {
  const kernel = createKernel(65536, simd)
  kernel.doubles.set(values)
  kernel.integers.set(starts, startsAt >> 2)
  return kernel
}

function runAll(kernel: Kernel, groups: number): number[] {
  const at = address
  const out = at(vectors + 2)
  kernel.tile(at(0), at(1), at(2), at(3), at(4), at(5), count, out)
  kernel.strip(at(0), at(1), at(2), at(3), count, out + 72)
  kernel.scale(at(0), at(1), count, out + 128)
  kernel.combine(0.3, -1.7, 2.1, at(2), at(3), at(4), count, at(6))
  kernel.spread(at(5), startsAt, groups, at(7))
  kernel.groupSums(at(0), at(1), at(2), startsAt, groups, out + 256, out + 384, out + 512)
  kernel.logistic(at(8), at(1), at(2), count, 20, at(9), at(10), at(11))
  return [...kernel.doubles.subarray(0, (out >> 3) + 96)]
}

describe('the kernel', () => {
  it('runs as SIMD on this machine', () => {
    expect(createKernel(65536).simd).toBe(true)
  })

  it('gives the same bits in its SIMD and its plain version', () => {
    const value = fc.double({ min: -30, max: 30, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(value, { minLength: vectors * count, maxLength: vectors * count }),
        fc.uniqueArray(fc.integer({ min: 1, max: count - 1 }), { maxLength: 6 }),
        (values, cuts) => {
          const starts = [0, ...cuts.toSorted((a, b) => a - b), count]
          const run = (simd: boolean) => runAll(filled(simd, values, starts), starts.length - 1)
          expect(run(true)).toStrictEqual(run(false))
        },
      ),
    )
  })

  it('raises e to a power within two units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: -35, max: 35, noNaN: true }), (t) => {
        const expected = Math.exp(t)
        expect(Math.abs(exponential(t) - expected)).toBeLessThanOrEqual(expected * 4.5e-16)
      }),
    )
  })
})
