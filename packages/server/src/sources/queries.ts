import type { CountryCode, Day } from '@tocsin/domain/brand.ts'
import type { Observation } from '@tocsin/domain/country.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Source, Vintage, VintageId } from '@tocsin/domain/source.ts'
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { SourceTables } from '../database/schema/sources.ts'
import { knownSource } from './formats/known.ts'
import { shippedFigures, shippedTables, shippedVintages } from './shipped.ts'

/** All that is held: what was imported, newest first, then what ships with the product. */
export async function listVintages(tx: Tx): Promise<Vintage[]> {
  const rows = await tx.selectFrom('vintage').selectAll().orderBy('seq', 'desc').execute()
  return [...rows.map(vintageOf), ...shippedVintages()]
}

type Row = Selectable<SourceTables['vintage']>

function vintageOf(row: Row): Vintage {
  return {
    ...sourceOf(row),
    id: row.id,
    file: row.file,
    firstPeriod: row.first_period,
    lastPeriod: row.last_period,
    importedAt: row.imported_at,
  }
}

function sourceOf(row: Row): Source {
  const { version, as_of: asOf, rows, file_hash: sha256 } = row
  const { register: _, ...known } = knownSource(row.source)
  return { ...known, version, asOf, rows, sha256, verified: false }
}

/** One series of figures on a country, each figure from the last import that gives one. */
export type Series = {
  readonly series: string
  /** Where the latest of the figures come from. */
  readonly source: Source
  /** Where the others come from, if they come from elsewhere. */
  readonly earlier: Source[]
  readonly observations: Observation[]
}

/** Every series of figures on one country; imported figures stand before those that ship. */
export async function listSeries(tx: Tx, country: CountryCode): Promise<Series[]> {
  const imported = await readImported(tx, country)
  const names = new Set([...shippedNames(country), ...imported.keys()])
  return [...names].map((series) => merge(series, country, imported.get(series) ?? []))
}

type Figure = Observation & { readonly source: Source }

async function readImported(tx: Tx, country: CountryCode): Promise<Map<string, Figure[]>> {
  // Of the vintages that give a figure for a period, the one imported last.
  const { rows } = await sql<Observation & { series: string; vintage: VintageId }>`
    select distinct on (o.series, o.period)
      o.series, o.period, o.value, o.low, o.high, o.vintage
    from observation o join vintage v on v.id = o.vintage
    where o.country = ${country}
    order by o.series, o.period, v.seq desc`.execute(tx)
  if (rows.length === 0) return new Map()
  const vintages = await tx.selectFrom('vintage').selectAll().execute()
  const sources = new Map(vintages.map((row) => [row.id, sourceOf(row)]))
  const found = new Map<string, Figure[]>()
  for (const { series, vintage, ...figure } of rows) {
    const source = sources.get(vintage)
    if (!source) continue
    const figures = found.get(series) ?? []
    figures.push({ ...figure, source })
    found.set(series, figures)
  }
  return found
}

const shippedNames = (country: CountryCode): string[] =>
  shippedTables().flatMap((table) => [...(table.figures.get(country)?.keys() ?? [])])

function merge(series: string, country: CountryCode, imported: readonly Figure[]): Series {
  const byPeriod = new Map<string, Figure>()
  for (const figure of [...shippedFigures(country, series), ...imported]) {
    byPeriod.set(figure.period, figure)
  }
  const figures = [...byPeriod.values()].sort((a, b) => (a.period < b.period ? -1 : 1))
  const sources = [...new Set(figures.map(({ source }) => source).reverse())]
  const [source, ...earlier] = sources
  if (!source) throw new Problem('unexpected')
  const observations = figures.map(({ source: _, ...figure }) => figure)
  return { series, source, earlier, observations }
}

/** Today by the node's clock: as of which an imported file counts where nobody says otherwise. */
export const dayOf = (instant: string): Day => instant.slice(0, 10) as Day
