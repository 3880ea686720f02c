import { CountryCode } from '@tocsin/domain/brand.ts'
import { z } from 'zod'
import { readShipped } from '../shipped.ts'
import { needed, textIn } from './cells.ts'
import { type Cells, RowFault, type RowFigures } from './row-format.ts'

const Facts = z.object({
  countries: z.array(
    z.object({
      iso3: CountryCode,
      cow: z.int().nullable(),
      gw: z.int().nullable(),
      names: z.object({ en: z.string() }),
    }),
  ),
  states: z.array(
    z.object({ system: z.enum(['cow', 'gw']), code: z.int(), to: z.string().nullable() }),
  ),
})
const { countries, states } = Facts.parse(JSON.parse(readShipped('countries.json')))

/** Where a row belongs: to a country in use, or to none, because its State ended. */
export type Place = CountryCode | 'left-out'
type System = 'cow' | 'gw'

const code = (iso3: string): CountryCode => CountryCode.parse(iso3)

/**
 * Numbers that a State in use had or has beside the one the facts hold. Yugoslavia's figures are
 * Serbia's, North Yemen's Yemen's, those of the Federal Republic Germany's, because each State
 * continued in the other and the sources count them on under the same number.
 */
const continuing = [
  [255, 'DEU'],
  [260, 'DEU'],
  [340, 'SRB'],
  [345, 'SRB'],
  [678, 'YEM'],
  [679, 'YEM'],
  [815, 'VNM'],
  [816, 'VNM'],
] as const

/**
 * Gleditsch and Ward's list of microstates. In the Pacific their numbers are not those of the
 * Correlates of War, where 970 is Nauru, so one list must never be read for the other.
 */
const microstates = [
  [54, 'DMA'],
  [55, 'GRD'],
  [56, 'LCA'],
  [57, 'VCT'],
  [58, 'ATG'],
  [60, 'KNA'],
  [221, 'MCO'],
  [223, 'LIE'],
  [232, 'AND'],
  [331, 'SMR'],
  [403, 'STP'],
  [591, 'SYC'],
  [935, 'VUT'],
  [970, 'KIR'],
  [971, 'NRU'],
  [972, 'TON'],
  [973, 'TUV'],
  [983, 'MHL'],
  [986, 'PLW'],
  [987, 'FSM'],
  [990, 'WSM'],
] as const

/** Codes in use beside those of countries: States that ended, parts of States, groups of countries. */
const noCountry = new Set(
  [
    'ANT CSK DDR SCG SUN VDR YMD YUG EUE PSB PSG SML ZZB AFE AFW ARB CEB CHI CSS DEA DEC DLA DMN DNS DSA',
    'DSF DSS EAP EAR EAS ECA ECS EMU EUU FCS HIC HPC IBB IBD IBT IDA IDB IDX INX LAC LCN LDC LIC',
    'LMC LMY LTE MDE MEA MIC MNA NAC NRS NXS OED OSS PRE PSS PST RRS SAS SSA SSF SST SXZ TEA TEC',
    'TLA TMN TSA TSS UMC WLD XZN',
  ]
    .join(' ')
    .split(' '),
)

/** Codes that countries in use had before, in ISO 3166 or at the World Bank. */
const formerly = [
  ['ADO', 'AND'],
  ['BUR', 'MMR'],
  ['KSV', 'XKX'],
  ['ROM', 'ROU'],
  ['TMP', 'TLS'],
  ['WBG', 'PSE'],
  ['ZAR', 'COD'],
] as const

const byIso = new Map([
  ...formerly.map(([former, iso3]) => [former as string, code(iso3)] as const),
  ...countries.map(({ iso3 }) => [iso3 as string, iso3] as const),
])
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/^the /, '')
const byName = new Map(countries.map(({ iso3, names }) => [plain(names.en), iso3]))
const byNumber = {
  cow: numbered('cow', continuing),
  gw: numbered('gw', [...microstates, ...continuing]),
} as const satisfies Record<System, ReadonlyMap<number, CountryCode>>
// Hyderabad stands in UCDP's files and in neither list of States.
const ended = { cow: endings('cow'), gw: endings('gw').set(751, 1948) } as const

function numbered(
  system: System,
  more: readonly (readonly [number, string])[],
): ReadonlyMap<number, CountryCode> {
  const listed = countries.flatMap((country) => {
    const number = country[system]
    return number === null ? [] : [[number, country.iso3] as const]
  })
  return new Map([...more.map(([number, iso3]) => [number, code(iso3)] as const), ...listed])
}

/** By number, the last year of each State that ended. */
function endings(system: System): Map<number, number> {
  const last = new Map<number, number>()
  for (const { system: list, code: number, to } of states) {
    if (list === system && to) {
      last.set(number, Math.max(last.get(number) ?? 0, Number(to.slice(0, 4))))
    }
  }
  return last
}

/** The country of an ISO 3166 code. */
export function placeByIso(cells: Cells, column: string): Place {
  return placeOfIso(needed(textIn, cells, column), column)
}

/** As `placeByIso`, for sources that leave the code of a group of countries empty. */
export function placeByIsoOrGroup(cells: Cells, column: string): Place {
  const text = textIn(cells, column)
  return text === '' ? 'left-out' : placeOfIso(text, column)
}

function placeOfIso(text: string, column: string): Place {
  const found = byIso.get(text)
  if (found) return found
  if (noCountry.has(text)) return 'left-out'
  throw unknown(column, text)
}

/** Refuses a row that names one country in words and another by its ISO code. */
export function refuseContradiction(cells: Cells, name: string, iso: string): void {
  const named = byName.get(plain(textIn(cells, name)))
  const coded = byIso.get(textIn(cells, iso))
  if (named === undefined || coded === undefined || named === coded) return
  const details = { column: name, value: textIn(cells, name), other: coded }
  throw new RowFault('contradiction', details)
}

/** The country of a number in the list of the Correlates of War or of Gleditsch and Ward. */
export function placeByNumber(system: System, cells: Cells, column: string, year: number): Place {
  return placeOfNumber(system, needed(textIn, cells, column), column, year)
}

/** The countries of a cell that lists such numbers, as `2, 200, 700`. */
export function placesByNumbers(
  system: System,
  cells: Cells,
  column: string,
  year: number,
): readonly Place[] {
  const numbers = needed(textIn, cells, column).split(/\s*[,;]\s*/)
  return numbers.map((text) => placeOfNumber(system, text, column, year))
}

function placeOfNumber(system: System, text: string, column: string, year: number): Place {
  const number = /^\d{1,4}(\.0+)?$/.test(text) ? Number(text) : Number.NaN
  const found = byNumber[system].get(number)
  if (found) return found
  const last = ended[system].get(number)
  if (last === undefined) throw unknown(column, text)
  if (year > last) throw new RowFault('ended-country', { column, value: text, year: String(last) })
  return 'left-out'
}

const unknown = (column: string, value: string): RowFault =>
  new RowFault('unknown-country', { column, value: value.slice(0, 60) })

/** What a row says of its country; a row of a place that is no country is left out. */
export const on = (place: Place, say: (country: CountryCode) => RowFigures): RowFigures =>
  place === 'left-out' ? { leftOut: true } : say(place)
