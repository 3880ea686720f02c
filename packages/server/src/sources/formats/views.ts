import { countIn, figure, monthOf, needed, numberIn, yearIn } from './cells.ts'
import { on, placeByIso } from './country-codes.ts'
import { eachRow, type RowFormat } from './row-format.ts'

/** VIEWS' forecasts by country and month: deaths expected in state-based violence, its main model's mean. */
export const views: RowFormat = {
  name: 'views',
  source: 'views',
  required: ['isoab', 'year', 'month', 'month_id', 'main_mean'],
  known: /^(country_id|name|gwcode|main_.*|surrogate_.*)$/,
  start: eachRow((cells) => {
    const period = monthOf(yearIn(cells, 'year'), needed(numberIn, cells, 'month'))
    return on(placeByIso(cells, 'isoab'), (country) => ({
      observations: figure(
        cells,
        { country, period, series: 'views.forecast.state-based' },
        { value: 'main_mean' },
        countIn,
      ),
    }))
  }),
}
