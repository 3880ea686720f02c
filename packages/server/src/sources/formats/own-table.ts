import { countIn, figure, needed, numberIn, textIn } from './cells.ts'
import { on, placeByIso } from './country-codes.ts'
import { eachRow, RowFault, type RowFormat } from './row-format.ts'

/** Tocsin's own table of figures, in which the product ships its facts. */
export const ownTable: RowFormat = {
  name: 'observations',
  source: 'observations',
  required: ['country', 'period', 'series', 'value', 'low', 'high'],
  start: eachRow((cells) => {
    const period = needed(textIn, cells, 'period')
    if (!/^\d{4}(-(0[1-9]|1[0-2]))?$/.test(period)) {
      throw new RowFault('not-a-date', { column: 'period', value: period.slice(0, 60) })
    }
    const series = needed(textIn, cells, 'series')
    if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(series) || series.length > 100) {
      throw new RowFault('series', { value: series.slice(0, 60) })
    }
    needed(numberIn, cells, 'value')
    return on(placeByIso(cells, 'country'), (country) => ({
      observations: figure(
        cells,
        { country, period, series },
        { value: 'value', low: 'low', high: 'high' },
        series.startsWith('ucdp.deaths') ? countIn : numberIn,
      ),
    }))
  }),
}
