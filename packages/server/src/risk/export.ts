import type { Actor } from '@tocsin/domain/actor.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import type { CountryRisk, Edition, EditionId } from '@tocsin/domain/risk.ts'
import Papa from 'papaparse'
import type { App } from '../app.ts'
import { bodiesOf } from '../bodies/queries.ts'
import { findCountry } from '../countries/queries.ts'
import { readEdition } from './queries.ts'

type Wish = {
  readonly format: 'csv' | 'json' | 'hxl'
  readonly region?: string | undefined
  readonly organisation?: string | undefined
}

type File = { readonly name: string; readonly type: string; readonly text: string }

/** HXL 1.1 tags of the columns, in their order. */
const columns = {
  country: '#country+code+v_iso3',
  name: '#country+name',
  probability: '#indicator+probability',
  rank: '#indicator+rank',
  low80: '#indicator+probability+low',
  high80: '#indicator+probability+high',
  chance_top30: '#indicator+probability+top30',
  previous_probability: '#indicator+probability+previous',
  previous_rank: '#indicator+rank+previous',
} as const

/** An edition as a file to keep: the rows asked for, and what a reader must know of their source. */
export async function exportEdition(
  app: App,
  actor: Actor,
  id: EditionId,
  wish: Wish,
): Promise<File> {
  const { edition, countries } = await readEdition(app, actor, id)
  const today = app.clock().slice(0, 10) as Day
  const rows = countries.filter(({ country }) => isWanted(country, wish, today))
  const name = `tocsin-risk-${edition.id}`
  if (wish.format === 'json') {
    const text = JSON.stringify({ edition, countries: rows }, null, 2)
    return { name: `${name}.json`, type: 'application/json', text }
  }
  const lines = [
    Object.keys(columns),
    ...(wish.format === 'hxl' ? [Object.values(columns)] : []),
    ...rows.map(rowOf),
    // Terms travel with the figures, at the end, where no reader of CSV takes them for a heading.
    ...termsOf(edition),
  ]
  const suffix = wish.format === 'hxl' ? '.hxl.csv' : '.csv'
  return {
    name: name + suffix,
    type: 'text/csv; charset=utf-8',
    text: `${Papa.unparse(lines)}\r\n`,
  }
}

function isWanted(code: string, { region, organisation }: Wish, day: Day): boolean {
  if (region && findCountry(code)?.region !== region) return false
  return !organisation || bodiesOf(code, day).includes(organisation)
}

function rowOf({ country, probability, rank, interval80, chanceTop30, previous }: CountryRisk) {
  return [
    country,
    findCountry(country)?.names.en ?? '',
    probability,
    rank,
    interval80?.low ?? '',
    interval80?.high ?? '',
    chanceTop30 ?? '',
    previous?.probability ?? '',
    previous?.rank ?? '',
  ]
}

function termsOf(edition: Edition): string[][] {
  return [
    [`# ${edition.citation}`],
    [`# Edition ${edition.id}, data year ${edition.dataYear}, issued ${edition.issuedOn}`],
    [`# Licence: ${edition.licence}`],
    [`# Figures SHA-256: ${edition.figuresHash}`],
  ]
}
