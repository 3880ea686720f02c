import { readFileSync } from 'node:fs'
import { Day } from '@tocsin/domain/brand.ts'
import { bodies, findBody } from '@tocsin/domain/regional-bodies/catalogue.ts'
import {
  doorsFor,
  type Membership,
  MembershipTable,
  standingOn,
} from '@tocsin/domain/regional-body.ts'
import { describe, expect, test } from 'vitest'
import { sharedData, withoutSharedData } from '../../packages/server/test/shared-data.ts'
import { membersIn2010 } from './bodies.ts'

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../packages/server/facts/${file}`, import.meta.url), 'utf8'))
const table = MembershipTable.parse(read('bodies.json'))
const { countries } = read('countries.json') as { countries: { iso3: string }[] }

type Spell = { readonly fromDay: Day; readonly untilDay: Day | null }
const keyOf = ({ body, state }: { readonly body: string; readonly state: string }) =>
  `${body} ${state}`
const of = (key: string): MembershipTable => ({
  memberships: table.memberships.filter((one) => keyOf(one) === key),
  suspensions: table.suspensions.filter((one) => keyOf(one) === key),
})
const spellOf = ({ fromDay, byDay, untilDay }: Membership): Spell => ({
  fromDay: fromDay ?? byDay,
  untilDay,
})
const overlap = (one: Spell, other: Spell) =>
  (one.untilDay === null || other.fromDay <= one.untilDay) &&
  (other.untilDay === null || one.fromDay <= other.untilDay)
/** Spells that end before they begin, or share a day with another. */
const clashesIn = (spells: readonly Spell[]) =>
  spells.filter(
    (one, at) =>
      (one.untilDay !== null && one.untilDay <= one.fromDay) ||
      spells.some((other, index) => index !== at && overlap(one, other)),
  )
const isWithin = (one: Spell, spell: Spell) =>
  spell.fromDay <= one.fromDay &&
  (spell.untilDay === null || (one.untilDay !== null && one.untilDay <= spell.untilDay))
const standing = (body: string, state: string, day: string) =>
  standingOn(of(`${body} ${state}`), Day.parse(day))

describe('the memberships that ship', () => {
  test('name only bodies, organs and States that are known, and say that nobody verified them', () => {
    const states = new Set(countries.map(({ iso3 }) => iso3))
    for (const { body, state, verified, ...one } of [...table.memberships, ...table.suspensions]) {
      expect(findBody(body), body).toBeDefined()
      expect(states, state).toContain(state)
      expect(verified).toBe(false)
      if ('decidedBy' in one) {
        const organs = findBody(body)?.organs.map(({ code }) => code)
        expect(organs, keyOf({ body, state })).toContain(one.decidedBy)
      }
    }
    const named = new Set(table.memberships.map(({ body }) => body))
    const expected = bodies.filter(
      ({ region, isFictional }) => region !== 'universal' && !isFictional,
    )
    expect([...named].toSorted()).toEqual(expected.map(({ code }) => code).toSorted())
  })

  test('never overlap, begin before they end, and hold every suspension within a membership', () => {
    for (const key of new Set(table.memberships.map(keyOf))) {
      const { memberships, suspensions } = of(key)
      const held = memberships.map(spellOf)
      expect(clashesIn(held), key).toEqual([])
      expect(clashesIn(suspensions), key).toEqual([])
      expect(
        suspensions.filter((one) => !held.some((spell) => isWithin(one, spell))),
        key,
      ).toEqual([])
      const known = memberships.filter(({ fromDay }) => fromDay !== null)
      expect(
        known.filter(({ fromDay, byDay }) => fromDay !== byDay),
        key,
      ).toEqual([])
    }
  })

  test('hold on the days that are known, and not on the day after', () => {
    expect(standing('ECOWAS', 'MLI', '2021-05-29')).toBe('member')
    expect(standing('ECOWAS', 'MLI', '2025-01-28')).toBe('suspended')
    expect(standing('ECOWAS', 'NER', '2025-01-28')).toBe('member')
    expect(standing('ECOWAS', 'NER', '2025-01-29')).toBe('withdrawn')
    expect(standing('EU', 'GBR', '2020-01-31')).toBe('member')
    expect(standing('EU', 'GBR', '2020-02-01')).toBe('withdrawn')
    expect(standing('EU', 'HRV', '2013-06-30')).toBe('never')
    expect(standing('CoE', 'RUS', '2022-03-15')).toBe('suspended')
    expect(standing('CoE', 'RUS', '2022-03-16')).toBe('withdrawn')
    expect(standing('CoE', 'GRC', '1972-06-01')).toBe('withdrawn')
    expect(standing('CoE', 'GRC', '1974-11-28')).toBe('member')
    expect(standing('AU', 'GAB', '2025-04-29')).toBe('suspended')
    expect(standing('AU', 'GAB', '2025-04-30')).toBe('member')
    expect(standing('COMESA', 'KEN', '1990-01-01')).toBe('unknown')
  })

  test('open the door of a body until the day a State leaves it', () => {
    const doors = (day: string) =>
      doorsFor({ ...table, bodies }, 'NER', Day.parse(day)).regional.map(({ body }) => body.code)
    expect(doors('2025-01-28')).toEqual(['AU', 'ECOWAS', 'OIC'])
    expect(doors('2025-01-30')).toEqual(['AU', 'OIC'])
  })

  test.skipIf(withoutSharedData)('agree with the memberships of 2010 that another compiled', () => {
    // Observers of that organisation, which that file counts as members.
    const observers = ['OIC CAF']
    const others = [...membersIn2010(sharedData)]
      .filter(
        (key) => !['member', 'suspended'].includes(standingOn(of(key), Day.parse('2010-12-31'))),
      )
      .toSorted()
    expect(others).toEqual(observers)
  })
})
