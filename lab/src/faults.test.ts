import { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isCut, planFaults } from './faults.ts'

const nodes = fc.integer({ min: 2, max: 7 })
const seeds = fc.nat(0x7fffffff)
const HALF_AN_HOUR = 1_800_000

it('makes every fault good before the time is over, and cuts nobody off from itself', () => {
  fc.assert(
    fc.property(seeds, nodes, fc.integer({ min: 0, max: HALF_AN_HOUR }), (seed, count, ms) => {
      const planned = planFaults(new MersenneTwister(seed), count, ms)
      for (const { fault, beginsMs, endsMs } of planned) {
        expect(beginsMs).toBeLessThan(ms)
        expect(endsMs).toBeLessThanOrEqual(ms)
        expect(endsMs).toBeGreaterThan(beginsMs)
        if (fault.kind !== 'cut') continue
        expect(fault.these.length).toBeGreaterThan(0)
        expect(fault.those.length).toBeGreaterThan(0)
        expect(fault.these.filter((one) => fault.those.includes(one))).toEqual([])
        expect(isCut([fault], fault.these[0] ?? -1, fault.those[0] ?? -1)).toBe(true)
        expect(isCut([fault], fault.those[0] ?? -1, fault.these[0] ?? -1)).toBe(!fault.isOneWay)
      }
    }),
  )
})

it('plans the same faults for the same seed, and in half an hour some of each kind', () => {
  fc.assert(
    fc.property(seeds, nodes, (seed, count) => {
      const plan = () => planFaults(new MersenneTwister(seed), count, HALF_AN_HOUR)
      expect(plan()).toEqual(plan())
      const kinds = new Set(plan().map(({ fault }) => fault.kind))
      expect(kinds).toEqual(new Set(['cut', 'kill', 'stop', 'freeze', 'kill-database']))
    }),
    { numRuns: 50 },
  )
})
