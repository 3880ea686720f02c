import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Day } from './brand.ts'
import { bodies } from './regional-bodies/catalogue.ts'
import {
  belongs,
  doorsFor,
  type Membership,
  membershipsOn,
  type Suspension,
  standingOn,
} from './regional-body.ts'

const FIRST = Date.UTC(1990, 0, 1)
const DAY_MS = 86_400_000
const SPAN = 20_000

/** A day so many days after the first. */
const dayAt = (offset: number) =>
  Day.parse(new Date(FIRST + offset * DAY_MS).toISOString().slice(0, 10))

type Spell = readonly [from: number, until: number | null]

const membershipOf = ([from, until]: Spell, parts: Partial<Membership> = {}): Membership => ({
  body: 'AU',
  state: 'AAA',
  fromDay: dayAt(from),
  byDay: dayAt(from),
  untilDay: until === null ? null : dayAt(until),
  source: 'compiled',
  verified: false,
  ...parts,
})
const suspensionOf = ([from, until]: Spell): Suspension => ({
  body: 'AU',
  state: 'AAA',
  fromDay: dayAt(from),
  untilDay: until === null ? null : dayAt(until),
  decidedBy: 'psc',
  symbol: null,
  verified: false,
})

/** Spells one after another with at least a day between them; the last may go on. */
const spells = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: SPAN }), { minLength: 2, maxLength: 8 }),
    fc.boolean(),
  )
  .map(([days, goesOn]) => {
    const sorted = days.toSorted((a, b) => a - b)
    const pairs = Array.from({ length: Math.floor(sorted.length / 2) }, (_, index): Spell => {
      const [from = 0, until = 0] = sorted.slice(2 * index)
      return [2 * from, 2 * until]
    })
    return goesOn
      ? pairs.map(
          ([from, until], index): Spell => [from, index === pairs.length - 1 ? null : until],
        )
      : pairs
  })
const offset = fc.integer({ min: -10, max: 2 * SPAN + 10 })
const isIn = (all: readonly Spell[], at: number) =>
  all.some(([from, until]) => from <= at && (until === null || at <= until))

describe('membership by date', () => {
  test('holds on the first and the last day, and not the day before or after', () => {
    fc.assert(
      fc.property(spells, (all) => {
        const memberships = all.map((spell) => membershipOf(spell))
        const at = (day: number) => standingOn({ memberships, suspensions: [] }, dayAt(day))
        for (const [index, [from, until]] of all.entries()) {
          expect(at(from)).toBe('member')
          expect(at(from - 1)).toBe(index === 0 ? 'never' : 'withdrawn')
          if (until === null) expect(at(2 * SPAN + 500)).toBe('member')
          else expect([at(until), at(until + 1)]).toEqual(['member', 'withdrawn'])
        }
      }),
    )
  })

  test('is suspended on exactly the days of a membership that a suspension covers', () => {
    fc.assert(
      fc.property(spells, spells, offset, (held, broken, day) => {
        const standing = standingOn(
          {
            memberships: held.map((one) => membershipOf(one)),
            suspensions: broken.map(suspensionOf),
          },
          dayAt(day),
        )
        expect(belongs({ standing })).toBe(isIn(held, day))
        expect(standing === 'suspended').toBe(isIn(held, day) && isIn(broken, day))
      }),
    )
  })

  test('is unknown before the day by which a State is held to have belonged, never absent', () => {
    fc.assert(
      fc.property(offset, offset, (by, day) => {
        const memberships = [membershipOf([by, null], { fromDay: null })]
        const standing = standingOn({ memberships, suspensions: [] }, dayAt(day))
        expect(standing).toBe(day < by ? 'unknown' : 'member')
      }),
    )
  })

  test('of one State in one body says nothing of another State or another body', () => {
    const memberships = [
      membershipOf([10, 20]),
      membershipOf([0, null], { state: 'BBB' }),
      membershipOf([0, null], { body: 'EU' }),
    ]
    const suspensions = [{ ...suspensionOf([0, null]), state: 'BBB' }]
    const on = (state: string, day: number) =>
      membershipsOn({ memberships, suspensions }, state, dayAt(day))
    expect(on('AAA', 15)).toEqual([
      { body: 'AU', standing: 'member' },
      { body: 'EU', standing: 'member' },
    ])
    expect(on('AAA', 25)[0]).toEqual({ body: 'AU', standing: 'withdrawn' })
    expect(on('BBB', 15)).toEqual([{ body: 'AU', standing: 'suspended' }])
    expect(on('CCC', 15)).toEqual([])
  })
})

