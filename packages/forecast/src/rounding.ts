const spareDigits = 30
const tie = `5${'0'.repeat(spareDigits - 1)}`

/** Keeps the even last digit where the part cut off is exactly one half, else the nearest. */
function halfEven(nearest: string, longer: string, exponent: string): number {
  const kept = longer.slice(0, -spareDigits)
  const isTie = longer.slice(-spareDigits) === tie
  const lastDigit = kept.endsWith('.') ? kept.at(-2) : kept.at(-1)
  // Adding zero takes the sign off a negative number that rounds to nothing.
  return Number(isTie && Number(lastDigit) % 2 === 0 ? `${kept}${exponent}` : nearest) + 0
}

/** Rounds to so many decimals as R's `round` does: to the nearest, an exact half to the even digit. */
export function roundTo(value: number, decimals: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return value
  return halfEven(value.toFixed(decimals), value.toFixed(decimals + spareDigits), '')
}

/** Rounds to so many significant digits as R's `signif` does. */
export function significant(value: number, digits: number): number {
  if (!Number.isFinite(value) || value === 0) return value
  const [longer = '', exponent = ''] = value.toExponential(digits - 1 + spareDigits).split('e')
  return halfEven(value.toExponential(digits - 1), longer, `e${exponent}`)
}
