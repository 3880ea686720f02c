import { describe, expect, test } from 'vitest'
import { withoutSharedData } from '../../../test/shared-data.ts'
import { readShipped } from '../shipped.ts'
import type { ImportedEvent, ImportedObservation } from './format.ts'
import { readShared, readWhole, type Whole } from './read-whole.ts'

const year = 'ucdp/yearly/'
const ged = 'ucdp/ged-events/'
const embed = 'starter-pack/embed-ok/'
const ask = 'starter-pack/ask-first/'
const ewp = 'ewp-2025/'

type Rows = readonly [rows: number, observations: number, events: number, leftOut: number]

// File, format, version, rows, figures, events, rows left out, and its bad rows by reason.
const files: readonly (readonly [string, string, string, Rows, Record<string, number>])[] = [
  [
    `${year}organizedviolencecy_v25_1.csv`,
    'ucdp-country-year',
    '25.1',
    [6936, 20784, 0, 8],
    { bounds: 9 },
  ],
  [
    `${embed}ucdp_country_year_1989-2024.csv`,
    'ucdp-country-year',
    '',
    [6936, 20784, 0, 8],
    { bounds: 9 },
  ],
  [`${year}BattleDeaths_v25_1.csv`, 'ucdp-battle-deaths', '25.1', [1995, 1094, 0, 50], {}],
  [`${year}ucdp_prio_acd_peacesciencer.csv.gz`, 'ucdp-conflicts', '', [5652, 1894, 0, 62], {}],
  [
    'api-samples/ucdp/uppsala-ucdpprioconflict-example.json',
    'ucdp-conflicts',
    '25.1',
    [1, 1, 0, 0],
    {},
  ],
  [`${ged}ged_v24_1_mexico_1989-2023.csv.gz`, 'ucdp-ged', '', [18957, 0, 18957, 0], { bounds: 89 }],
  [`${ged}ged_v24_1_myanmar_1989-2023.csv.gz`, 'ucdp-ged', '', [7374, 0, 7374, 0], { bounds: 10 }],
  [
    `${ged}ged_syria_652_201601-201911.csv.gz`,
    'ucdp-ged',
    '',
    [16566, 0, 16566, 0],
    { bounds: 101 },
  ],
  [`${ged}ged_hdx_bangladesh_v19_hxl.csv.gz`, 'ucdp-ged', '', [601, 0, 601, 0], { bounds: 1 }],
  [`${ged}ged_api_israel_lebanon_2002.json.gz`, 'ucdp-ged', '', [373, 0, 373, 0], { bounds: 1 }],
  [
    `${ged}ged_v23_1_central_african_republic.geojson.gz`,
    'ucdp-ged',
    '',
    [1848, 0, 1848, 0],
    { bounds: 20 },
  ],
  ['api-samples/ucdp/uppsala-gedevents-example.json', 'ucdp-ged', '', [1, 0, 1, 0], {}],
  [
    `${embed}ucdp_country_month_all_types_1989-01_2026-05_nonzero.csv`,
    'ucdp-country-month',
    '',
    [14711, 14711, 0, 0],
    {},
  ],
  ['vdem/vdem_v15_main_indices_1900-2024.csv.gz', 'vdem', '', [19678, 94979, 0, 496], {}],
  [`${embed}vdem_v15_country_year_1946-2024.csv`, 'vdem', '', [13080, 76601, 0, 284], {}],
  [`${embed}wdi_country_year_1989plus.csv`, 'wdi', '', [9540, 21853, 0, 1764], {}],
  ['inform/inform_risk_index_trends.csv.gz', 'inform', '', [7640, 7640, 0, 0], {}],
  ['inform/api_trends_workflowid.json.gz', 'inform', '', [7640, 7640, 0, 0], {}],
  [`${embed}inform_risk_country_year.csv`, 'inform', '', [1910, 7640, 0, 0], {}],
  ['pts/PTS-2024.csv', 'pts', '', [10220, 15683, 0, 720], {}],
  [`${ask}pts_1976-2023.csv`, 'pts', '', [10220, 15683, 0, 720], {}],
  // In 2006 both Serbia and Montenegro and then Serbia stand in it.
  [`${ewp}inputs/epr-data.csv`, 'epr', '', [10665, 21044, 0, 142], { duplicate: 1 }],
  [
    `${ask}epr_2021_country_year_1946-2020.csv`,
    'epr',
    '',
    [10665, 21044, 0, 142],
    { duplicate: 1 },
  ],
  [`${embed}treaty_status_2015-03.csv`, 'treaties', '', [3396, 4917, 0, 1], {}],
  [`${embed}un_hr_treaties_2022-08.csv`, 'treaties', '', [3474, 2303, 0, 0], {}],
  [`${ewp}prepared2024predictors-2025-09-03.csv`, 'ewp-predictors', '', [9463, 0, 0, 102], {}],
  [`${ewp}basedata2025_4august2025.csv`, 'ewp-mass-killing', '', [11313, 22336, 0, 145], {}],
  [
    `${ask}ewp_mass_killing_country_years_1945-2024.csv`,
    'ewp-mass-killing',
    '',
    [1557, 3032, 0, 41],
    {},
  ],
  [`${ewp}mk_list_mk_events.csv`, 'ewp-events', '', [157, 0, 0, 0], {}],
  [`${ewp}mk_list_ended.csv`, 'ewp-events', '', [138, 0, 0, 0], {}],
  [`${ewp}mk_list_ongoing.csv`, 'ewp-events', '', [21, 0, 0, 0], {}],
  [`${ewp}final_forecasts_data_3Sep2025.csv`, 'ewp-forecasts', '', [168, 336, 0, 0], {}],
  [`${ewp}FOOSforecasts_3Sep2025.csv`, 'ewp-forecasts', '', [5047, 5032, 0, 0], {}],
  [`${ask}ewp_risk_rankings_2023-2025.csv`, 'ewp-forecasts', '', [502, 502, 0, 0], {}],
  ['api-samples/views/fatalities002_2025_06_t01-cm.json', 'views', '', [15, 15, 0, 0], {}],
]

