import type { KernelFunctions } from './kernel.ts'
import { exponential } from './logistic-constants.ts'

/** Sum of products in two lanes, as the SIMD version forms it. */
function lanes(doubles: Float64Array, a: number, b: number, count: number): number {
  const first = a >> 3
  const second = b >> 3
  let even = 0
  let odd = 0
  for (let i = 0; i < count; i += 2) {
    even += (doubles[first + i] as number) * (doubles[second + i] as number)
    odd += (doubles[first + i + 1] as number) * (doubles[second + i + 1] as number)
  }
  return even + odd
}

/** The same operations in the same order without WebAssembly: about three times slower. */
export function plainFunctions(doubles: Float64Array, integers: Int32Array): KernelFunctions {
  const at = (address: number, i: number) => doubles[(address >> 3) + i] as number
  const put = (address: number, i: number, value: number) => {
    doubles[(address >> 3) + i] = value
  }
  const start = (starts: number, group: number) => integers[(starts >> 2) + group] as number
  return {
    tile(a0, a1, a2, b0, b1, b2, count, out) {
      let slot = 0
      for (const a of [a0, a1, a2]) {
        for (const b of [b0, b1, b2]) put(out, slot++, lanes(doubles, a, b, count))
      }
    },
    strip(a0, a1, a2, b, count, out) {
      let slot = 0
      for (const a of [a0, a1, a2]) put(out, slot++, lanes(doubles, a, b, count))
    },
    scale(a, b, count, out) {
      for (let i = 0; i < count; i++) put(out, i, at(a, i) * at(b, i))
    },
    combine(f0, f1, f2, x0, x1, x2, count, out) {
      for (let i = 0; i < count; i++) {
        put(out, i, at(out, i) + f0 * at(x0, i) + f1 * at(x1, i) + f2 * at(x2, i))
      }
    },
    spread(values, starts, groups, out) {
      for (let group = 0; group < groups; group++) {
        const end = start(starts, group + 1)
        for (let i = start(starts, group); i < end; i++) put(out, i, at(values, group))
      }
    },
    groupSums(x0, x1, x2, starts, groups, out0, out1, out2) {
      for (let group = 0; group < groups; group++) {
        const end = start(starts, group + 1)
        let [sum0, sum1, sum2] = [0, 0, 0]
        for (let i = start(starts, group); i < end; i++) {
          sum0 += at(x0, i)
          sum1 += at(x1, i)
          sum2 += at(x2, i)
        }
        put(out0, group, sum0)
        put(out1, group, sum1)
        put(out2, group, sum2)
      }
    },
    logistic(logOdds, outcome, weight, count, limit, q, v, r) {
      for (let i = 0; i < count; i++) {
        const f = at(logOdds, i)
        const probability = certain(f, limit) ?? 1 / (1 + exponential(-f))
        const weighted = at(weight, i)
        put(q, i, probability)
        put(v, i, weighted * probability * (1 - probability))
        put(r, i, weighted * (at(outcome, i) - probability))
      }
    },
  }
}

function certain(logOdds: number, limit: number): number | undefined {
  if (logOdds > limit) return 1
  return logOdds < -limit ? 0 : undefined
}
