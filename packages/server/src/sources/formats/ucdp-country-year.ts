import type { CountryCode } from '@tocsin/domain/brand.ts'
import { countIn, figure, textIn, yearIn } from './cells.ts'
import { on, type Place, placeByIso, placeByNumber } from './country-codes.ts'
import type { ImportedObservation } from './format.ts'
import { type Cells, eachRow, type RowFormat } from './row-format.ts'

type Columns = (kind: string, bound: string) => string

const kinds = { 'state-based': 'sb', 'non-state': 'ns', 'one-sided': 'os' }

/** Deaths by type of violence; a zero that the file states is a figure like any other. */
function deaths(
  cells: Cells,
  country: CountryCode,
  year: number,
  column: Columns,
): readonly ImportedObservation[] {
  return Object.entries(kinds).flatMap(([violence, kind]) =>
    figure(
      cells,
      { country, period: String(year), series: `ucdp.deaths.${violence}` },
      { value: column(kind, 'best'), low: column(kind, 'low'), high: column(kind, 'high') },
      countIn,
    ),
  )
}

function reader(year: string, place: (cells: Cells, year: number) => Place, column: Columns) {
  return eachRow((cells) => {
    const when = yearIn(cells, year)
    return on(place(cells, when), (country) => ({
      observations: deaths(cells, country, when, column),
    }))
  })
}

function required(column: Columns): readonly string[] {
  return Object.values(kinds).flatMap((kind) =>
    ['best', 'low', 'high'].map((bound) => column(kind, bound)),
  )
}

const full: Columns = (kind, bound) => `${kind}_total_deaths_${bound}_cy`
const compact: Columns = (kind, bound) => `${kind}_${bound}`

/** The country-year data set as UCDP publishes it. */
export const ucdpCountryYear: RowFormat = {
  name: 'ucdp-country-year',
  source: 'ucdp-country-year',
  required: ['country_id_cy', 'year_cy', ...required(full)],
  known: /_cy$|^version$/,
  version: (first) => textIn(first, 'version'),
  start: reader(
    'year_cy',
    (cells, year) => placeByNumber('gw', cells, 'country_id_cy', year),
    full,
  ),
}

/** The same figures in few columns, with ISO codes. */
export const ucdpCountryYearCompact: RowFormat = {
  name: 'ucdp-country-year',
  source: 'ucdp-country-year',
  required: ['iso3', 'year', ...required(compact)],
  known: /^(gw_num|ucdp_name|(sb|ns|os|all|civilians)_.*)$/,
  start: reader('year', (cells) => placeByIso(cells, 'iso3'), compact),
}
