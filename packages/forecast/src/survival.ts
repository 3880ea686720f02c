/**
 * How long it takes until something happens, where for some it has not happened yet (Kaplan and Meier
 * 1958, the product-limit estimate). Those are not dropped: they count for as long as they were
 * watched, so that silence does not look like speed.
 */
export type Survival = {
  /** The distinct times at which it happened, ascending. */
  readonly times: Float64Array
  /** The share to whom it had not happened just after each of these times. */
  readonly waiting: Float64Array
  /** The longest that anybody was watched. */
  readonly watchedFor: number
}

/** Shares are products of ratios: equal ones differ in their last digits. */
const EQUAL = 1e-12

/**
 * @param times how long each was watched, at least 0, any unit; not sorted
 * @param happened 1 where the watching ended because it happened, else 0; as long as `times`
 *
 * At one time, those to whom it happened come before those whose watching ended.
 */
export function survivalOf(times: Float64Array, happened: Uint8Array): Survival {
  const order = Uint32Array.from(times, (_, index) => index).sort(
    (a, b) => (times[a] as number) - (times[b] as number),
  )
  const steps: { time: number; waiting: number }[] = []
  let waiting = 1
  for (let from = 0; from < order.length; ) {
    const time = times[order[from] as number] as number
    let until = from
    let events = 0
    for (; until < order.length && times[order[until] as number] === time; until += 1) {
      events += happened[order[until] as number] as number
    }
    if (events > 0) {
      waiting *= 1 - events / (order.length - from)
      steps.push({ time, waiting })
    }
    from = until
  }
  return {
    times: Float64Array.from(steps, (step) => step.time),
    waiting: Float64Array.from(steps, (step) => step.waiting),
    watchedFor: times.reduce((longest, time) => Math.max(longest, time), 0),
  }
}

/** The first time by which it had happened to this share of all; undefined where that is not reached. */
export function timeToShare({ times, waiting }: Survival, share: number): number | undefined {
  const index = waiting.findIndex((left) => left <= 1 - share + EQUAL)
  return index < 0 ? undefined : times[index]
}

/** The share to whom it had happened by this time; undefined where nobody was watched for so long. */
export function shareBy(
  { times, waiting, watchedFor }: Survival,
  time: number,
): number | undefined {
  const index = times.findLastIndex((at) => at <= time)
  const left = index < 0 ? 1 : (waiting[index] as number)
  const isKnown = time <= watchedFor || left <= EQUAL
  return isKnown ? 1 - left : undefined
}
