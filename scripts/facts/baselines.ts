import type { EwpTable } from '@tocsin/forecast/ewp-table.ts'
import {
  type Baseline,
  type DirectRow,
  pastOnsets,
  scoreBaseline,
  threeYearMean,
  type YearlyFigures,
  yearKey,
} from '../../packages/server/src/risk/baselines.ts'
import { numberIn, readRows } from './read.ts'

// Where Gleditsch and Ward's code of a State is not that of the Correlates of War.
const cowOfGw: Readonly<Record<string, string>> = { '260': '255', '678': '679', '340': '345' }

/** The naive rankings that stand beside the model, from the files of the data folder. */
export function baselinesFrom(folder: string) {
  const terror = terrorScale(folder)
  const civilians = civilianDeaths(folder)
  return (table: EwpTable, rows: readonly DirectRow[]): Baseline[] => {
    const battle = table.predictors.indexOf('battledeaths.log2')
    const battleDeaths = ({ row }: DirectRow) => table.x.values[battle * table.x.rows + row] ?? 0
    return [
      scoreBaseline('terror-scale', rows, 'by-model', threeYearMean(table, terror, 0)),
      scoreBaseline('civilian-deaths', rows, 'shared', threeYearMean(table, civilians, 0)),
      scoreBaseline('battle-deaths', rows, 'shared', battleDeaths),
      scoreBaseline('past-onsets', rows, 'shared', pastOnsets(table)),
      scoreBaseline('base-rate', rows, 'shared', () => 0),
    ]
  }
}

/** Mean of the available scales of the Political Terror Scale, 1 to 5. */
function terrorScale(folder: string): YearlyFigures {
  const figures = readRows(folder, 'pts/PTS-2024.csv').flatMap((row) => {
    const scales = ['PTS_A', 'PTS_H', 'PTS_S']
      .map((column) => numberIn(row, column))
      .filter((value) => value !== undefined)
    if (scales.length === 0) return []
    const mean = scales.reduce((sum, value) => sum + value, 0) / scales.length
    return [[yearKey(row['COW_Code_N'] ?? '', numberIn(row, 'Year') ?? 0), mean]] as const
  })
  return new Map(figures)
}

/** Natural logarithm of 1 + civilians killed in organised violence. */
function civilianDeaths(folder: string): YearlyFigures {
  const path = 'starter-pack/embed-ok/ucdp_country_year_1989-2024.csv'
  return new Map(
    readRows(folder, path).map((row) => {
      const code = cowOfGw[row['gw_num'] ?? ''] ?? row['gw_num'] ?? ''
      const deaths = numberIn(row, 'civilians_all') ?? 0
      return [yearKey(code, numberIn(row, 'year') ?? 0), Math.log1p(deaths)] as const
    }),
  )
}
