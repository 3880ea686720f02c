const header = [
  ['id', 'relid', 'year', 'active_year', 'code_status', 'type_of_violence', 'conflict_dset_id'],
  ['conflict_new_id', 'conflict_name', 'dyad_dset_id', 'dyad_new_id', 'dyad_name'],
  ['side_a_dset_id', 'side_a_new_id', 'side_a', 'side_b_dset_id', 'side_b_new_id', 'side_b'],
  ['number_of_sources', 'source_article', 'source_office', 'source_date', 'source_headline'],
  ['source_original', 'where_prec', 'where_coordinates', 'where_description', 'adm_1', 'adm_2'],
  ['latitude', 'longitude', 'geom_wkt', 'priogrid_gid', 'country', 'country_id', 'region'],
  ['event_clarity', 'date_prec', 'date_start', 'date_end', 'deaths_a', 'deaths_b'],
  ['deaths_civilians', 'deaths_unknown', 'best', 'high', 'low', 'gwnoa', 'gwnob'],
].flat()

const sourceText = 'An invented report, as long as the reports that such rows carry. '.repeat(4)
const rowsAtOnce = 2000

/** Invented events in the 49 columns of UCDP GED, as long as real rows are: some 500 bytes each. */
export async function* syntheticEvents(rows: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${header.join(',')}\n`)
  for (let first = 0; first < rows; first += rowsAtOnce) {
    const last = Math.min(rows, first + rowsAtOnce)
    const lines = Array.from({ length: last - first }, (_, index) => lineOf(first + index))
    yield Buffer.from(lines.join(''))
  }
}

const chad = 483

function lineOf(row: number): string {
  const year = 1989 + (row % 30)
  const day = `${year}-${two(1 + (row % 12))}-${two(1 + (row % 28))} 00:00:00.000`
  const cells: Readonly<Record<string, string | number>> = {
    id: row + 1,
    relid: `TCD-${row}`,
    year,
    type_of_violence: 1 + (row % 3),
    number_of_sources: 1,
    source_article: `"${sourceText}"`,
    where_coordinates: 'Invented place',
    latitude: 12 + (row % 100) / 100,
    longitude: 15 + (row % 100) / 100,
    country: 'Chad',
    country_id: chad,
    region: 'Africa',
    date_start: day,
    date_end: day,
    deaths_civilians: row % 5,
    best: row % 7,
    high: (row % 7) + 2,
    low: row % 7,
  }
  return `${header.map((column) => cells[column] ?? '').join(',')}\n`
}

const two = (value: number): string => String(value).padStart(2, '0')
