import { describe, expect, it } from 'vitest'
import {
  editionTasks,
  forecastWith,
  outOfSampleRecords,
  outOfSampleTasks,
  trainingSet,
} from './ewp.ts'
import { predictorsOf, readEwpTable, TableFault } from './ewp-table.ts'

const outcomes = { mk_onset_1or2: '0', mk_onset: '0', mk_onset_1: '0', mk_onset_2: '0' }

/** A file of another edition: two countries, other years, one predictor beside the years. */
function rowsOfYears(first: number, last: number): Record<string, string>[] {
  const rows: Record<string, string>[] = []
  for (const [name, code] of [
    ['Freedonia', '1'],
    ['Sylvania', '2'],
  ] as const) {
    for (let year = first; year <= last; year++) {
      const risky = name === 'Sylvania' ? '1' : '0'
      const square = String(year * year)
      const place = { ewp_name: name, year: String(year), risky, year_sq: square, ccode: code }
      rows.push({ ...place, ...outcomes })
    }
  }
  return rows
}

function faultOf(rows: Record<string, string>[]): unknown {
  try {
    readEwpTable(rows)
  } catch (error) {
    return error
  }
  return expect.fail('the table was read')
}

describe('a predictors file', () => {
  it('names its predictors in its header, the year after its square', () => {
    const header = ['ewp_name', 'year', 'b', 'year_sq', 'a', 'mk_onset', 'mk_onset_1or2', 'ccode']
    expect(predictorsOf(header)).toEqual(['b', 'year_sq', 'year', 'a'])
    expect(predictorsOf(['ewp_name', 'year', 'a', 'ccode'])).toEqual(['a', 'year'])
  })

  it('is refused with line, column and reason', () => {
    const rows = rowsOfYears(2000, 2003)
    const change = (index: number, values: Record<string, string>) =>
      rows.with(index, { ...rows[index], ...values })
    expect(faultOf([])).toMatchObject({ reason: 'no-rows' })
    expect(faultOf(change(0, {}).map(({ ccode: _, ...row }) => row))).toMatchObject({
      line: 1,
      column: 'ccode',
      reason: 'missing-column',
    })
    expect(faultOf(change(3, { risky: 'many' }))).toMatchObject({
      line: 5,
      column: 'risky',
      reason: 'not-a-number',
    })
    expect(faultOf(change(1, { year: '' }))).toMatchObject({ line: 3, reason: 'no-year' })
    const fault = faultOf(change(2, { mk_onset: '2' }))
    expect(fault).toBeInstanceOf(TableFault)
    expect(fault).toMatchObject({ line: 4, column: 'mk_onset', reason: 'not-0-or-1' })
  })

  it('takes its years from its last year, whatever the edition', () => {
    const table = readEwpTable(rowsOfYears(1985, 1999))
    expect(editionTasks(table)).toEqual([
      { name: 'main', outcome: 'mk_onset_1or2', trainThrough: 1997, forecastYear: 1999 },
      { name: 'prior', outcome: 'mk_onset_1or2', trainThrough: 1996, forecastYear: 1998 },
      { name: 'one-year', outcome: 'mk_onset_1', trainThrough: 1997, forecastYear: 1999 },
    ])
    const years = outOfSampleTasks(table).map(({ trainThrough, forecastYear }) => [
      trainThrough,
      forecastYear,
    ])
    expect(years).toEqual([
      [1991, 1993],
      [1992, 1994],
      [1993, 1995],
      [1994, 1996],
      [1995, 1997],
      [1996, 1998],
    ])
  })

  it('teaches with complete rows only', () => {
    const rows = rowsOfYears(1990, 1995)
    rows[1] = { ...rows[1], risky: 'NA' }
    rows[2] = { ...rows[2], mk_onset_2: '' }
    rows[3] = { ...rows[3], ewp_name: '' }
    const set = trainingSet(readEwpTable(rows), { outcome: 'mk_onset', trainThrough: 1993 })
    expect([...set.rows]).toEqual([0, 6, 7, 8, 9])
  })
})

describe('out-of-sample records', () => {
  it('hold the higher risk and the better rank of the two years before, and nulls for silence', () => {
    const table = readEwpTable(rowsOfYears(1990, 1996))
    const model = (slope: number) => ({
      path: {
        lambdas: Float64Array.of(1),
        intercepts: Float64Array.of(0),
        coefficients: [Float64Array.of(slope, 0, 0)],
        devianceRatios: Float64Array.of(0),
        nullDeviance: 1,
        passes: 1,
      },
      folds: new Uint8Array(),
      cvm: new Float64Array(1),
      cvsd: new Float64Array(1),
      indexMin: 0,
      index1se: 0,
      lambdaMin: 1,
      lambda1se: 1,
    })
    const forecasts = outOfSampleTasks(table).map((task, i) =>
      forecastWith(table, task, model(i === 0 ? 1 : -1)),
    )
    const records = outOfSampleRecords(table, forecasts)
    expect(records.map(({ name, year }) => `${name} ${year}`)).toEqual([
      'Freedonia 1994',
      'Freedonia 1995',
      'Freedonia 1996',
      'Sylvania 1994',
      'Sylvania 1995',
      'Sylvania 1996',
    ])
    const high = 1 / (1 + Math.exp(-1))
    expect(records[3]).toMatchObject({
      riskPrevious: high,
      rankPrevious: 1,
      riskTwoYearsPrior: null,
      highestRisk: high,
      bestRank: 1,
    })
    expect(records[4]).toMatchObject({
      riskPrevious: 1 / (1 + Math.exp(1)),
      rankPrevious: 2,
      riskTwoYearsPrior: high,
      highestRisk: high,
      bestRank: 1,
    })
  })
})
