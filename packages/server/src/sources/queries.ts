import type { Observation } from '@tocsin/domain/country.ts'
import type { Source } from '@tocsin/domain/source.ts'
import { readManifest, readObservations, readShipped } from './shipped.ts'

export { readShipped }

const manifest = readManifest()

export function listSources(): Source[] {
  return manifest.map(({ source }) => source)
}

/** Every series of figures on one country, with its source. */
export function listSeries(
  country: string,
): { series: string; source: Source; observations: Observation[] }[] {
  return tables().flatMap(({ source, figures }) =>
    [...(figures.get(country) ?? [])].map(([series, observations]) => ({
      series,
      source,
      observations: [...observations],
    })),
  )
}

type Table = { readonly source: Source; readonly figures: ReturnType<typeof readObservations> }
let read: readonly Table[] | undefined

// Read when first asked for: the files never change while a node runs.
function tables(): readonly Table[] {
  read ??= manifest
    .filter(({ file }) => file.startsWith('observations/'))
    .map(({ file, source }) => ({ source, figures: readObservations(file) }))
  return read
}