function reasons({ bad }: Whole): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { reason } of bad) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

const sum = (rows: readonly ImportedObservation[], series: string, period = /./): number =>
  rows.reduce(
    (total, row) => (row.series === series && period.test(row.period) ? total + row.value : total),
    0,
  )
const best = (rows: readonly ImportedEvent[], from = ''): number =>
  rows.reduce((total, row) => (row.from.startsWith(from) ? total + row.best : total), 0)
const civilians = (rows: readonly ImportedEvent[]): number =>
  rows.reduce((total, row) => total + row.civilians, 0)

describe.skipIf(withoutSharedData)('a real file', () => {
  test.each(files)('%s is read as %s', async (path, format, version, rows, bad) => {
    const file = await readShared(path)
    expect(file).toMatchObject({ format, version })
    const { rowsRead, observations, events, leftOut, largestBatch } = file
    expect([rowsRead, observations.length, events.length, leftOut]).toEqual(rows)
    expect(reasons(file)).toEqual(bad)
    expect(largestBatch).toBeLessThanOrEqual(5000)
  })

  test('that contradicts itself about its countries loses those rows, each with its line', async () => {
    const file = await readShared(
      'ucdp/monthly-africa/ucdp_ged_country_month_by_type_africa_1990-2020.csv.gz',
    )
    expect(file).toMatchObject({ format: 'ucdp-country-month', rowsRead: 19943 })
    expect(file.bad).toContainEqual({
      line: 1474,
      reason: 'contradiction',
      details: { column: 'country_name', value: 'Burkina Faso', other: 'CIV' },
    })
    const agreed = file.observations.find(
      ({ country, period }) => country === 'AGO' && period === '1990-02',
    )
    expect(agreed).toMatchObject({ series: 'ucdp.deaths-by-month.state-based', value: 1107 })
  })

  // Each figure was added up by another program (Python's csv module; awk for the two years).
  test('adds up to what the publisher’s file adds up to', async () => {
    const yearly = await readShared(`${year}organizedviolencecy_v25_1.csv`)
    const kinds = ['state-based', 'non-state', 'one-sided'].map((kind) => `ucdp.deaths.${kind}`)
    const of = (period: RegExp) => kinds.map((kind) => sum(yearly.observations, kind, period))
    expect(of(/./)).toEqual([2_373_140, 390_988, 1_193_015])
    expect(of(/^1994$/)).toEqual([38_746, 5_416, 779_994])
    expect(of(/^2022$/)).toEqual([277_232, 20_056, 12_348])
    const battle = await readShared(`${year}BattleDeaths_v25_1.csv`)
    expect(sum(battle.observations, 'ucdp.battle-deaths')).toBe(1_985_756)
    const monthly = await readShared(
      `${embed}ucdp_country_month_all_types_1989-01_2026-05_nonzero.csv`,
    )
    expect(sum(monthly.observations, 'ucdp.deaths.all')).toBe(3_236_508)
  })

  test('of events adds up to its deaths, whatever form it has', async () => {
    const of = async (name: string) => (await readShared(ged + name)).events
    const mexico = await of('ged_v24_1_mexico_1989-2023.csv.gz')
    expect([best(mexico), civilians(mexico), best(mexico, '2023')]).toEqual([140_695, 1300, 13_877])
    const myanmar = await of('ged_v24_1_myanmar_1989-2023.csv.gz')
    expect([best(myanmar), civilians(myanmar), best(myanmar, '2021')]).toEqual([
      28_721, 10_681, 1780,
    ])
    const syria = await of('ged_syria_652_201601-201911.csv.gz')
    expect([best(syria), civilians(syria), best(syria, '2017')]).toEqual([112_337, 26_653, 33_316])
    const hdx = await of('ged_hdx_bangladesh_v19_hxl.csv.gz')
    expect([best(hdx), civilians(hdx)]).toEqual([1362, 574])
    const api = await of('ged_api_israel_lebanon_2002.json.gz')
    expect([best(api), civilians(api)]).toEqual([884, 350])
    const map = await of('ged_v23_1_central_african_republic.geojson.gz')
    expect([best(map), civilians(map)]).toEqual([14_948, 8931])
    expect(map[0]).toEqual({
      id: '36210',
      country: 'CAF',
      from: '2009-02-20',
      to: '2009-02-20',
      violence: 'state-based',
      best: 3,
      low: 3,
      high: 3,
      civilians: 0,
      latitude: 5.399784,
      longitude: 26.486881,
      place: 'Southeast Central African Republic',
    })
  })

  test('of other indices adds up to what they add up to', async () => {
    const vdem = await readShared('vdem/vdem_v15_main_indices_1900-2024.csv.gz')
    expect(sum(vdem.observations, 'vdem.polyarchy')).toBeCloseTo(6081.574, 6)
    const terror = await readShared('pts/PTS-2024.csv')
    expect(
      ['amnesty', 'human-rights-watch', 'state-department'].map((by) =>
        sum(terror.observations, `pts.${by}`),
      ),
    ).toEqual([16_944, 3222, 19_693])
    const trends = await readShared('inform/inform_risk_index_trends.csv.gz')
    expect(sum(trends.observations, 'inform.risk')).toBeCloseTo(7303.1, 6)
    const treaties = await readShared('treaties/treaty_status_tidy_2015-03.csv')
    expect(
      ['genocide', 'rome-statute', 'iccpr'].map((code) =>
        sum(treaties.observations, `treaty.${code}.bound`),
      ),
    ).toEqual([146, 122, 168])
    const forecasts = await readShared(`${ewp}final_forecasts_data_3Sep2025.csv`)
    expect(sum(forecasts.observations, 'ewp.risk.two-years', /^2025$/)).toBeCloseTo(2.60959, 9)
    expect(sum(forecasts.observations, 'ewp.risk.one-year', /^2025$/)).toBeCloseTo(1.490383, 9)
    const killing = await readShared(`${ewp}basedata2025_4august2025.csv`)
    expect(sum(killing.observations, 'ewp.mass-killing.onset')).toBe(140)
    expect(sum(killing.observations, 'ewp.mass-killing.ongoing')).toBe(1516)
  })

  test.each([
    ['observations/ucdp-yearly.csv', `${year}organizedviolencecy_v25_1.csv`, 20784],
    [
      'observations/ucdp-monthly.csv',
      `${embed}ucdp_country_month_all_types_1989-01_2026-05_nonzero.csv`,
      14711,
    ],
    ['observations/vdem.csv', 'vdem/vdem_v15_main_indices_1900-2024.csv.gz', 12515],
    ['observations/inform.csv', 'inform/inform_risk_index_trends.csv.gz', 7640],
    ['observations/world-bank.csv', `${embed}wdi_country_year_1989plus.csv`, 9068],
  ])('says what the shipped %s says', async (shipped, path, rows) => {
    const file = await readShared(path)
    const key = (row: ImportedObservation) => `${row.series} ${row.country} ${row.period}`
    const found = new Map(file.observations.map((row) => [key(row), row]))
    const own = (await readWhole(readShipped(shipped))).observations
    expect(own).toHaveLength(rows)
    for (const row of own) {
      const same = found.get(key(row))
      // What ships of the World Bank is rounded to four digits.
      const value = Number(same?.value.toPrecision(shipped.includes('world-bank') ? 4 : 12))
      expect(value, key(row)).toBe(row.value)
      if (row.low !== null) expect([same?.low, same?.high], key(row)).toEqual([row.low, row.high])
    }
  })

  test('of the predictors and of the episodes keeps its bytes, since computations read them', async () => {
    const kept = ['prepared2024predictors-2025-09-03.csv', 'mk_list_mk_events.csv']
    for (const name of kept) expect(await readShared(ewp + name)).toMatchObject({ keepBytes: true })
    const other = await readShared(`${year}BattleDeaths_v25_1.csv`)
    expect(other.keepBytes).toBe(false)
  })
})
