import { countIn, figure, monthOf, needed, numberIn, textIn, yearIn } from './cells.ts'
import { on, placeByIso, refuseContradiction } from './country-codes.ts'
import { eachRow, RowFault, type RowFormat } from './row-format.ts'

const shared = { name: 'ucdp-country-month', source: 'ucdp-country-month' } as const

/** Deaths of all types by month; a month without an event is not in the file. */
export const ucdpCountryMonth: RowFormat = {
  ...shared,
  required: ['month', 'iso3', 'deaths_best'],
  start: eachRow((cells) => {
    const period = needed(textIn, cells, 'month')
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) {
      throw new RowFault('not-a-date', { column: 'month', value: period.slice(0, 60) })
    }
    return on(placeByIso(cells, 'iso3'), (country) => ({
      observations: figure(
        cells,
        { country, period, series: 'ucdp.deaths.all' },
        { value: 'deaths_best' },
        countIn,
      ),
    }))
  }),
}

const kinds = { 'state-based': 'sb', 'non-state': 'ns', 'one-sided': 'os' }

/**
 * Deaths by month and type of violence. These series have names of their own: under those of the
 * yearly figures a sum would count each death twice.
 */
export const ucdpCountryMonthByType: RowFormat = {
  ...shared,
  required: ['country_iso3', 'year', 'month', 'ged_best_sb', 'ged_best_os', 'ged_best_ns'],
  known: /^(country_name|gwcode|date|month_id|ged_dummy_.*)$/,
  start: eachRow((cells) => {
    // The one such file known joins some neighbours' codes to a country's rows.
    refuseContradiction(cells, 'country_name', 'country_iso3')
    const period = monthOf(yearIn(cells, 'year'), needed(numberIn, cells, 'month'))
    return on(placeByIso(cells, 'country_iso3'), (country) => ({
      observations: Object.entries(kinds).flatMap(([violence, kind]) =>
        figure(
          cells,
          { country, period, series: `ucdp.deaths-by-month.${violence}` },
          { value: `ged_best_${kind}` },
          countIn,
        ),
      ),
    }))
  }),
}
