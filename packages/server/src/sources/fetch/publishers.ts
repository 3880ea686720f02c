/** How a publisher hands its figures out. `{version}` in an address is the release asked for. */
type Way =
  /** One file. */
  | { readonly way: 'file'; readonly address: string }
  /** Answers of an interface, a page at a time; each address is asked for all of its pages. */
  | { readonly way: 'pages'; readonly addresses: readonly string[]; readonly paging: Paging }
  /** Only after registration, by a person. */
  | { readonly way: 'register' }

/** Which interface answers: they number and count their pages differently. */
export type Paging = 'ucdp' | 'world-bank' | 'views'

/** What can be fetched, and where from. */
export type Publication = Way & {
  readonly name: string
  /** The release that is fetched where none is named; empty where there is only the latest. */
  readonly version: string
  /** The environment variable that holds the publisher's token, where one is needed. */
  readonly token: string | null
  /** Where a person registers, gets a token, or finds the file. */
  readonly home: string
  /** Whether somebody has fetched from this address with this software. */
  readonly verified: boolean
}

const open = { token: null, verified: false } as const

/**
 * Addresses as the publishers' own descriptions state them. The machine this was written on reaches
 * none of them: `verified` stays false until somebody has fetched from there.
 */
export const publications: readonly Publication[] = [
  {
    name: 'ucdp-ged',
    version: '25.1',
    way: 'pages',
    paging: 'ucdp',
    addresses: ['https://ucdpapi.pcr.uu.se/api/gedevents/{version}?pagesize=1000'],
    token: 'TOCSIN_UCDP_TOKEN',
    home: 'https://ucdp.uu.se/apidocs/',
    verified: false,
  },
  {
    ...open,
    name: 'ucdp-country-year',
    version: '251',
    way: 'file',
    address:
      'https://ucdp.uu.se/downloads/organizedviolencecy/organizedviolencecy-{version}-csv.zip',
    home: 'https://ucdp.uu.se/downloads/',
  },
  {
    ...open,
    name: 'wdi',
    version: '',
    way: 'pages',
    paging: 'world-bank',
    addresses: ['SP.POP.TOTL', 'NY.GDP.PCAP.KD', 'SP.DYN.IMRT.IN'].map(
      (indicator) =>
        `https://api.worldbank.org/v2/country/all/indicator/${indicator}?format=json&per_page=5000`,
    ),
    home: 'https://data.worldbank.org/',
  },
  {
    ...open,
    name: 'inform',
    version: '',
    way: 'file',
    address:
      'https://drmkc.jrc.ec.europa.eu/inform-index/api/informapi/countries/trends/?WorkflowId=0',
    home: 'https://drmkc.jrc.ec.europa.eu/inform-index/',
  },
  {
    ...open,
    name: 'ewp',
    version: '2025-09-03',
    way: 'file',
    address:
      'https://raw.githubusercontent.com/EarlyWarningProject/2025-Statistical-Risk-Assessment/main/3.Modeling/prepared2024predictors-{version}.csv',
    home: 'https://github.com/EarlyWarningProject',
  },
  {
    ...open,
    name: 'views',
    version: 'fatalities002_2025_06_t01',
    way: 'pages',
    paging: 'views',
    addresses: ['https://api.viewsforecasting.org/{version}/cm?pagesize=1000'],
    home: 'https://viewsforecasting.org/',
  },
  { ...open, name: 'vdem', version: '', way: 'register', home: 'https://www.v-dem.net/data/' },
  {
    ...open,
    name: 'pts',
    version: '',
    way: 'register',
    home: 'https://www.politicalterrorscale.org/Data/Download.html',
  },
  { ...open, name: 'epr', version: '', way: 'register', home: 'https://icr.ethz.ch/data/epr/' },
]