describe('the doors', () => {
  const everywhere = (spell: Spell) => bodies.map(({ code }) => membershipOf(spell, { body: code }))

  test('are exactly those of the bodies that the State belonged to on the day', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...bodies.map(({ code }) => code)), spells), {
          maxLength: 6,
        }),
        offset,
        (held, day) => {
          const ofBodies = new Map(held)
          const memberships = [...ofBodies].flatMap(([body, all]) =>
            all.map((spell) => membershipOf(spell, { body })),
          )
          const doors = doorsFor({ bodies, memberships, suspensions: [] }, 'AAA', dayAt(day))
          const joined = [...ofBodies].filter(([, all]) => isIn(all, day)).map(([code]) => code)
          const named = [
            ...doors.regional.map(({ body }) => body.code),
            ...doors.withoutProcedure.map(({ code }) => code),
          ]
          expect(named.toSorted()).toEqual(joined.toSorted())
          expect(doors.universal.map(({ body }) => body.code)).toEqual(['UN'])
        },
      ),
    )
  })

  test('are only those about members: what is for others is no door', () => {
    const memberships = everywhere([0, null])
    const { regional, withoutProcedure } = doorsFor(
      { bodies, memberships, suspensions: [] },
      'AAA',
      dayAt(5),
    )
    const reaches = regional.flatMap(({ procedures }) => procedures.map(({ reach }) => reach))
    expect(new Set(reaches)).toEqual(new Set(['members']))
    expect(withoutProcedure.map(({ code }) => code)).toEqual(['SAARC', 'NATO'])
    const union = regional.find(({ body }) => body.code === 'EU')
    expect(union?.procedures.map(({ kind }) => kind)).toEqual(['serious-breach', 'serious-breach'])
  })

  test('of a suspended State stay open and say so', () => {
    const { regional } = doorsFor(
      { bodies, memberships: [membershipOf([0, null])], suspensions: [suspensionOf([3, 5])] },
      'AAA',
      dayAt(4),
    )
    expect(regional.map(({ body, isSuspended }) => [body.code, isSuspended])).toEqual([
      ['AU', true],
    ])
  })
})

describe('the bodies', () => {
  test('each have a code and names of their own, organs for their procedures, and no verified fact', () => {
    expect(new Set(bodies.map(({ code }) => code)).size).toBe(bodies.length)
    for (const { code, organs, procedures, verified, isFictional, region } of bodies) {
      const codes = organs.map((organ) => organ.code)
      expect(new Set(codes).size, code).toBe(codes.length)
      expect(verified).toBe(false)
      expect(isFictional).toBe(region === 'five-rivers')
      for (const procedure of procedures) {
        expect(codes).toContain(procedure.organ)
        expect(procedure.verified).toBe(false)
        expect(procedure.can.length * procedure.callers.length * procedure.basis.length).not.toBe(0)
      }
      const kinds = procedures.map(({ organ, kind }) => `${organ} ${kind}`)
      expect(new Set(kinds).size, code).toBe(kinds.length)
    }
  })

  test('put what is said of article 4(h) where it belongs', () => {
    const union = bodies.find(({ code }) => code === 'AU')
    const ways = union?.procedures.filter(({ kind }) => kind === 'intervention') ?? []
    const said = ways.map(({ organ, can, basis }) => [
      organ,
      can,
      basis.map(({ article }) => article),
    ])
    expect(said).toEqual([
      ['psc', ['recommend-intervention'], ['7(1)(e)', '4(h)']],
      ['assembly', ['intervene'], ['4(h)']],
    ])
  })
})
