import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Action } from './action-plan.ts'
import { CountryCode, Day, Instant } from './brand.ts'
import { newId } from './id.ts'
import { isLookedAt, NoteContent } from './liaison-note.ts'
import { type ChosenThing, noteContentOf, unfounded } from './liaison-redaction.ts'
import { PlacePrecision, type Report } from './report.ts'
import type { TriggerDate } from './trigger-date.ts'

const day = Day.parse('2026-03-04')
const at = Instant.parse('2026-03-05T06:07:08.000Z')

const reportWith = (parts: Partial<Report> = {}): Report => ({
  id: newId<Report['id']>(),
  organisation: newId<Report['organisation']>(),
  matter: null,
  year: 2026,
  number: 7,
  kind: 'incident',
  what: 'A teacher says doors were marked.',
  fromDay: day,
  untilDay: day,
  country: CountryCode.parse('SSD'),
  place: 'Lower Corve',
  precision: '1-km',
  groups: 'Sarrin',
  harm: { displaced: { low: 10, best: null, high: 40 } },
  sourceGrade: 'B',
  informationGrade: '2',
  marking: 'TLP:AMBER',
  someoneAtRisk: false,
  isExercise: false,
  writtenBy: newId<Report['writtenBy']>(),
  writtenAt: at,
  ...parts,
})

const matter = { country: null, level: 3, confidence: 'moderate', place: null } as const
const about = (thing: Report, factors = [7]): ChosenThing => ({ kind: 'report', thing, factors })
const base = { matter, judgements: [], persons: [] }
const judging = (words: string) => ({ factor: 7, presence: 'partial', words }) as const

// Signs that stand in no name of a field, so that finding one means that it got through. Each thing
// has its own: what may be said is never by chance what may not.
const secret = (signs: string) =>
  fc.array(fc.constantFrom(...signs), { minLength: 4, maxLength: 12 }).map((all) => all.join(''))
const name = (signs: string) =>
  fc.tuple(secret(signs), secret(signs)).map((parts) => parts.join(' '))

const precision = fc.option(fc.constantFrom(...PlacePrecision.options))

const reports = fc.record({
  what: name('ŁØ'),
  place: fc.option(name('ÞĐ')),
  precision,
  groups: fc.option(name('ŊŦ')),
  someoneAtRisk: fc.boolean(),
})

