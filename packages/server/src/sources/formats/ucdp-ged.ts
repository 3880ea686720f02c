import { countIn, dayIn, needed, numberIn, textIn } from './cells.ts'
import { on, placeByNumber } from './country-codes.ts'
import type { ImportedEvent } from './format.ts'
import { type Cells, eachRow, RowFault, type RowFormat } from './row-format.ts'

const kinds: Readonly<Record<string, ImportedEvent['violence']>> = {
  1: 'state-based',
  2: 'non-state',
  3: 'one-sided',
}

/** Events of UCDP's georeferenced data: the CSV of any version, the API's JSON, HDX's form, a map's features. */
export const ucdpGed: RowFormat = {
  name: 'ucdp-ged',
  source: 'ucdp-ged',
  required: [
    'id',
    'type_of_violence',
    'country_id',
    'date_start',
    'date_end',
    'deaths_civilians',
    'best',
    'low',
    'high',
  ],
  known:
    /^(relid|year|active_year|code_status|(conflict|dyad|side_[ab])_.*|(dyad|conflict)_name|side_[ab]|gwno[ab]|number_of_sources|source_.*|where_.*|adm_[12]|latitude|longitude|geom_wkt|priogrid_gid|country|iso3|region|event_clarity|date_prec|deaths_(a|b|unknown))$/,
  start: eachRow((cells) => {
    const from = dayIn(cells, 'date_start')
    const place = placeByNumber('gw', cells, 'country_id', Number(from.slice(0, 4)))
    return on(place, (country) => ({ event: { ...eventIn(cells, from), country } }))
  }),
}

function eventIn(cells: Cells, from: string): Omit<ImportedEvent, 'country'> {
  const to = dayIn(cells, 'date_end')
  if (to < from) throw new RowFault('date-order', { from, to })
  const kind = needed(textIn, cells, 'type_of_violence')
  const violence = kinds[kind]
  if (!violence) throw new RowFault('violence', { value: kind.slice(0, 60) })
  return {
    id: idIn(cells),
    from,
    to,
    violence,
    best: needed(countIn, cells, 'best'),
    low: needed(countIn, cells, 'low'),
    high: needed(countIn, cells, 'high'),
    civilians: needed(countIn, cells, 'deaths_civilians'),
    latitude: degrees(cells, 'latitude', 90),
    longitude: degrees(cells, 'longitude', 180),
    place: textIn(cells, 'where_coordinates') || null,
  }
}

function idIn(cells: Cells): string {
  // Statistics programs write 500000 as 5e+05.
  const id = needed(countIn, cells, 'id')
  if (!Number.isSafeInteger(id)) {
    throw new RowFault('not-a-number', { column: 'id', value: String(id) })
  }
  return String(id)
}

/** A latitude or longitude in degrees, between `-most` and `most`; a feature of a map has a geometry. */
function degrees(cells: Cells, column: 'latitude' | 'longitude', most: number): number | null {
  const value = numberIn(cells, column) ?? ofGeometry(cells, column)
  if (value !== undefined && Math.abs(value) > most) {
    throw new RowFault('out-of-range', { column, value: String(value) })
  }
  return value ?? null
}

function ofGeometry(cells: Cells, column: 'latitude' | 'longitude'): number | undefined {
  const parts = textIn(cells, 'geometry.coordinates').split(' ')
  const text = parts[column === 'longitude' ? 0 : 1] ?? ''
  return numberIn(() => text, column)
}
