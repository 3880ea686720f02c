import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from './brand.ts'
import type { Level } from './level.ts'
import {
  type Condition,
  firstRules,
  type MatterFacts,
  obligationsOf,
  RuleText,
  type RuleVersion,
  type Tabled,
} from './trigger-rule.ts'

const at = (hours: number) =>
  new Date(Date.parse('2026-01-01T00:00:00.000Z') + hours * 3_600_000).toISOString() as Instant

const nothing: MatterFacts = {
  levels: [],
  decisions: [],
  answers: [],
  clocks: [],
  failures: [],
  consultations: [],
}
const levels = (...said: readonly (readonly [number, Level])[]) =>
  said.map(([hours, level], index) => ({ seq: index + 1, at: at(hours), level }))

const version = (
  condition: Condition,
  { rule = 'rule', n = 1, set = 0, isInForce = true } = {},
): RuleVersion => ({
  ...{ id: `${rule} ${n}` as never, rule: rule as never, version: n, setAt: at(set) },
  ...{ condition, answerHours: 48, isInForce, reasons: null, setBy: null },
})
const standing: Condition = { kind: 'level', least: 3, hours: 24, unlessDecided: true }
const asked = (
  versions: readonly RuleVersion[],
  facts: Partial<MatterFacts>,
  now: number,
  tabled: readonly Tabled[] = [],
) => obligationsOf(versions, { ...nothing, ...facts }, { tabled, now: at(now) })

describe('a rule on the level', () => {
  const facts = { levels: levels([10, 2], [20, 3], [30, 5]) }

  test('obliges once the matter stood there for its time, and not before', () => {
    expect(asked([version(standing)], facts, 43)).toEqual([])
    expect(asked([version(standing)], facts, 44)).toMatchObject([{ arisesAt: at(44) }])
  })

  test('does not after a decision, where it waits for one, nor after the organ itself answered', () => {
    expect(asked([version(standing)], { ...facts, decisions: [at(25)] }, 99)).toEqual([])
    expect(asked([version(standing)], { ...facts, decisions: [at(19)] }, 99)).toHaveLength(1)
    const always = version({ ...standing, unlessDecided: false })
    expect(asked([always], { ...facts, decisions: [at(25)] }, 99)).toHaveLength(1)
    expect(asked([always], { ...facts, answers: [at(25)] }, 99)).toEqual([])
  })

  test('obliges anew when the level rises again, and not for another rise within', () => {
    const again = { levels: levels([0, 3], [50, 1], [60, 4], [70, 5]) }
    const owed = asked([version(standing)], again, 200)
    expect(owed.map(({ arisesAt }) => arisesAt)).toEqual([at(24), at(84)])
  })
})

test('a clock that ran out obliges until it is stopped; the organ of a graver level alone', () => {
  const clock = {
    id: 'c',
    kind: 'decide',
    level: 3,
    dueAt: at(10),
    stoppedAt: null,
    about: 'A',
  } as const
  const rule = version({ kind: 'clock', least: 3, clock: 'decide', hours: 5 })
  expect(asked([rule], { clocks: [clock] }, 15)).toMatchObject([{ episode: 'clock c', about: 'A' }])
  expect(asked([rule], { clocks: [{ ...clock, stoppedAt: at(14) }] }, 99)).toEqual([])
  expect(asked([rule], { clocks: [{ ...clock, level: 2 }] }, 99)).toEqual([])
  expect(asked([rule], { clocks: [{ ...clock, kind: 'review' }] }, 99)).toEqual([])
})

test('an answer fails by reasons in place of a decision, or by never arriving', () => {
  const failed = { id: 'n', level: 3, at: at(10), endedAt: null, about: 'A' } as const
  const rule = version({ kind: 'answer', least: 3, failures: ['declined'] })
  const of = (failure: 'declined' | 'undelivered') => ({ failures: [{ ...failed, failure }] })
  expect(asked([rule], of('declined'), 10)).toHaveLength(1)
  expect(asked([rule], of('undelivered'), 10)).toEqual([])
})

test('a consultation obliges when its time or itself ends without a decision', () => {
  const room = {
    id: 'r',
    level: 2,
    openedAt: at(0),
    closedAt: null,
    decidedAt: null,
    about: 'C-1',
  } as const
  const rule = version({ kind: 'consultation', least: 1, hours: 48 })
  const when = (said: Partial<MatterFacts['consultations'][number]>) =>
    asked([rule], { consultations: [{ ...room, ...said }] }, 99).map(({ arisesAt }) => arisesAt)
  expect(when({})).toEqual([at(48)])
  expect(when({ closedAt: at(20) })).toEqual([at(20)])
  expect(when({ decidedAt: at(47) })).toEqual([])
  expect(when({ decidedAt: at(50) })).toEqual([at(48)])
})

describe('a rule that was changed', () => {
  const facts = { levels: levels([0, 3]) }
  const softer = version({ ...standing, hours: 4 }, { n: 2, set: 10 })

  test('changes nothing back in time', () => {
    // Four hours had passed long before anybody said so.
    expect(asked([version(standing), softer], facts, 99)).toMatchObject([
      { version: 'rule 2', arisesAt: at(10) },
    ])
    const late = version({ ...standing, hours: 1 }, { n: 2, set: 50 })
    expect(asked([late, version(standing)], facts, 99)).toMatchObject([
      { version: 'rule 1', arisesAt: at(24) },
    ])
  })

  test('does not table the same stay again, though it now begins earlier', () => {
    const before = asked([version(standing)], { levels: levels([0, 2], [10, 3]) }, 40)
    const wider = version({ ...standing, least: 2 }, { n: 2, set: 45 })
    const both = [version(standing), wider]
    expect(asked(both, { levels: levels([0, 2], [10, 3]) }, 99, before)).toEqual([])
  })

  test('obliges to nothing while it is not in force', () => {
    const off = version(standing, { n: 2, set: 20, isInForce: false })
    expect(asked([version(standing), off], facts, 99)).toEqual([])
  })
})

