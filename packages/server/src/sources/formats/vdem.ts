import { placeByIso } from './country-codes.ts'
import { countryIndices } from './country-indices.ts'
import type { RowFormat } from './row-format.ts'

const bounded = (value: string) => ({
  value,
  low: `${value}_codelow`,
  high: `${value}_codehigh`,
})

/** V-Dem's indices of democracy by country and year, with the bounds of their measurement. */
export const vdem: RowFormat = {
  name: 'vdem',
  source: 'vdem',
  required: ['country_text_id', 'year', 'v2x_polyarchy', 'v2x_libdem'],
  known:
    /^(v2|v3|e_|COWcode$|country_|vdem_|historical_date$|(dem|aut)_ep|extended_|GWn$|cown$|in_GW)/,
  start: countryIndices({
    year: 'year',
    place: (cells) => placeByIso(cells, 'country_text_id'),
    series: {
      'vdem.polyarchy': bounded('v2x_polyarchy'),
      'vdem.libdem': bounded('v2x_libdem'),
      'vdem.partipdem': bounded('v2x_partipdem'),
      'vdem.delibdem': bounded('v2x_delibdem'),
      'vdem.egaldem': bounded('v2x_egaldem'),
      'vdem.regime': 'v2x_regime',
    },
  }),
}
