const size = 624
const shift = 397
const toUnit = 2.3283064365386963e-10
const smallest = 0.5 * 2.328306437080797e-10

/**
 * The random stream of R (Mersenne-Twister, "Rejection" sampling) for one seed, so that folds drawn
 * here are the folds R draws after `set.seed(seed)`. Source: Matsumoto and Nishimura 1998; seed
 * scrambling and rejection sampling as the R manual (?RNGkind) describes them.
 */
export class MersenneTwister {
  readonly #state = new Uint32Array(size)
  #position = size

  constructor(seed: number) {
    if (!Number.isInteger(seed) || Math.abs(seed) > 0x7fffffff) {
      throw new RangeError(`a seed is a whole number of at most 31 bits, not ${seed}`)
    }
    let scrambled = seed >>> 0
    const next = () => {
      scrambled = (Math.imul(69069, scrambled) + 1) >>> 0
      return scrambled
    }
    for (let i = 0; i < 50; i++) next()
    // R scrambles its position slot too and then overwrites it.
    next()
    for (let i = 0; i < size; i++) this.#state[i] = next()
  }

  /** A uniform number in the open interval (0, 1). */
  uniform(): number {
    const value = this.#word() * toUnit
    if (value <= 0) return smallest
    return 1 - value <= 0 ? 1 - smallest : value
  }

  /** A whole number in 0 .. below - 1, drawn by rejection as R does since 3.6. */
  index(below: number): number {
    const bits = Math.ceil(Math.log2(below))
    const span = 2 ** bits
    for (;;) {
      let value = 0
      for (let drawn = 0; drawn <= bits; drawn += 16) {
        value = 65536 * value + Math.floor(this.uniform() * 65536)
      }
      const kept = value % span
      if (kept < below) return kept
    }
  }

  #word(): number {
    if (this.#position >= size) this.#twist()
    let y = this.#state[this.#position++] as number
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }

  #twist(): void {
    const state = this.#state
    for (let i = 0; i < size; i++) {
      const joined =
        ((state[i] as number) & 0x80000000) | ((state[(i + 1) % size] as number) & 0x7fffffff)
      const mixed = (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0)
      state[i] = (state[(i + shift) % size] as number) ^ mixed
    }
    this.#position = 0
  }
}

/** The numbers 0 .. count - 1 in random order, as R's `sample` without replacement orders them. */
export function sampleWithoutReplacement(count: number, random: MersenneTwister): Int32Array {
  const left = Int32Array.from({ length: count }, (_, index) => index)
  const drawn = new Int32Array(count)
  let remaining = count
  for (let i = 0; i < count; i++) {
    const index = random.index(remaining)
    drawn[i] = left[index] as number
    remaining -= 1
    left[index] = left[remaining] as number
  }
  return drawn
}

/** Fold numbers 1 .. folds per row: R's `sample(rep(seq(folds), length = rows))` after `set.seed`. */
export function assignFolds(rows: number, folds: number, seed: number): Uint8Array {
  if (!Number.isInteger(folds) || folds < 3 || folds > 255 || folds > rows) {
    throw new RangeError(`cross-validation takes 3 to 255 folds and a row for each, not ${folds}`)
  }
  const order = sampleWithoutReplacement(rows, new MersenneTwister(seed))
  return Uint8Array.from(order, (position) => (position % folds) + 1)
}
