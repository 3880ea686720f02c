import { expect, test } from 'vitest'
import { formats } from './all-formats.ts'
import { knownSources } from './known.ts'
import { readWhole } from './read-whole.ts'

const bankRecord = (iso3: string, date: string, value: number | null, id = 'SP.POP.TOTL') => ({
  indicator: { id, value: 'Population, total' },
  country: { id: iso3.slice(0, 2), value: 'Somewhere' },
  countryiso3code: iso3,
  date,
  value,
  unit: '',
  obs_status: '',
  decimal: 0,
})
const bankPage = (...records: readonly object[]): string =>
  JSON.stringify([{ page: 1, pages: 2, per_page: '50', total: 4 }, records])

test('pages of the World Bank’s answer one after the other are one file, without groups of countries', async () => {
  const first = bankPage(bankRecord('AFG', '2020', 39_068_979), bankRecord('', '2020', 1))
  const second = bankPage(
    bankRecord('WLD', '2020', 1),
    bankRecord('AFG', '2019', null),
    bankRecord('AFG', '2020', 500.5, 'NY.GDP.PCAP.KD'),
    bankRecord('AFG', '2020', 64, 'SP.DYN.LE00.IN'),
  )
  const file = await readWhole(first, second)
  expect(file).toMatchObject({ format: 'wdi', rowsRead: 6, leftOut: 2, bad: [] })
  expect(file.observations.map(({ series, value }) => [series, value])).toEqual([
    ['wdi.population', 39_068_979],
    ['wdi.gdp-per-head', 500.5],
    ['wdi.sp-dyn-le00-in', 64],
  ])
})

test('deaths in battle are summed by country and year; a war between States is left out', async () => {
  const file = await readWhole(
    [
      'conflict_id,dyad_id,year,bd_best,bd_low,bd_high,gwno_loc,version',
      '1,10,1991,100,90,120,530,25.1',
      '1,11,1991,5,6,7,530,25.1',
      '2,12,1991,40,40,40,"530, 531",25.1',
      '1,10,1991,100,90,120,530,25.1',
      '',
    ].join('\n'),
  )
  expect(file).toMatchObject({ version: '25.1', rowsRead: 4, leftOut: 1 })
  expect(file.bad).toMatchObject([{ line: 5, reason: 'duplicate' }])
  expect(file.observations).toEqual([
    {
      country: 'ETH',
      period: '1991',
      series: 'ucdp.battle-deaths',
      value: 105,
      low: 95,
      high: 127,
    },
  ])
})

test('a year takes the highest intensity of its conflicts, in each country where one is', async () => {
  const file = await readWhole(
    [
      'conflict_id;year;intensity_level;type_of_conflict;gwno_loc',
      '1;1999;1;3;530',
      '2;1999;2;2;530, 531',
      '3;1999;3;3;531',
      '',
    ].join('\r\n'),
  )
  expect(file.bad).toMatchObject([{ line: 4, reason: 'out-of-range' }])
  expect(file.observations.map(({ country, value }) => [country, value])).toEqual([
    ['ETH', 2],
    ['ERI', 2],
  ])
})

test('a treaty is signed in one year and binds from another', async () => {
  const file = await readWhole(
    'untc_no,treaty,iso3,signed,bound,bound_by\nIV-1,Genocide Convention,USA,1948-12-11,1988-11-25,ratification\n',
  )
  expect(file.observations.map(({ series, period }) => [series, period])).toEqual([
    ['treaty.genocide.signed', '1948'],
    ['treaty.genocide.bound', '1988'],
  ])
})

test('a forecast is taken from the newest edition in the file, whatever its year', async () => {
  const columns = [
    'ewp_name',
    'ccode',
    'year',
    'risk.2026and2027.from2025',
    'risk.2027only.from2025',
    'risk.2027and2028.from2026',
  ]
  const file = await readWhole(
    `${columns.join()}\nMali,432,2026,0.1,0.2,0.3\nChad,483,2026,0,0,1.1\n`,
  )
  expect(file).toMatchObject({ format: 'ewp-forecasts', keepBytes: true })
  expect(file.bad).toMatchObject([{ line: 3, reason: 'out-of-range' }])
  expect(file.observations.map(({ series, period, value }) => [series, period, value])).toEqual([
    ['ewp.risk.two-years', '2027', 0.3],
    ['ewp.risk.one-year', '2027', 0.2],
  ])
})

test('a row of the predictors is checked in every column', async () => {
  const header = 'ewp_name,ccode,year,mk_onset,mk_onset_1,mk_onset_2,mk_onset_1or2,gdp'
  const rows = [
    'Mali,432,2020,0,0,0,0,1.5',
    'Mali,432,2021,0,0,0,0,much',
    'Mali,432,2020,0,0,0,0,NA',
  ]
  const file = await readWhole(`${[header, ...rows].join('\n')}\n`)
  expect(file).toMatchObject({ format: 'ewp-predictors', observations: [] })
  expect(file.bad.map(({ line, reason }) => [line, reason])).toEqual([
    [3, 'not-a-number'],
    [4, 'duplicate'],
  ])
})

test('each source that a file may be of says where it is from and on which terms', () => {
  expect([...new Set(formats.map(({ source }) => source))].sort()).toEqual(
    Object.keys(knownSources).sort(),
  )
})
