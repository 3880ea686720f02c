import { type ModelForecast, outOfSampleRecords } from '@tocsin/forecast/ewp.ts'
import type { EwpTable, ParsedRows } from '@tocsin/forecast/ewp-table.ts'
import { type Check, compare } from './reproduce-models.ts'
import { keepScores, type ScoreRecord } from './scorekeeping.ts'

const near = 1e-12
const scoreNear = 5e-5

/** The out-of-sample forecasts and their scores by the three definitions, against the published file. */
export function outOfSampleChecks(
  table: EwpTable,
  forecasts: readonly ModelForecast[],
  published: ParsedRows,
): Check[] {
  const own = keepScores(table, forecasts)
  const theirs =
    published.length === 0 ? undefined : keepScores(table, publishedForecasts(table, published))
  return [
    ...(theirs ? forecastChecks(table, forecasts, published) : []),
    ...(['A', 'R', 'B'] as const).flatMap((definition) => {
      const expected = theirs && figuresOf(theirs[definition])
      return Object.entries(figuresOf(own[definition])).map(([name, value]) => ({
        what: `${definition}: ${name}`,
        found: String(value),
        agrees: expected ? Math.abs(value - (expected[name] ?? Number.NaN)) <= scoreNear : null,
      }))
    }),
  ]
}

function forecastChecks(
  table: EwpTable,
  forecasts: readonly ModelForecast[],
  published: ParsedRows,
): Check[] {
  const own = outOfSampleRecords(table, forecasts)
  const scored = published.filter((row) => row['maxrisk2'] !== 'NA')
  const silent = published.length - scored.length
  const agrees = (row: ParsedRows[number], place: number): boolean => {
    const record = own[place]
    if (!record) return false
    if (record.code !== row['ccode'] || record.year !== Number(row['year'])) return false
    const apart = Math.abs((record.highestRisk ?? Number.NaN) - Number(row['maxrisk2']))
    return apart <= near && record.bestRank === Number(row['minrank2'])
  }
  const quiet = (row: ParsedRows[number], place: number): boolean =>
    row['maxrisk2'] === 'NA' && own[place]?.highestRisk === null
  return [
    compare(
      'out-of-sample forecasts within 1e-12, with ranks',
      published.filter(agrees).length,
      scored.length,
    ),
    compare('country-years without any forecast', published.filter(quiet).length, silent),
  ]
}

function figuresOf({ pooled, calibration }: ScoreRecord): Readonly<Record<string, number>> {
  const { caught, positives } = pooled
  return {
    rows: pooled.rows,
    onsets: positives,
    AUC: pooled.auc,
    'AUC within years': pooled.withinYearAuc,
    'average precision': pooled.averagePrecision,
    Brier: pooled.brier,
    'log loss': pooled.logLoss,
    'expected over observed': pooled.expectedOverObserved,
    'recall in the top 10': caught.top10 / positives,
    'recall in the top 20': caught.top20 / positives,
    'recall in the top 30': caught.top30 / positives,
    'recall in the top 30, mean of years': pooled.recall30ByYear,
    'calibration intercept': calibration.intercept,
    'calibration slope': calibration.slope,
  }
}

/** The forecasts of a published out-of-sample file, by data year, as if they had been fitted here. */
export function publishedForecasts(table: EwpTable, published: ParsedRows): ModelForecast[] {
  const rowOf = new Map(
    Array.from(table.years, (year, row) => [`${table.codes[row]} ${year}`, row] as const),
  )
  const said = new Map<number, { risk: number; rank: number; year: number }>()
  for (const line of published) {
    for (const [risk, rank, back] of saidColumns) {
      const year = Number(line['year']) - back
      const row = rowOf.get(`${line['ccode']} ${year}`)
      if (line[risk] === 'NA' || row === undefined) continue
      said.set(row, { risk: Number(line[risk]), rank: Number(line[rank]), year })
    }
  }
  const byYear = Map.groupBy([...said].toSorted(byRow), ([, { year }]) => year)
  return [...byYear]
    .toSorted(([a], [b]) => a - b)
    .map(([forecastYear, lines]) => ({
      task: {
        name: 'out-of-sample',
        outcome: 'mk_onset_1or2',
        trainThrough: forecastYear - 2,
        forecastYear,
      },
      rows: Int32Array.from(lines, ([row]) => row),
      risks: Float64Array.from(lines, ([, { risk }]) => risk),
      ranks: Int32Array.from(lines, ([, { rank }]) => rank),
      intercept: Number.NaN,
      coefficients: new Float64Array(),
    }))
}

const byRow = ([a]: readonly [number, unknown], [b]: readonly [number, unknown]) => a - b

const saidColumns = [
  ['risk_prev', 'rank_prev', 1],
  ['risk_two_years_prior', 'rank_two_years_prior', 2],
] as const
