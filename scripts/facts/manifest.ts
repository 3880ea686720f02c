import { makeMemberships, membershipsAsOf } from './bodies.ts'
import { countryNameSource, makeCountries } from './countries.ts'
import { asCsv, inform, ucdpMonthly, ucdpYearly, vdem, worldBank } from './observations.ts'
import { sha256 } from './read.ts'

type Source = {
  readonly file: string
  readonly source: string
  readonly title: string
  readonly publisher: string
  readonly version: string
  readonly asOf: string
  readonly licence: string
  readonly redistributable: boolean
  readonly citation: string
  readonly verified: boolean
  readonly gaps: string | null
}

const shared = { redistributable: true, gaps: null } as const

const tables: readonly (Source & { readonly make: (folder: string) => string })[] = [
  {
    ...shared,
    file: 'observations/ucdp-yearly.csv',
    source: 'ucdp-country-year',
    title: 'UCDP Country-Year Dataset on Organized Violence',
    publisher: 'Uppsala Conflict Data Program',
    version: '25.1',
    asOf: '2025-06-30',
    licence: 'CC BY 4.0',
    citation:
      'Davies, Pettersson, Sollenberg and Öberg (2025), UCDP country-year dataset, version 25.1',
    verified: true,
    make: (folder) => asCsv(ucdpYearly(folder)),
  },
  {
    ...shared,
    file: 'observations/ucdp-monthly.csv',
    source: 'ucdp-country-month',
    title: 'UCDP GED and Candidate events, summed by country and month',
    publisher: 'Uppsala Conflict Data Program',
    version: '25.1 and candidate to 2026-05',
    asOf: '2026-07-01',
    licence: 'CC BY 4.0',
    citation: 'UCDP Georeferenced Event Dataset and Candidate Events Dataset, Uppsala University',
    verified: false,
    gaps: 'absent-may-mean-zero',
    make: (folder) => asCsv(ucdpMonthly(folder)),
  },
  {
    ...shared,
    file: 'observations/vdem.csv',
    source: 'vdem',
    title: 'V-Dem country-year indices',
    publisher: 'V-Dem Institute',
    version: '15',
    asOf: '2025-03-13',
    licence: 'CC BY-SA 4.0',
    citation: 'Coppedge et al. (2025), V-Dem Country-Year Dataset v15',
    verified: true,
    make: (folder) => asCsv(vdem(folder)),
  },
  {
    ...shared,
    file: 'observations/inform.csv',
    source: 'inform',
    title: 'INFORM Risk Index',
    publisher: 'European Commission, Joint Research Centre',
    version: '2015 to 2024 trend',
    asOf: '2025-09-01',
    licence: 'CC BY 4.0',
    citation: 'INFORM Risk Index, Inter-Agency Standing Committee and European Commission',
    verified: false,
    make: (folder) => asCsv(inform(folder)),
  },
  {
    ...shared,
    file: 'observations/world-bank.csv',
    source: 'wdi',
    title: 'World Development Indicators',
    publisher: 'World Bank',
    version: 'drawn in 2025',
    asOf: '2025-08-01',
    licence: 'CC BY 4.0',
    citation: 'World Bank, World Development Indicators',
    verified: false,
    make: (folder) => asCsv(worldBank(folder)),
  },
  {
    ...shared,
    file: 'countries.json',
    source: 'countries',
    title: 'States and territories: names, codes',
    publisher: 'United Nations; Unicode; Correlates of War; Gleditsch and Ward',
    version: '2025',
    asOf: '2025-12-01',
    licence: 'Facts; Unicode-3.0 for names outside the UN list',
    citation: countryNameSource,
    verified: false,
    make: (folder) => `${JSON.stringify(makeCountries(folder))}\n`,
  },
  {
    ...shared,
    file: 'bodies.json',
    source: 'regional-bodies',
    title: 'Regional bodies: memberships and suspensions by date',
    publisher: 'Compiled by hand; Jay Ulfelder for 2010',
    version: '2025',
    asOf: membershipsAsOf,
    licence: 'Facts; CC0',
    citation:
      'Memberships compiled by hand, late 2025; memberships of 2010 after Ulfelder (2012), Harvard Dataverse',
    // No document of any body was read for them.
    verified: false,
    make: (folder) => `${JSON.stringify(makeMemberships(folder))}\n`,
  },
]

/** Every fact file the product ships, by its path, made from the data folder; the manifest last. */
export function makeFacts(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const manifest = tables.map(({ make, ...source }) => {
    const text = make(folder)
    files.set(source.file, text)
    return { ...source, rows: rowsOf(source.file, text), sha256: sha256(text) }
  })
  return files.set('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Lines of a table without its heading; otherwise whatever the file holds most of all. */
function rowsOf(file: string, text: string): number {
  if (file.endsWith('.csv')) return text.split('\n').length - 2
  const { countries, memberships } = JSON.parse(text)
  return (countries ?? memberships).length
}
