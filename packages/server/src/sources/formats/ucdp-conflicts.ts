import type { CountryCode } from '@tocsin/domain/brand.ts'
import { countIn, needed, numberIn, textIn, yearIn } from './cells.ts'
import { type Place, placesByNumbers } from './country-codes.ts'
import type { ImportedObservation } from './format.ts'
import { type Cells, RowFault, type RowFormat, type RowReader } from './row-format.ts'

type Totals = Map<string, ImportedObservation>
type Key = { readonly country: CountryCode; readonly period: string }

/** Reads rows that many make one figure, which the end of the file gives. */
function summed(
  rowOf: (cells: Cells) => { readonly key: string; readonly places: readonly Place[] },
  add: (totals: Totals, places: readonly CountryCode[], cells: Cells) => void,
): RowReader {
  const totals: Totals = new Map()
  const rows = new Set<string>()
  return {
    read: (cells) => {
      const { key, places } = rowOf(cells)
      if (rows.has(key)) throw new RowFault('duplicate', { key })
      const countries = places.filter((place): place is CountryCode => place !== 'left-out')
      add(totals, countries, cells)
      rows.add(key)
      return countries.length === 0 ? { leftOut: true } : {}
    },
    finish: () => [...totals.values()],
  }
}

const before = (totals: Totals, { country, period }: Key): ImportedObservation | undefined =>
  totals.get(`${country} ${period}`)

const note = (totals: Totals, figure: ImportedObservation): unknown =>
  totals.set(`${figure.country} ${figure.period}`, figure)

/**
 * Deaths in battle by country and year: the dyads of the conflicts over a State's government or
 * territory, summed. A war between States has several locations and cannot be divided among them,
 * so it counts for none, as in the Early Warning Project's own sums.
 */
export const ucdpBattleDeaths: RowFormat = {
  name: 'ucdp-battle-deaths',
  source: 'ucdp-battle-deaths',
  required: ['conflict_id', 'dyad_id', 'year', 'bd_best', 'bd_low', 'bd_high', 'gwno_loc'],
  known:
    /^(location_inc|side_[ab].*|incompatibility|territory_name|type_of_conflict|battle_location|gwno_.*|region|version)$/,
  version: (first) => textIn(first, 'version'),
  start: () =>
    summed(
      (cells) => {
        const year = yearIn(cells, 'year')
        const places = placesByNumbers('gw', cells, 'gwno_loc', year)
        const key = `${textIn(cells, 'conflict_id')} ${textIn(cells, 'dyad_id')} ${year}`
        return { key, places: places.length === 1 ? places : [] }
      },
      (totals, countries, cells) => {
        const [best, low, high] = ['bd_best', 'bd_low', 'bd_high'].map((column) =>
          needed(countIn, cells, column),
        ) as [number, number, number]
        const period = String(yearIn(cells, 'year'))
        for (const country of countries) {
          const sum = before(totals, { country, period })
          note(totals, {
            country,
            period,
            series: 'ucdp.battle-deaths',
            value: (sum?.value ?? 0) + best,
            // One dyad's bounds may not hold its figure; those of the sum always do.
            low: (sum?.low ?? 0) + Math.min(low, best),
            high: (sum?.high ?? 0) + Math.max(high, best),
          })
        }
      },
    ),
}

/**
 * The highest intensity of an armed conflict in a country and year: 1 for 25 to 999 deaths in
 * battle, 2 for 1,000 or more. Files of participants name the State's side, not the location.
 */
function conflicts(location: 'gwno_loc' | 'gwno_a'): RowFormat {
  return {
    name: 'ucdp-conflicts',
    source: 'ucdp-conflicts',
    required: ['conflict_id', 'year', 'intensity_level', 'type_of_conflict', location],
    known:
      /^(location|side_[ab].*|incompatibility|territory_name|cumulative_intensity|start_.*|ep_end.*|gwno_.*|region|version)$/,
    version: (first) => textIn(first, 'version'),
    start: () =>
      summed(
        (cells) => {
          const year = yearIn(cells, 'year')
          const sides = `${textIn(cells, 'gwno_a')} ${textIn(cells, 'gwno_b')}`
          const seconds = `${textIn(cells, 'gwno_a_2nd')} ${textIn(cells, 'gwno_b_2nd')}`
          const key = `${textIn(cells, 'conflict_id')} ${year} ${sides} ${seconds}`
          return { key: key.trim(), places: placesByNumbers('gw', cells, location, year) }
        },
        (totals, countries, cells) => {
          const value = needed(numberIn, cells, 'intensity_level')
          if (value !== 1 && value !== 2) {
            const details = { column: 'intensity_level', value: String(value) }
            throw new RowFault('out-of-range', details)
          }
          const period = String(yearIn(cells, 'year'))
          for (const country of countries) {
            const highest = Math.max(value, before(totals, { country, period })?.value ?? 0)
            const series = 'ucdp.conflict-intensity'
            note(totals, { country, period, series, value: highest, low: null, high: null })
          }
        },
      ),
  }
}

export const ucdpConflicts = conflicts('gwno_loc')
export const ucdpConflictParticipants = conflicts('gwno_a')
