import { placeByNumber } from './country-codes.ts'
import { countryIndices } from './country-indices.ts'
import type { RowFormat } from './row-format.ts'

/** Shares of the population, 0 to 1, in ethnic groups kept from power, of the Ethnic Power Relations data. */
export const ethnicPower: RowFormat = {
  name: 'epr',
  source: 'epr',
  required: ['countries_gwid', 'year', 'exclpop', 'discrimpop'],
  known: /^(countryname|.*_groups_count|l?pop|.*pop|cntr_relevance|nstar)$/,
  start: countryIndices({
    year: 'year',
    place: (cells, year) => placeByNumber('gw', cells, 'countries_gwid', year),
    series: { 'epr.excluded-share': 'exclpop', 'epr.discriminated-share': 'discrimpop' },
  }),
}
