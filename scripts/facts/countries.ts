import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { numberIn, type Row, readRows } from './read.ts'

const languages = ['ar', 'en', 'es', 'fr', 'ru', 'zh'] as const
type Names = Record<(typeof languages)[number], string>

type Country = {
  iso3: string
  iso2: string
  m49: number | null
  cow: number | null
  gw: number | null
  names: Names
  region: string | null
  subregion: string | null
  unMember: boolean
  capital: { longitude: number; latitude: number } | null
  ewpName: string | null
}

type HistoricalState = {
  system: 'cow' | 'gw'
  code: number
  name: string
  from: string
  to: string | null
}

export type CountryFacts = { countries: Country[]; states: HistoricalState[] }

// The last day the two lists of States were extended to: a State that stands there still stands.
const listsEnd = new Set(['2016-12-31', '2017-12-31'])
const secretary = 'UN short names; elsewhere Unicode CLDR'

/** Countries and territories in use, and the dated codes of the States that were. */
export function makeCountries(folder: string): CountryFacts {
  const cldr = territoryNames()
  const ewpNames = new Map(
    readRows(folder, 'ewp-2025/countrynamesheet.csv').map((row) => [row['ccode'], row['ewp_name']]),
  )
  const rows = readRows(folder, 'starter-pack/embed-ok/countries.csv')
  const countries = rows
    .map((row) => countryOf(row, cldr, ewpNames.get(row['cow_num']) ?? null))
    .filter((country) => country !== undefined)
    .sort((a, b) => (a.iso3 < b.iso3 ? -1 : 1))
  return { countries, states: [...cowStates(folder), ...gwStates(folder)] }
}

export const countryNameSource = secretary

function territoryNames(): Record<string, Record<string, string>> {
  const require = createRequire(import.meta.url)
  const load = (language: string) => {
    const path = require.resolve(`cldr-localenames-full/main/${language}/territories.json`)
    const { main } = JSON.parse(readFileSync(path, 'utf8'))
    return main[language].localeDisplayNames.territories
  }
  return Object.fromEntries(languages.map((language) => [language, load(language)]))
}

function countryOf(
  row: Row,
  cldr: Record<string, Record<string, string>>,
  ewpName: string | null,
): Country | undefined {
  const iso2 = row['iso2'] ?? ''
  const iso3 = row['iso3'] ?? ''
  const territory = iso2 || (iso3 === 'XKX' ? 'XK' : '')
  const nameIn = (language: string): string | undefined =>
    row[`un_name_${language}`] || cldr[language]?.[territory]
  const names = Object.fromEntries(languages.map((language) => [language, nameIn(language)]))
  if (Object.values(names).some((name) => !name)) return undefined
  const longitude = numberIn(row, 'capital_lng')
  const latitude = numberIn(row, 'capital_lat')
  return {
    iso3,
    iso2: territory,
    m49: numberIn(row, 'm49') ?? null,
    cow: cowOf(iso3, numberIn(row, 'cow_num')),
    gw: numberIn(row, 'gw_num') ?? null,
    names: names as Names,
    region: row['un_region'] || null,
    subregion: row['un_subregion'] || null,
    unMember: Boolean(row['un_name_en']),
    capital: longitude === undefined || latitude === undefined ? null : { longitude, latitude },
    ewpName,
  }
}

// The crosswalk leaves Serbia out, because it continues the code of Yugoslavia.
const cowOf = (iso3: string, code: number | undefined): number | null =>
  iso3 === 'SRB' ? 345 : (code ?? null)

const day = (year = '', month = '', date = ''): string =>
  `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`

const endOf = (date: string): string | null => (listsEnd.has(date) ? null : date)

function cowStates(folder: string): HistoricalState[] {
  return readRows(folder, 'codes/cow_states.csv').map((row) => ({
    system: 'cow',
    code: numberIn(row, 'ccode') ?? 0,
    name: row['statenme'] ?? '',
    from: day(row['styear'], row['stmonth'], row['stday']),
    to: endOf(day(row['endyear'], row['endmonth'], row['endday'])),
  }))
}

function gwStates(folder: string): HistoricalState[] {
  return readRows(folder, 'codes/gw_states.csv').map((row) => ({
    system: 'gw',
    code: numberIn(row, 'gwcode') ?? 0,
    name: row['statename'] ?? '',
    from: row['startdate'] ?? '',
    to: endOf(row['enddate'] ?? ''),
  }))
}
