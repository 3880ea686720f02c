import { plainFunctions } from './kernel-plain.ts'
import { simdFunctions } from './kernel-simd.ts'

/**
 * The inner loops of the solver. Every address is a byte offset into the kernel's memory, every
 * `count` a number of doubles and a multiple of four. Sums run in two lanes (even and odd
 * positions), joined at the end, in both versions: that is why their results are bit-equal.
 */
export type KernelFunctions = {
  /** Nine sums of products, a0·b0, a0·b1, .. a2·b2, written row by row to `out`. */
  readonly tile: (
    ...[a0, a1, a2, b0, b1, b2, count, out]: [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
  ) => void
  /** Three sums of products with one vector: a0·b, a1·b, a2·b. */
  readonly strip: (
    ...[a0, a1, a2, b, count, out]: [number, number, number, number, number, number]
  ) => void
  /** out = a * b, element by element. */
  readonly scale: (a: number, b: number, count: number, out: number) => void
  /** out += f0 * x0 + f1 * x1 + f2 * x2; the factors are numbers, the rest addresses. */
  readonly combine: (
    ...[f0, f1, f2, x0, x1, x2, count, out]: [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
  ) => void
  /** Gives every row the value of its group; group g holds rows starts[g] .. starts[g + 1] - 1. */
  readonly spread: (values: number, starts: number, groups: number, out: number) => void
  /** Sums three vectors within each group. Rows within a group are at least one. */
  readonly groupSums: (
    ...[x0, x1, x2, starts, groups, out0, out1, out2]: [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
  ) => void
  /**
   * From log-odds: probability q (exactly 0 or 1 beyond `limit`), curvature v = w q (1 - q) and
   * residual r = w (y - q).
   */
  readonly logistic: (
    ...[logOdds, outcome, weight, count, limit, q, v, r]: [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
  ) => void
}

export type Kernel = KernelFunctions & {
  readonly simd: boolean
  readonly doubles: Float64Array
  readonly integers: Int32Array
}

const pageBytes = 65536

/** A kernel with at least so many bytes of memory: SIMD where the machine has it, else plain. */
export function createKernel(bytes: number, simd = true): Kernel {
  const pages = Math.ceil(bytes / pageBytes)
  const fast = simd ? simdFunctions(pages) : undefined
  const buffer = fast?.buffer ?? new ArrayBuffer(pages * pageBytes)
  const doubles = new Float64Array(buffer)
  const integers = new Int32Array(buffer)
  const functions = fast?.functions ?? plainFunctions(doubles, integers)
  return { ...functions, simd: fast !== undefined, doubles, integers }
}

let kept: Kernel | undefined

/**
 * A kernel to use until the next call. Fits run one after the other without yielding, so they share
 * one memory: a fresh WebAssembly memory for each of hundreds of fits would hold address space until
 * a garbage collection.
 */
export function sharedKernel(bytes: number): Kernel {
  if (!kept || kept.doubles.byteLength < bytes) kept = createKernel(bytes)
  return kept
}
