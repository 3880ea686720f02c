import { describe, expect, test } from 'vitest'
import { summariseWaits } from './waits.ts'

const HOUR = 3600
const wait = (hours: number, happened: boolean, allowed: number | null) => ({
  seconds: hours * HOUR,
  happened,
  allowed: allowed === null ? null : allowed * HOUR,
})

describe('what can be said of waits', () => {
  test('by hand: four answers, one too late, one still waited for, one withdrawn', () => {
    const said = summariseWaits([
      wait(2, true, 24),
      wait(6, true, 6),
      wait(20, true, 24),
      wait(30, true, 24),
      wait(12, false, 24),
      wait(1, false, 24),
    ])
    // Of six the one that was withdrawn at once leaves five; 2 and 6 h strike: 1 - 4/5 * 3/4 = 0.4.
    // At 12 h one is watched no longer; at 20 h one of two is struck: 1 - 0.6 * 1/2 = 0.7.
    expect(said).toMatchObject({ n: 6, happened: 4, median: 20 * HOUR, p90: 30 * HOUR })
    // In parts of the time allowed: 1/12, 20/24 and 1 in time, 1/24 and 12/24 not watched on, 30/24 late.
    // 1 - 4/5 * 2/3 * 1/2 = 11/15.
    expect(said.inTime).toBeCloseTo(11 / 15)
  })

  test('of nobody is nothing', () => {
    expect(summariseWaits([])).toEqual({
      n: 0,
      happened: 0,
      median: undefined,
      p90: undefined,
      inTime: undefined,
    })
  })

  test('without a limit cannot be in time', () => {
    expect(summariseWaits([wait(2, true, null)])).toMatchObject({
      median: 2 * HOUR,
      inTime: undefined,
    })
  })

  test('exactly at the end of the time is in time', () => {
    expect(summariseWaits([wait(24, true, 24), wait(24.001, true, 24)]).inTime).toBe(0.5)
  })
})
