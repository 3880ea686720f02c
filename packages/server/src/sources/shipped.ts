import { readFileSync } from 'node:fs'
import type { Observation } from '@tocsin/domain/country.ts'
import { Source } from '@tocsin/domain/source.ts'
import Papa from 'papaparse'
import { z } from 'zod'

const folder = new URL('../../facts/', import.meta.url)

const Manifest = z.array(
  Source.omit({ name: true }).extend({ source: z.string(), file: z.string() }),
)

/** A fact table that ships with the product. */
export type ShippedTable = { readonly file: string; readonly source: Source }

/** The tables that ship with the product, as their manifest lists them. */
export function readManifest(): readonly ShippedTable[] {
  return Manifest.parse(JSON.parse(readShipped('manifest.json'))).map(
    ({ file, source, ...rest }) => ({
      file,
      source: { ...rest, name: source },
    }),
  )
}

export const readShipped = (file: string): string => readFileSync(new URL(file, folder), 'utf8')

type Figures = ReadonlyMap<string, readonly Observation[]>

/** The figures of one shipped table: by country, by series, in order of time. */
export function readObservations(file: string): ReadonlyMap<string, Figures> {
  const found = new Map<string, Map<string, Observation[]>>()
  const { data } = Papa.parse<string[]>(readShipped(file), { skipEmptyLines: true })
  for (const [country = '', period = '', series = '', value, low, high] of data.slice(1)) {
    const ofCountry = found.get(country) ?? new Map<string, Observation[]>()
    const ofSeries = ofCountry.get(series) ?? []
    ofSeries.push({ period, value: Number(value), low: bound(low), high: bound(high) })
    found.set(country, ofCountry.set(series, ofSeries))
  }
  return found
}

const bound = (text: string | undefined): number | null => (text ? Number(text) : null)
