import { describe, expect, test } from 'vitest'
import { placeByIso, placeByNumber, placesByNumbers } from './country-codes.ts'

const number = (system: 'cow' | 'gw', code: number, year: number) =>
  placeByNumber(system, () => String(code), 'code', year)
const iso = (code: string) => placeByIso(() => code, 'code')

describe('a number of a State', () => {
  test.each([
    ['gw', 345, 1999, 'SRB'],
    ['gw', 345, 2024, 'SRB'],
    ['gw', 340, 2010, 'SRB'],
    ['cow', 345, 2010, 'SRB'],
    ['gw', 678, 1989, 'YEM'],
    ['gw', 678, 2020, 'YEM'],
    ['cow', 679, 2020, 'YEM'],
    ['cow', 678, 1980, 'YEM'],
    ['gw', 260, 1975, 'DEU'],
    ['gw', 260, 2020, 'DEU'],
    ['cow', 255, 2020, 'DEU'],
    ['cow', 260, 1980, 'DEU'],
    ['gw', 816, 2020, 'VNM'],
    ['cow', 816, 2020, 'VNM'],
    ['gw', 365, 1989, 'RUS'],
    ['gw', 365, 2024, 'RUS'],
    ['gw', 347, 2020, 'XKX'],
    ['gw', 341, 2010, 'MNE'],
    ['gw', 626, 2020, 'SSD'],
    ['gw', 860, 2020, 'TLS'],
  ] as const)('of the list %s, %i in %i, is the number of %s', (system, code, year, country) => {
    expect(number(system, code, year)).toBe(country)
  })

  test.each([
    [970, 'KIR', 'NRU'],
    [971, 'NRU', undefined],
    [972, 'TON', undefined],
    [946, undefined, 'KIR'],
    [955, undefined, 'TON'],
  ])('in the Pacific, %i, is not the same in both lists', (code, gw, cow) => {
    const found = (system: 'cow' | 'gw') => {
      try {
        return number(system, code, 2020)
      } catch {
        return undefined
      }
    }
    expect([found('gw'), found('cow')]).toEqual([gw, cow])
  })

  test.each([
    ['gw', 265, 1989, 1991],
    ['gw', 315, 1992, 1993],
    ['gw', 680, 1990, 1991],
    ['cow', 817, 1975, 1976],
    ['cow', 265, 1990, 1991],
    ['gw', 751, 1947, 1949],
  ] as const)(
    'that ended (%s %i) is left out while it stood and refused after',
    (system, code, then, after) => {
      expect(number(system, code, then)).toBe('left-out')
      expect(() => number(system, code, after)).toThrow('ended-country')
    },
  )

  test('that no list knows, or that is none, is refused', () => {
    expect(() => number('gw', 1, 2000)).toThrow('unknown-country')
    expect(() => placeByNumber('gw', () => 'AFG', 'code', 2000)).toThrow('unknown-country')
    expect(() => placeByNumber('gw', () => '', 'code', 2000)).toThrow('missing')
  })

  test('stands in a list of several', () => {
    const places = placesByNumbers('gw', () => '2, 200, 680', 'code', 1985)
    expect(places).toEqual(['USA', 'GBR', 'left-out'])
  })
})

test('a code of three letters is a country, a former code of one, or no country at all', () => {
  expect([iso('AFG'), iso('XKX'), iso('ROM'), iso('ZAR'), iso('TMP')]).toEqual([
    'AFG',
    'XKX',
    'ROU',
    'COD',
    'TLS',
  ])
  for (const code of ['CSK', 'DDR', 'YMD', 'WLD', 'EUU']) expect(iso(code)).toBe('left-out')
  for (const code of ['afg', 'AF', 'ZZZ']) expect(() => iso(code)).toThrow('unknown-country')
})
