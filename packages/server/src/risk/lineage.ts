import type { Edition } from '@tocsin/domain/risk.ts'

/** Newest data year first; of one year what was computed here comes before what was published. */
export function newestFirst(a: Edition, b: Edition): number {
  return b.dataYear - a.dataYear || order[a.origin] - order[b.origin] || (a.id < b.id ? -1 : 1)
}

const order = { computed: 0, 're-estimated': 1, published: 2 } as const

const predictorsOf = ({ inputs }: Edition): string => inputs[0]?.sha256 ?? ''

/**
 * The edition of the data year before that this one is set against. For one computed here that is
 * the year before as estimated from the very same file, so that nothing but the year differs.
 */
export function previousOf<E extends Edition>(edition: Edition, all: readonly E[]): E | undefined {
  const before = all.filter(({ dataYear }) => dataYear === edition.dataYear - 1)
  if (edition.origin === 'published') return before.find(({ origin }) => origin === 'published')
  const computed = before.filter(({ origin }) => origin !== 'published')
  return (
    computed.find((one) => predictorsOf(one) === predictorsOf(edition)) ??
    computed.toSorted(newestFirst)[0]
  )
}

/**
 * What was said of the same data year at the time, from the data of the time: computed here back
 * then, or published. A re-estimate differs from it by the revision of the data.
 */
export function saidThen<E extends Edition>(edition: Edition, all: readonly E[]): E | undefined {
  return all
    .filter(
      (one) =>
        one.dataYear === edition.dataYear &&
        one.origin !== 're-estimated' &&
        predictorsOf(one) !== predictorsOf(edition),
    )
    .toSorted(newestFirst)[0]
}
