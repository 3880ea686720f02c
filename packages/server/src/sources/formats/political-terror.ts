import { placeByIsoOrGroup } from './country-codes.ts'
import { countryIndices } from './country-indices.ts'
import type { RowFormat } from './row-format.ts'

/**
 * The Political Terror Scale, 1 to 5, as read from three reports. Its publisher writes it in
 * Windows' own alphabet; only codes and numbers are read. Rows without a code are on parts of
 * States and on States that ended.
 */
export const politicalTerror: RowFormat = {
  name: 'pts',
  source: 'pts',
  required: ['WordBank_Code_A', 'COW_Code_N', 'Year', 'PTS_A', 'PTS_H', 'PTS_S'],
  known: /^(Country(_OLD)?|COW_Code_A|UN_Code_N|Region|NA_Status_[AHS])$/,
  encoding: 'windows-1252',
  start: countryIndices({
    year: 'Year',
    place: (cells) => placeByIsoOrGroup(cells, 'WordBank_Code_A'),
    series: {
      'pts.amnesty': 'PTS_A',
      'pts.human-rights-watch': 'PTS_H',
      'pts.state-department': 'PTS_S',
    },
  }),
}