describe('a note to the UN Office', () => {
  test('holds nothing of a source, whoever is named wherever', () => {
    const world = fc.record({
      drawn: fc.array(reports, { minLength: 1, maxLength: 4 }),
      writer: name('ǮƔ'),
      title: name('ƏƐ'),
      spot: name('ƗƟ'),
      email: secret('ŴŶ').map((one) => `${one}@example.org`),
    })
    fc.assert(
      fc.property(world, ({ drawn, writer, title, spot, email }) => {
        // Who wrote may also be named where groups are named.
        const things = drawn.map(({ groups, ...parts }) =>
          reportWith({ ...parts, groups: groups && `${groups}, ${writer}` }),
        )
        const date = { title, place: spot, note: title, kind: 'election' } as TriggerDate
        const action = { title, lead: writer, expectedEffect: title, movedAt: at } as Action
        const chosen: ChosenThing[] = [
          ...things.map((thing) => about(thing)),
          { kind: 'date', thing: date, factors: [8] },
          { kind: 'action', thing: { ...action, card: null, status: 'decided' }, factors: [7] },
        ]
        const fine = things
          .filter((one) => !['adm-1', 'country'].includes(one.precision ?? ''))
          .flatMap(({ place }) => place ?? [])
        const words = `${writer} went to ${[spot, ...fine].join(' and ')}; ask ${email}, ${writer}’s.`
        const content = noteContentOf({
          ...base,
          matter: { ...matter, place: spot },
          chosen,
          judgements: [judging(words)],
          persons: [writer],
        })
        const text = JSON.stringify(content).toUpperCase()
        const secrets = [writer, ...writer.split(' '), title, spot, email, ...fine]
        const said = things.map(({ what }) => what)
        const ids = things.flatMap(({ id, writtenBy, organisation }) => [
          id,
          writtenBy,
          organisation,
        ])
        for (const one of [...secrets, ...said, ...ids]) {
          expect(text).not.toContain(one.toUpperCase())
        }
      }),
    )
  })

  test('says a place no finer than a first-level division, and where somebody is at risk the month alone', () => {
    fc.assert(
      fc.property(precision, fc.boolean(), (how, someoneAtRisk) => {
        const thing = reportWith({ precision: how, someoneAtRisk })
        const { findings, leftOut } = noteContentOf({ ...base, chosen: [about(thing)] })
        const isCoarse = how === 'adm-1' || how === 'country'
        expect(findings[0]).toMatchObject({
          place: isCoarse ? 'Lower Corve' : null,
          from: someoneAtRisk ? '2026-03' : '2026-03-04',
          harm: someoneAtRisk ? {} : thing.harm,
        })
        const told = leftOut.map(({ what }) => what)
        expect(told.includes('place')).toBe(!isCoarse)
        expect(told.includes('day') && told.includes('harm')).toBe(someoneAtRisk)
      }),
    )
  })

  test.each([
    ['Amina Diallo spoke', '[…] spoke'],
    ['as AMINA  DIALLO said', 'as […] said'],
    ['Diallo’s house', '[…]’s house'],
    ['seen in Lower Corve', 'seen in […]'],
    ['a@b.org or +32 470 12 34 56', '[…] or […]'],
    ['at 4.8594, 31.5713', 'at […]'],
    ['as in R-2026/7', 'as in […]'],
    ['from 2026-03-04 to 2026-03-05, 12000 people', 'from 2026-03-04 to 2026-03-05, 12000 people'],
    ['Иванов, к Ивановым', '[…], к […]'],
    ['据王小明说', '据[…]说'],
    ['وقال لخالد الحسن', 'وقال […]'],
  ])('takes out of %j what is known', (words, left) => {
    const { factors } = noteContentOf({
      ...base,
      chosen: [about(reportWith())],
      judgements: [judging(words)],
      persons: ['Amina Diallo', 'Иванов', '王小明', 'خالد الحسن'],
    })
    expect(factors[6]?.words).toBe(left)
  })

  test('takes out whatever name somebody has, signs of all kinds in it', () => {
    const odd = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 20 }).filter((one) => {
      const name = one.normalize('NFC').trim()
      return name.length > 3 && !'ask first…[]'.includes(name)
    })
    fc.assert(
      fc.property(odd, (name) => {
        const { factors } = noteContentOf({
          ...base,
          chosen: [about(reportWith())],
          judgements: [judging(`ask ${name} first`)],
          persons: [name],
        })
        expect(factors[6]?.words).not.toContain(name.normalize('NFC').trim())
      }),
    )
  })

  test('has all factors in their order, and tells what was not looked at from what is absent', () => {
    const judgements = [{ factor: 9, presence: 'absent', words: null } as const]
    const chosen = [about(reportWith(), [7, 2]), about(reportWith(), [7])]
    const content = noteContentOf({ ...base, chosen, judgements })
    expect(NoteContent.safeParse(content).success).toBe(true)
    expect(content.factors.map(({ factor }) => factor)).toEqual([...Array(15).keys()].slice(1))
    expect(content.factors[6]).toMatchObject({ presence: 'unknown', findings: [1, 2] })
    expect(content.factors[1]).toMatchObject({ presence: 'unknown', findings: [1] })
    expect(content.factors[8]?.presence).toBe('absent')
    expect(content.factors[0]?.presence).toBe('not-assessed')
    const said = { factor: 1, presence: null, words: 'No data.' }
    const { factors } = noteContentOf({ ...base, chosen, judgements: [said] })
    expect(factors[0]).toMatchObject({ presence: 'not-assessed', words: 'No data.' })
    expect(factors.filter(isLookedAt).map(({ factor }) => factor)).toEqual([1, 2, 7])
  })

  test('judges nothing to be there that nothing bears on', () => {
    const chosen = [about(reportWith(), [7])]
    const judgements = [7, 9].map(
      (factor) => ({ factor, presence: 'present', words: null }) as const,
    )
    expect(unfounded({ chosen, judgements })).toEqual([9])
  })
})
