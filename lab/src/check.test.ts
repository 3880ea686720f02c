import { MersenneTwister } from '@tocsin/forecast/mersenne-twister.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import { type Plan, runModel, type Step } from './model-network.ts'
import { type Pick, plantedBugs } from './planted-bugs.ts'

const deeds = ['tell', 'tell-anew', 'warn', 'tell-unacknowledged', 'withdraw'] as const

const steps: fc.Arbitrary<Step> = fc.record({
  author: fc.nat(6),
  audience: fc.nat(3),
  deed: fc.constantFrom(...deeds),
})

const plans: fc.Arbitrary<Plan> = fc.record({
  nodes: fc.integer({ min: 3, max: 7 }),
  audiences: fc.array(fc.nat(127), { minLength: 1, maxLength: 4 }),
  steps: fc.array(steps, { minLength: 1, maxLength: 40 }),
  seed: fc.nat(0x7fffffff),
})

const says = (plan: Plan): boolean =>
  runModel(plan).history.some(({ kind }) => kind === 'published')

function pickBy(seed: number): Pick {
  const random = new MersenneTwister(seed)
  return (all) => (all.length === 0 ? undefined : all[random.index(all.length)])
}

describe('the checker', () => {
  it('finds nothing in runs of a network that does everything right', () => {
    fc.assert(
      fc.property(plans.filter(says), (plan) => {
        const { history, finals } = runModel(plan)
        expect(check(history, finals)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it.each(Object.entries(plantedBugs))('sees that %s', (_name, { rule, plant }) => {
    let planted = 0
    fc.assert(
      fc.property(plans.filter(says), fc.nat(0x7fffffff), (plan, seed) => {
        const spoilt = plant(runModel(plan), pickBy(seed))
        if (!spoilt) return
        planted += 1
        expect(check(spoilt.history, spoilt.finals).map((finding) => finding.rule)).toContain(rule)
      }),
      { numRuns: 200 },
    )
    expect(planted).toBeGreaterThan(20)
  })

  it('does not take a run that shows nothing for a good one', () => {
    const { history, finals } = runModel({ nodes: 3, audiences: [7], steps: [], seed: 1 })
    expect(check(history, finals)).toEqual([
      { rule: 'nothing-shown', node: null, what: 'nothing was acknowledged' },
    ])
    const blind = runModel({
      nodes: 3,
      audiences: [7],
      steps: [{ author: 0, audience: 0, deed: 'tell' }],
      seed: 1,
    })
    const unsearched = blind.finals.map((state) => ({ ...state, words: [] }))
    expect(check(blind.history, unsearched)).toEqual([
      { rule: 'nothing-shown', node: 'node-0', what: 'the word word-1' },
    ])
    const rules = check([], []).map(({ rule }) => rule)
    expect(new Set(rules)).toEqual(new Set(['nothing-shown']))
  })
})
