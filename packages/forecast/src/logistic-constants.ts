/** Adding and taking away 1.5 * 2^52 rounds to a whole number, half to even, and leaves it in the low bits. */
export const roundingShift = 6755399441055744
/** ln 2 in two parts; the first has enough trailing zero bits that a small multiple of it is exact. */
export const ln2High = 6.9314718036912382e-1
export const ln2Low = 1.9082149292705877e-10

/** 1/k! for k = 0 .. 13: with |r| <= ln 2 / 2 the rest of the series is below 2^-56. */
const inverseFactorials = [1]
for (let k = 1; k <= 13; k++) inverseFactorials.push((inverseFactorials[k - 1] as number) / k)

/** Coefficients of the even and of the odd powers, highest first: two short chains of steps for one long. */
export const evenTerms = inverseFactorials.filter((_, k) => k % 2 === 0).reverse()
export const oddTerms = inverseFactorials.filter((_, k) => k % 2 === 1).reverse()

const smallestPower = -64
const powersOfTwo = Float64Array.from({ length: 129 }, (_, index) => 2 ** (index + smallestPower))

/**
 * e^t for |t| < 40 within about one unit in the last place, by reduction to |r| <= ln 2 / 2 and a
 * Taylor polynomial. Our own, because the SIMD kernel has to give the same bits on every machine.
 */
export function exponential(t: number): number {
  const power = t * Math.LOG2E + roundingShift - roundingShift
  const rest = t - power * ln2High - power * ln2Low
  const square = rest * rest
  let even = 0
  for (const term of evenTerms) even = even * square + term
  let odd = 0
  for (const term of oddTerms) odd = odd * square + term
  return (even + odd * rest) * (powersOfTwo[power - smallestPower] as number)
}
