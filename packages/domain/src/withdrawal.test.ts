import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInAudience } from './audience.ts'
import type { Instant, OrganisationId } from './brand.ts'
import { newId } from './id.ts'
import {
  isWithdrawable,
  nextAsk,
  ObjectId,
  readersEver,
  settle,
  type Tombstone,
  WithdrawalClass,
} from './withdrawal.ts'

const [one, two, three] = [1, 2, 3].map(() => newId<OrganisationId>()) as [
  OrganisationId,
  OrganisationId,
  OrganisationId,
]
const organisation = fc.constantFrom(one, two, three)

const tombstone: fc.Arbitrary<Tombstone> = fc.record({
  organisation: fc.constant(one),
  object: fc.constant(ObjectId.parse(`note--${newId()}`)),
  class: fc.constantFrom(...WithdrawalClass.options),
  withdrawnAt: fc
    .integer({ min: 0, max: 3 })
    .map((second) => `2026-01-01T00:00:0${second}.000Z` as Instant),
})

describe('two tombstones for one object', () => {
  test('settle to the same one in whatever order and however often they come', () => {
    fc.assert(
      fc.property(fc.array(tombstone, { minLength: 1 }), fc.nat(), (stones, turn) => {
        const turned = stones.map((_, at) => stones[(at + turn) % stones.length] as Tombstone)
        const doubled = [...turned, ...stones].reverse()
        const expected = stones.reduce(settle)
        expect(turned.reduce(settle)).toEqual(expected)
        expect(doubled.reduce(settle)).toEqual(expected)
      }),
    )
  })
})

describe('everybody who must erase', () => {
  test('is whoever could read any version, and nobody who never could', () => {
    const version = fc.record({
      organisation: fc.constant(one),
      audience: fc.uniqueArray(organisation),
      excluded: fc.uniqueArray(organisation),
    })
    fc.assert(
      fc.property(fc.array(version), (versions) => {
        const ever = readersEver(versions)
        for (const who of [two, three]) {
          expect(ever.includes(who)).toBe(versions.some((each) => isInAudience(each, who)))
        }
      }),
    )
  })
})

describe('a member that is silent', () => {
  test('is asked again later each time, at least every six hours, without an end', () => {
    const start = '2026-01-01T00:00:00.000Z' as Instant
    const waits = [0, 1, 2, 9, 5000].map(
      (asked) => Date.parse(nextAsk(start, asked)) - Date.parse(start),
    )
    expect(waits).toEqual([60_000, 120_000, 240_000, 21_600_000, 21_600_000])
  })
})

test('an object is named by its type and a UUID, and by nothing else', () => {
  const id = newId()
  expect(ObjectId.safeParse(`report--${id}`).success).toBe(true)
  for (const bad of [
    '',
    id,
    `report-${id}`,
    `Report--${id}`,
    `report--${id}x`,
    `report--${id}\n`,
  ]) {
    expect(ObjectId.safeParse(bad).success, bad).toBe(false)
  }
})

describe('what can be taken back', () => {
  const can = (type: string) => isWithdrawable(ObjectId.parse(`${type}--${newId()}`))

  test('is content, and nothing without which a decision would come out otherwise', () => {
    const content = [
      'grouping',
      'report',
      'atrocity-alert',
      'attachment',
      'amendment',
      'tally-sheet',
    ]
    expect(content.map(can)).toEqual(content.map(() => true))
    const standing = 'audience receipt withdrawal question question-end officers ballot position'
    const rest = 'sequence complaint rehome tally decision'
    for (const type of `${standing} ${rest}`.split(' ')) expect(can(type), type).toBe(false)
  })
})
