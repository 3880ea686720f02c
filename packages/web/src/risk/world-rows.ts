import type { Country } from '@tocsin/domain/country.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { type CountryRisk, riskClassOf } from '@tocsin/domain/risk.ts'

export const regions = ['Africa', 'Americas', 'Asia', 'Europe', 'Oceania'] as const
export type Region = (typeof regions)[number]

/** A row of the table and a shape of the map: the same rows in both. */
export type WorldRow = CountryRisk & {
  readonly name: string
  readonly riskClass: number
  /** Whether the reader's choice of region and organisation leaves it in. */
  readonly inPlace: boolean
  /** Whether the choice of class leaves it in as well. */
  readonly shown: boolean
}

export type WorldChoice = {
  readonly region: string | undefined
  readonly organisation: string | undefined
  readonly riskClass: number | undefined
  readonly sort: Sort
  readonly descending: boolean
  /** The State picked out, by its code. */
  readonly country: string | undefined
  /** The table alone, with more columns, instead of beside the map. */
  readonly tableOnly: boolean
}

const sorts = ['rank', 'name', 'before'] as const
export type Sort = (typeof sorts)[number]

/** What the query of the address asks for; anything unknown is as if it were not there. */
export function choiceIn(search: Readonly<Record<string, string>>): WorldChoice {
  const riskClass = Number(search['class'])
  return {
    region: regions.find((region) => region === search['region']),
    organisation: search['organisation'] || undefined,
    riskClass: riskClass >= 1 && riskClass <= 7 ? riskClass : undefined,
    sort: sorts.find((sort) => sort === search['sort']) ?? 'rank',
    descending: search['order'] === 'down',
    country: search['country'],
    tableOnly: search['view'] === 'table',
  }
}

export function nameOf(country: Country | undefined, locale: Locale, code: string): string {
  return country?.names[locale] ?? code
}

/** The rows of an edition in the order asked for, each marked as in or out of the choice. */
export function worldRows(
  risks: readonly CountryRisk[],
  places: readonly Country[],
  choice: WorldChoice,
  locale: Locale,
): readonly WorldRow[] {
  const byCode = new Map(places.map((place) => [place.iso3 as string, place]))
  const rows = risks.map((risk) => {
    const place = byCode.get(risk.country)
    const riskClass = riskClassOf(risk.probability)
    const inPlace = isIn(place, choice)
    const shown = inPlace && (choice.riskClass ?? riskClass) === riskClass
    return { ...risk, name: nameOf(place, locale, risk.country), riskClass, inPlace, shown }
  })
  const collator = new Intl.Collator(locale)
  const orders = {
    rank: (a: WorldRow, b: WorldRow) => a.rank - b.rank,
    name: (a: WorldRow, b: WorldRow) => collator.compare(a.name, b.name),
    before: (a: WorldRow, b: WorldRow) =>
      (a.previous?.rank ?? Number.MAX_SAFE_INTEGER) - (b.previous?.rank ?? Number.MAX_SAFE_INTEGER),
  }
  const ordered = rows.toSorted(orders[choice.sort])
  return choice.descending ? ordered.reverse() : ordered
}

/** Whether a place belongs to the region and the organisation chosen. */
export function isIn(
  place: Country | undefined,
  { region, organisation }: Pick<WorldChoice, 'region' | 'organisation'>,
): boolean {
  if (region && place?.region !== region) return false
  return !organisation || place?.organisations.includes(organisation) === true
}
