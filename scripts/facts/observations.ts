import { numberIn, type Row, readRows, rounded } from './read.ts'

/** One figure: who, when, what, how much, and between which bounds if the source gives them. */
type Observation = readonly [
  country: string,
  period: string,
  series: string,
  value: number,
  low?: number,
  high?: number,
]

const first = 1989

function figure(
  row: Row,
  who: string,
  series: string,
  columns: readonly [string, string?, string?],
  digits: number,
): Observation[] {
  const value = numberIn(row, columns[0])
  const year = numberIn(row, 'year') ?? 0
  if (value === undefined || year < first || !/^[A-Z]{3}$/.test(who)) return []
  const bound = (column: string | undefined) => {
    const limit = column === undefined ? undefined : numberIn(row, column)
    return limit === undefined ? undefined : rounded(limit, digits)
  }
  const [low, high] = [bound(columns[1]), bound(columns[2])]
  const head = [who, String(year), series, rounded(value, digits)] as const
  return low === undefined || high === undefined ? [head] : [[...head, low, high]]
}

/** Deaths in organised violence by country, year and type: explicit zeros are kept as zeros. */
export function ucdpYearly(folder: string): Observation[] {
  const kinds = { 'state-based': 'sb', 'non-state': 'ns', 'one-sided': 'os' }
  return readRows(folder, 'starter-pack/embed-ok/ucdp_country_year_1989-2024.csv').flatMap((row) =>
    Object.entries(kinds).flatMap(([kind, code]) => {
      const columns = [`${code}_best`, `${code}_low`, `${code}_high`] as const
      return figure(row, row['iso3'] ?? '', `ucdp.deaths.${kind}`, columns, 12)
    }),
  )
}

/** Deaths of all types by month; a month without an event is not in the file. */
export function ucdpMonthly(folder: string): Observation[] {
  const path = 'starter-pack/embed-ok/ucdp_country_month_all_types_1989-01_2026-05_nonzero.csv'
  return readRows(folder, path).flatMap((row) => {
    const value = numberIn(row, 'deaths_best')
    const country = row['iso3'] ?? ''
    if (value === undefined || country === '') return []
    return [[country, row['month'] ?? '', 'ucdp.deaths.all', value]] satisfies Observation[]
  })
}

export function vdem(folder: string): Observation[] {
  const path = 'starter-pack/embed-ok/vdem_v15_country_year_1946-2024.csv'
  return readRows(folder, path).flatMap((row) => {
    const who = row['country_text_id'] ?? ''
    const bounds = ['v2x_polyarchy_codelow', 'v2x_polyarchy_codehigh'] as const
    return [
      ...figure(row, who, 'vdem.polyarchy', ['v2x_polyarchy', ...bounds], 3),
      ...figure(row, who, 'vdem.libdem', ['v2x_libdem'], 3),
    ]
  })
}

export function inform(folder: string): Observation[] {
  const path = 'starter-pack/embed-ok/inform_risk_country_year.csv'
  const parts = { risk: 'INFORM', hazard: 'HA', vulnerability: 'VU', 'coping-gap': 'CC' }
  return readRows(folder, path).flatMap((row) =>
    Object.entries(parts).flatMap(([name, column]) =>
      figure(
        { ...row, year: row['GNAYear'] ?? '' },
        row['Iso3'] ?? '',
        `inform.${name}`,
        [column],
        3,
      ),
    ),
  )
}

export function worldBank(folder: string): Observation[] {
  const series = {
    population: 'wdi.population',
    gdp_pc: 'wdi.gdp-per-head',
    infant_mortality: 'wdi.infant-mortality',
  }
  return readRows(folder, 'starter-pack/embed-ok/wdi_country_year_1989plus.csv').flatMap((row) =>
    Object.entries(series).flatMap(([column, name]) =>
      (numberIn(row, 'year') ?? 0) < 2010 ? [] : figure(row, row['iso3'] ?? '', name, [column], 4),
    ),
  )
}

/** The figures as CSV in one fixed order, so that equal facts are equal bytes. */
export function asCsv(observations: readonly Observation[]): string {
  const key = ([country, period, series]: Observation) => `${series} ${country} ${period}`
  const lines = observations
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    .map(([country, period, series, value, low, high]) =>
      [country, period, series, value, low ?? '', high ?? ''].join(','),
    )
  return ['country,period,series,value,low,high', ...lines, ''].join('\n')
}