test('what an organ begins with is well formed', () => {
  for (const rule of firstRules) expect(RuleText.parse(rule)).toEqual(rule)
})

const hour = fc.integer({ min: 0, max: 200 })
const level = fc.constantFrom<Level>(0, 1, 2, 3, 4, 5)
const ended = fc.option(hour)
const instant = (hours: number | null) => (hours === null ? null : at(hours))
const least = fc.constantFrom<1 | 3 | 5>(1, 3, 5)
const hours = fc.integer({ min: 0, max: 60 })

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('level'), least, hours, unlessDecided: fc.boolean() }),
  fc.record({ kind: fc.constant('clock'), least, hours, clock: fc.constant('decide') }),
  fc.record({ kind: fc.constant('answer'), least, failures: fc.constant(['declined']) }),
  fc.record({ kind: fc.constant('consultation'), least, hours }),
) as fc.Arbitrary<Condition>

const facts: fc.Arbitrary<MatterFacts> = fc
  .record({
    levels: fc.array(fc.tuple(hour, level), { maxLength: 8 }),
    decisions: fc.array(hour, { maxLength: 3 }),
    answers: fc.array(hour, { maxLength: 2 }),
    clocks: fc.array(fc.tuple(hour, ended, level), { maxLength: 4 }),
    failures: fc.array(fc.tuple(hour, ended, level), { maxLength: 4 }),
    rooms: fc.array(fc.tuple(hour, ended, ended, level), { maxLength: 3 }),
  })
  .map(({ levels: said, decisions, answers, clocks, failures, rooms }) => ({
    levels: levels(...said.sort(([a], [b]) => a - b)),
    decisions: decisions.map(at),
    answers: answers.map(at),
    clocks: clocks.map(([due, stopped, of], n) => ({
      ...({ id: `c${n}`, kind: 'decide', level: of, about: null } as const),
      ...{ dueAt: at(due), stoppedAt: instant(stopped) },
    })),
    failures: failures.map(([failed, end, of], n) => ({
      ...({ id: `n${n}`, failure: 'declined', level: of, about: null } as const),
      ...{ at: at(failed), endedAt: instant(end) },
    })),
    consultations: rooms.map(([opened, closed, decided, of], n) => ({
      ...{ id: `r${n}`, level: of, about: null, openedAt: at(opened) },
      ...{ closedAt: instant(closed), decidedAt: instant(decided) },
    })),
  }))

const versions = fc
  .array(fc.tuple(condition, fc.constantFrom('a', 'b'), hour, fc.boolean()), { maxLength: 6 })
  .map((all) =>
    all
      .sort(([, , a], [, , b]) => a - b)
      .map(([what, rule, set, isInForce], index) =>
        version(what, { rule, n: index + 1, set, isInForce }),
      ),
  )

const key = ({ rule, episode }: Tabled) => `${rule} ${episode}`

describe('whatever happened', () => {
  test('the order in which facts and rules are known changes nothing', () => {
    const shuffled = (said: MatterFacts) =>
      fc
        .tuple(
          ...(Object.keys(nothing) as (keyof MatterFacts)[]).map((name) =>
            fc.shuffledSubarray([...(said[name] as readonly unknown[])], {
              minLength: said[name].length,
            }),
          ),
        )
        .map(
          (parts) =>
            Object.fromEntries(
              Object.keys(nothing).map((name, index) => [name, parts[index]]),
            ) as unknown,
        )
    const drawn = fc
      .tuple(facts, versions)
      .chain(([said, rules]) =>
        fc.tuple(
          fc.constant([said, rules] as const),
          shuffled(said),
          fc.shuffledSubarray(rules, { minLength: rules.length }),
        ),
      )
    fc.assert(
      fc.property(drawn, hour, ([[said, rules], other, otherRules], now) => {
        const keys = (all: readonly Tabled[]) =>
          all.map((one) => `${key(one)} ${one.arisesAt}`).sort()
        expect(keys(asked(otherRules, other as MatterFacts, now))).toEqual(
          keys(asked(rules, said, now)),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('looking often or once comes to the same, and nothing is tabled twice', () => {
    fc.assert(
      fc.property(facts, versions, fc.array(hour, { maxLength: 6 }), (said, rules, looks) => {
        const tabled: Tabled[] = []
        for (const now of [...looks.sort((a, b) => a - b), 300]) {
          tabled.push(...asked(rules, said, now, tabled))
        }
        expect(new Set(tabled.map(key)).size).toBe(tabled.length)
        const once = asked(rules, said, 300).map(key)
        expect(tabled.map(key).sort()).toEqual(once.sort())
      }),
      { numRuns: 3000 },
    )
  })

  test('nothing is tabled before its rule, above its level, or once the organ has answered', () => {
    fc.assert(
      fc.property(facts, versions, hour, (said, rules, now) => {
        for (const owed of asked(rules, said, now)) {
          const by = rules.find(({ id }) => id === owed.version)
          if (!by) throw new Error('an obligation without a rule')
          expect(by.isInForce).toBe(true)
          expect(owed.arisesAt >= by.setAt && owed.arisesAt <= at(now)).toBe(true)
          if (by.condition.kind !== 'level') continue
          const stands = said.levels.filter((one) => one.at <= owed.arisesAt).at(-1)
          expect(stands?.level ?? 0).toBeGreaterThanOrEqual(by.condition.least)
          const since = owed.episode.slice('level '.length)
          const inTime = (one: Instant) => one >= since && one <= owed.arisesAt
          expect(said.answers.some(inTime)).toBe(false)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
