import { figure, needed, textIn, yearIn } from './cells.ts'
import { on, placeByIso } from './country-codes.ts'
import { countryIndices } from './country-indices.ts'
import { eachRow, type RowFormat } from './row-format.ts'

const parts = {
  INFORM: 'inform.risk',
  HA: 'inform.hazard',
  VU: 'inform.vulnerability',
  CC: 'inform.coping-gap',
} as const

const shared = { name: 'inform', source: 'inform' } as const

/** The INFORM Risk index and its three parts, a row each: the CSV of trends and the API's JSON. */
export const inform: RowFormat = {
  ...shared,
  required: ['Iso3', 'GNAYear', 'IndicatorId', 'IndicatorScore'],
  known:
    /^(CountryName|FullName|WorkflowId|MethodologyId|ShortDescription|ParentLevel|StepNumber|Ranking)$/,
  start: eachRow((cells) => {
    const series = parts[needed(textIn, cells, 'IndicatorId') as keyof typeof parts]
    const period = String(yearIn(cells, 'GNAYear'))
    return on(series ? placeByIso(cells, 'Iso3') : 'left-out', (country) => ({
      observations: figure(cells, { country, period, series }, { value: 'IndicatorScore' }),
    }))
  }),
}

/** The same figures with a column each. */
export const informCompact: RowFormat = {
  ...shared,
  required: ['Iso3', 'GNAYear', ...Object.keys(parts)],
  start: countryIndices({
    year: 'GNAYear',
    place: (cells) => placeByIso(cells, 'Iso3'),
    series: Object.fromEntries(Object.entries(parts).map(([column, name]) => [name, column])),
  }),
}
