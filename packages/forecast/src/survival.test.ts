import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shareBy, survivalOf, timeToShare } from './survival.ts'

type Watched = { readonly time: number; readonly happened: boolean }

const curveOf = (all: readonly Watched[]) =>
  survivalOf(
    Float64Array.from(all, ({ time }) => time),
    Uint8Array.from(all, ({ happened }) => Number(happened)),
  )
const yes = (...times: number[]): Watched[] => times.map((time) => ({ time, happened: true }))
const not = (...times: number[]): Watched[] => times.map((time) => ({ time, happened: false }))

/** Straight from the definition: for each distinct time of happening, those at risk and those struck. */
function shareWaiting(all: readonly Watched[], until: number): number {
  const times = new Set(
    all.filter(({ happened, time }) => happened && time <= until).map((one) => one.time),
  )
  let share = 1
  for (const at of times) {
    const atRisk = all.filter(({ time }) => time >= at).length
    const struck = all.filter(({ time, happened }) => happened && time === at).length
    share *= (atRisk - struck) / atRisk
  }
  return share
}

const watched = fc.array(
  fc.record({ time: fc.integer({ min: 0, max: 12 }), happened: fc.boolean() }),
  { minLength: 1, maxLength: 30 },
)

describe('the time until something happens', () => {
  test('by hand: the remission times of 21 patients under treatment (Freireich et al. 1963)', () => {
    const curve = curveOf([
      ...yes(6, 6, 6, 7, 10, 13, 16, 22, 23),
      ...not(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
    ])
    expect([...curve.times]).toEqual([6, 7, 10, 13, 16, 22, 23])
    const published = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    for (const [index, share] of published.entries()) {
      expect(curve.waiting[index]).toBeCloseTo(share, 4)
    }
    expect(timeToShare(curve, 0.5)).toBe(23)
    expect(timeToShare(curve, 0.9)).toBeUndefined()
    expect(shareBy(curve, 9)).toBeCloseTo(1 - 0.8067, 4)
  })

  test('is the plain median and percentile where it has happened to all', () => {
    const curve = curveOf(yes(...Array.from({ length: 10 }, (_, index) => index + 1)))
    expect(timeToShare(curve, 0.5)).toBe(5)
    expect(timeToShare(curve, 0.9)).toBe(9)
    expect(shareBy(curve, 3.5)).toBeCloseTo(0.3)
    expect(shareBy(curve, 99)).toBe(1)
  })

  test('is not made shorter by those who stay silent', () => {
    // Two answered within the hour; eight have said nothing for a hundred.
    const silent = curveOf([...yes(1, 1), ...not(...Array.from({ length: 8 }, () => 100))])
    expect(timeToShare(silent, 0.5)).toBeUndefined()
    expect(shareBy(silent, 24)).toBeCloseTo(0.2)
    // Dropped, as is often done, they would have made the median one hour.
    expect(timeToShare(curveOf(yes(1, 1)), 0.5)).toBe(1)
  })

  test('says nothing of a time for which nobody was watched', () => {
    const curve = curveOf([...yes(1), ...not(2, 3)])
    expect(shareBy(curve, 3)).toBeCloseTo(1 / 3)
    expect(shareBy(curve, 3.1)).toBeUndefined()
    expect(shareBy(curveOf([]), 1)).toBeUndefined()
    expect(timeToShare(curveOf([]), 0.5)).toBeUndefined()
  })

  test('follows the definition for whatever was watched', () => {
    fc.assert(
      fc.property(watched, fc.integer({ min: 0, max: 14 }), (all, time) => {
        const curve = curveOf(all)
        const share = shareBy(curve, time)
        const expected = shareWaiting(all, time)
        const longest = Math.max(...all.map((one) => one.time))
        if (time <= longest || expected === 0) expect(share).toBeCloseTo(1 - expected, 9)
        else expect(share).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  test('takes the first time at which the share is reached, by the same definition', () => {
    fc.assert(
      fc.property(watched, fc.constantFrom(0.1, 0.5, 0.9, 1), (all, share) => {
        const times = [...new Set(all.map(({ time }) => time))].sort((a, b) => a - b)
        const first = times.find((time) => shareWaiting(all, time) <= 1 - share + 1e-9)
        expect(timeToShare(curveOf(all), share)).toBe(first)
      }),
      { numRuns: 500 },
    )
  })

  test('does not depend on the order in which they are given', () => {
    fc.assert(
      fc.property(watched, (all) => {
        expect(curveOf(all.toReversed())).toEqual(curveOf(all))
      }),
    )
  })

  test('grows no shorter when somebody is watched longer without its happening', () => {
    fc.assert(
      fc.property(watched, fc.nat(), (all, place) => {
        const index = place % all.length
        const one = all[index] as Watched
        fc.pre(!one.happened)
        const longer = all.with(index, { time: one.time + 5, happened: false })
        const [before, after] = [all, longer].map((them) => timeToShare(curveOf(them), 0.5))
        expect(after ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
          before ?? Number.POSITIVE_INFINITY,
        )
      }),
      { numRuns: 300 },
    )
  })
})
