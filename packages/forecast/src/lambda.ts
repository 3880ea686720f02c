/** The smallest alpha used to find where a path starts: ridge alone has no such point. */
const smallestAlpha = 1e-3

/** The penalty at which the first coefficient leaves zero, from the gradients at the null model. */
export function largestLambda(gradients: Float64Array, alpha: number): number {
  const steepest = gradients.reduce((most, gradient) => Math.max(most, Math.abs(gradient)), 0)
  return steepest / Math.max(alpha, smallestAlpha)
}

/**
 * The geometric sequence from the largest penalty down. The first model is fitted without any column
 * (an infinite penalty) and is named after the penalty the sequence would have had there.
 */
export function lambdaSequence(largest: number, count: number, ratio: number): Float64Array {
  const factor = ratio ** (1 / (count - 1))
  const lambdas = new Float64Array(count)
  lambdas[0] = Number.POSITIVE_INFINITY
  for (let i = 1; i < count; i++)
    lambdas[i] = (i === 1 ? largest : (lambdas[i - 1] as number)) * factor
  return lambdas
}

/** Gives the first, infinite penalty its finite name. */
export function nameFirst(lambdas: Float64Array): Float64Array {
  const [first, second, third] = lambdas
  if (first !== Number.POSITIVE_INFINITY || second === undefined || third === undefined) {
    return lambdas
  }
  const named = lambdas.slice()
  named[0] = Math.exp(2 * Math.log(second) - Math.log(third))
  return named
}

/** Between which two models of a path a penalty lies, and the share of the first of them. */
export type Between = { readonly left: number; readonly right: number; readonly share: number }

/**
 * Places penalties on the (descending) sequence of a path, linearly in the penalty itself; outside
 * its range the nearest end counts.
 */
export function interpolate(lambdas: Float64Array, wanted: Float64Array): Between[] {
  const last = lambdas.length - 1
  const range = (lambdas[0] as number) - (lambdas[last] as number)
  const position = (lambda: number) => ((lambdas[0] as number) - lambda) / range
  const scaled = lambdas.map(position)
  return Array.from(wanted, (lambda) => {
    const at = Math.min(Math.max(position(lambda), 0), 1)
    let right = 0
    while (right < last && (scaled[right] as number) < at) right += 1
    const left = scaled[right] === at ? right : right - 1
    if (left === right) return { left, right, share: 1 }
    const [from, to] = [scaled[left] as number, scaled[right] as number]
    return { left, right, share: (at - to) / (from - to) }
  })
}
