import { figure, needed, textIn, yearIn } from './cells.ts'
import { on, placeByIsoOrGroup } from './country-codes.ts'
import { countryIndices } from './country-indices.ts'
import { eachRow, type RowFormat } from './row-format.ts'

const shared = { name: 'wdi', source: 'wdi' } as const

/** Indicators that are shown; any other keeps the bank's own code in its name. */
const shown: Readonly<Record<string, string>> = {
  'SP.POP.TOTL': 'wdi.population',
  'SP.DYN.IMRT.IN': 'wdi.infant-mortality',
  // At the prices of 2015, in US dollars.
  'NY.GDP.PCAP.KD': 'wdi.gdp-per-head',
}

/** The World Bank's answers, one record a country, year and indicator. */
export const worldBank: RowFormat = {
  ...shared,
  required: ['indicator.id', 'countryiso3code', 'date', 'value'],
  known: /^(indicator\.value|country\.(id|value)|unit|obs_status|decimal)$/,
  start: eachRow((cells) => {
    const indicator = needed(textIn, cells, 'indicator.id')
    const series = shown[indicator] ?? `wdi.${indicator.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
    const period = String(yearIn(cells, 'date'))
    return on(placeByIsoOrGroup(cells, 'countryiso3code'), (country) => ({
      observations: figure(cells, { country, period, series }, { value: 'value' }),
    }))
  }),
}

/** The indicators that are shown, with a column each. */
export const worldBankCompact: RowFormat = {
  ...shared,
  required: ['iso3', 'year', 'population', 'gdp_pc', 'infant_mortality'],
  known: /^(gdp_pc_growth|trade_pct_gdp)$/,
  start: countryIndices({
    year: 'year',
    place: (cells) => placeByIsoOrGroup(cells, 'iso3'),
    series: {
      'wdi.population': 'population',
      'wdi.gdp-per-head': 'gdp_pc',
      'wdi.infant-mortality': 'infant_mortality',
    },
  }),
}
