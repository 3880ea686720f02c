import { needed, numberIn, textIn, yearIn } from './cells.ts'
import { on, placeByNumber } from './country-codes.ts'
import { countryIndices } from './country-indices.ts'
import type { ImportedObservation } from './format.ts'
import { type Cells, eachRow, RowFault, type RowFormat, type RowReader } from './row-format.ts'
import { Seen } from './seen.ts'

/**
 * The matrix the assessment is computed from, of any edition: every column but the name is a
 * number. Its figures are no series of their own, so the rows are checked and the bytes kept.
 */
export const ewpPredictors: RowFormat = {
  name: 'ewp-predictors',
  source: 'ewp',
  required: ['ewp_name', 'ccode', 'year', 'mk_onset', 'mk_onset_1', 'mk_onset_2', 'mk_onset_1or2'],
  known: /./,
  keepBytes: true,
  start: (columns) => {
    const numbers = columns.filter((column) => column !== 'ewp_name' && column !== '')
    return onceAYear((cells) => {
      for (const column of numbers) numberIn(cells, column)
    })
  },
}

function onceAYear(check: (cells: Cells) => void): RowReader {
  const seen = new Seen()
  return {
    read: (cells) => {
      const year = yearIn(cells, 'year')
      const place = placeByNumber('cow', cells, 'ccode', year)
      check(cells)
      const code = textIn(cells, 'ccode')
      if (seen.again(code, year)) throw new RowFault('duplicate', { key: `${code} ${year}` })
      return place === 'left-out' ? { leftOut: true } : {}
    },
  }
}

/** Country-years with a mass killing under way or beginning: 1 where so, else 0. */
export const ewpMassKilling: RowFormat = {
  name: 'ewp-mass-killing',
  source: 'ewp-mass-killing',
  required: [
    'ccode',
    'year',
    'ewp_name',
    'mk_onset',
    'mk_ongoing',
    'mk_ongoing_count',
    'mk_ongoing_code',
  ],
  known: /^(country|(data(start|end)|independence_)year|mk_.*|(wide|narrow)targeting)$/,
  keepBytes: true,
  start: countryIndices({
    year: 'year',
    place: (cells, year) => placeByNumber('cow', cells, 'ccode', year),
    series: { 'ewp.mass-killing.ongoing': 'mk_ongoing', 'ewp.mass-killing.onset': 'mk_onset' },
  }),
}

/** The list of episodes of mass killing: its years are checked and its bytes kept. */
export const ewpEvents: RowFormat = {
  name: 'ewp-events',
  source: 'ewp-mass-killing',
  required: [
    'country',
    'mk_event_name',
    'startyear',
    'endyear',
    'mk_event_code',
    'mk_location_cow',
  ],
  known:
    /^(mk_.*|State-Led or Non-State-Led|(Start|End) date notes|OLD Event Name and Summary|Notes)$/,
  keepBytes: true,
  start: eachRow((cells) => {
    needed(textIn, cells, 'country')
    const from = yearIn(cells, 'startyear')
    const to = textIn(cells, 'endyear') === '' ? from : yearIn(cells, 'endyear')
    if (to < from) throw new RowFault('date-order', { from: String(from), to: String(to) })
    return {}
  }),
}

/** The sheets the list was made from: episodes that ended, and those under way. */
export const ewpEpisodes: RowFormat = {
  ...ewpEvents,
  required: ['Country', 'State-Led or Non-State-Led', 'Start Date', 'Start Year', 'Target'],
  known: /./,
  start: eachRow((cells) => {
    needed(textIn, cells, 'Country')
    const from = yearIn(cells, 'Start Year')
    const to = textIn(cells, 'End Year') === '' ? from : yearIn(cells, 'End Year')
    if (to < from) throw new RowFault('date-order', { from: String(from), to: String(to) })
    return {}
  }),
}

const twoYears = /^risk\.(\d{4})and\d{4}\.from\d{4}$/
const oneYear = /^risk\.(\d{4})only\.from\d{4}$/

/** The published forecasts of one edition: chances, 0 to 1, that a mass killing begins, by its first year. */
export const ewpForecasts: RowFormat = {
  name: 'ewp-forecasts',
  source: 'ewp-forecasts',
  required: ['ewp_name', 'ccode', 'year'],
  pattern: { name: twoYears, like: 'risk.2025and2026.from2024' },
  known: /./,
  keepBytes: true,
  start: (columns) => {
    const series = [
      ...latest(columns, twoYears, 'ewp.risk.two-years'),
      ...latest(columns, oneYear, 'ewp.risk.one-year'),
    ]
    return {
      read: (cells) =>
        on(placeByNumber('cow', cells, 'ccode', yearIn(cells, 'year')), (country) => ({
          observations: series.map(({ column, period, name }) => ({
            country,
            period,
            series: name,
            value: chanceIn(cells, column),
            low: null,
            high: null,
          })),
        })),
    }
  },
}

// An edition repeats last year's forecast, computed again; only the newest is this edition's.
function latest(columns: readonly string[], pattern: RegExp, name: string) {
  return columns
    .flatMap((column) => {
      const period = pattern.exec(column)?.[1]
      return period === undefined ? [] : [{ column, period, name }]
    })
    .sort((a, b) => Number(b.period) - Number(a.period))
    .slice(0, 1)
}

function chanceIn(cells: Cells, column: string): number {
  const value = needed(numberIn, cells, column)
  if (value >= 0 && value <= 1) return value
  throw new RowFault('out-of-range', { column, value: String(value) })
}

/** Rankings of several editions in one table. */
export const ewpRankings: RowFormat = {
  name: 'ewp-forecasts',
  source: 'ewp-forecasts',
  required: ['edition', 'ewp_name', 'cow_num', 'risk', 'rank'],
  keepBytes: true,
  start: eachRow((cells) => {
    const edition = yearIn(cells, 'edition')
    return on(placeByNumber('cow', cells, 'cow_num', edition), (country) => ({
      observations: [risk(country, edition, 'ewp.risk.two-years', chanceIn(cells, 'risk'))],
    }))
  }),
}

/** Forecasts for past years made only from the years before them. */
export const ewpOutOfSample: RowFormat = {
  name: 'ewp-forecasts',
  source: 'ewp-forecasts',
  required: ['year', 'ewp_name', 'ccode', 'mk_onset', 'risk_prev', 'maxrisk2', 'minrank2'],
  known: /^(prev_year|two_years_prior|rank_.*|risk_.*)$/,
  keepBytes: true,
  start: eachRow((cells) => {
    const year = yearIn(cells, 'year')
    const chance = textIn(cells, 'risk_prev') === '' ? undefined : chanceIn(cells, 'risk_prev')
    return on(placeByNumber('cow', cells, 'ccode', year), (country) => ({
      observations:
        chance === undefined ? [] : [risk(country, year, 'ewp.risk.out-of-sample', chance)],
    }))
  }),
}

const risk = (
  country: ImportedObservation['country'],
  year: number,
  series: string,
  value: number,
): ImportedObservation => ({ country, period: String(year), series, value, low: null, high: null })
