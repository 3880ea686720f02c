/** From a value to a place on the figure, in a straight line; a single value lies at the start. */
export function linear(
  domain: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const [low, high] = domain
  const [start, end] = range
  const width = high - low
  return (value) => (width === 0 ? start : start + ((value - low) / width) * (end - start))
}

/** The same on a logarithmic axis; values are above zero. */
export function logarithmic(
  domain: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const scale = linear([Math.log(domain[0]), Math.log(domain[1])], range)
  return (value) => scale(Math.log(value))
}

/** Round steps (1, 2 or 5 times a power of ten) from zero to at least `highest`, about `count` of them. */
export function ticks(highest: number, count: number): readonly number[] {
  if (!(highest > 0)) return [0, 1]
  const rough = highest / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10)
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, index) => index * step)
}
