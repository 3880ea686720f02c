import { readFileSync } from 'node:fs'
import type { Observation } from '@tocsin/domain/country.ts'
import { Source, type Vintage } from '@tocsin/domain/source.ts'
import Papa from 'papaparse'
import { z } from 'zod'

const folder = new URL('../../facts/', import.meta.url)

const Manifest = z.array(
  Source.omit({ name: true }).extend({ source: z.string(), file: z.string() }),
)

/** A fact table that ships with the product. */
type Listed = { readonly file: string; readonly source: Source }

export const readShipped = (file: string): string => readFileSync(new URL(file, folder), 'utf8')

/** The tables that ship with the product, as their manifest lists them. */
const listed: readonly Listed[] = Manifest.parse(JSON.parse(readShipped('manifest.json'))).map(
  ({ file, source, ...rest }) => ({ file, source: { ...rest, name: source } }),
)

/** Where a table that ships comes from; a file that the manifest does not name is a mistake. */
export function shippedSource(file: string): Source {
  const table = listed.find((one) => one.file === file)
  if (!table) throw new Error(`${file} is not in the manifest`)
  return table.source
}

/** By country, by series, in order of time. */
type Figures = ReadonlyMap<string, ReadonlyMap<string, readonly Observation[]>>
type Table = {
  readonly file: string
  readonly source: Source
  readonly figures: Figures
  readonly firstPeriod: string | null
  readonly lastPeriod: string | null
}
let read: readonly Table[] | undefined

/** Read when first asked for: the files never change while a node runs. */
export function shippedTables(): readonly Table[] {
  read ??= listed
    .filter(({ file }) => file.startsWith('observations/'))
    .map((table) => ({ ...table, ...readObservations(table.file) }))
  return read
}

/** What ships of one series on one country, each figure with its source. */
export function shippedFigures(
  country: string,
  series: string,
): (Observation & { readonly source: Source })[] {
  return shippedTables().flatMap(({ source, figures }) =>
    (figures.get(country)?.get(series) ?? []).map((figure) => ({ ...figure, source })),
  )
}

export function shippedVintages(): Vintage[] {
  const tables = new Map(shippedTables().map((table) => [table.file, table]))
  return listed.map(({ file, source }) => {
    const { firstPeriod = null, lastPeriod = null } = tables.get(file) ?? {}
    return {
      ...source,
      id: null,
      contentHash: null,
      file,
      firstPeriod,
      lastPeriod,
      importedAt: null,
    }
  })
}

function readObservations(file: string): Pick<Table, 'figures' | 'firstPeriod' | 'lastPeriod'> {
  const figures = new Map<string, Map<string, Observation[]>>()
  let [firstPeriod, lastPeriod]: [string | null, string | null] = [null, null]
  const { data } = Papa.parse<string[]>(readShipped(file), { skipEmptyLines: true })
  for (const [country = '', period = '', series = '', value, low, high] of data.slice(1)) {
    const ofCountry = figures.get(country) ?? new Map<string, Observation[]>()
    const ofSeries = ofCountry.get(series) ?? []
    ofSeries.push({ period, value: Number(value), low: bound(low), high: bound(high) })
    figures.set(country, ofCountry.set(series, ofSeries))
    if (firstPeriod === null || period < firstPeriod) firstPeriod = period
    if (lastPeriod === null || period > lastPeriod) lastPeriod = period
  }
  return { figures, firstPeriod, lastPeriod }
}

const bound = (text: string | undefined): number | null => (text ? Number(text) : null)
