import { Problem } from '@tocsin/domain/problem.ts'
import type { EwpTable, ParsedRows } from '@tocsin/forecast/ewp-table.ts'
import {
  type Baseline,
  type DirectRow,
  pastOnsets,
  scoreBaseline,
  threeYearMean,
  type YearlyFigures,
  yearKey,
} from './baselines.ts'
import type { FileKind, ReadFile } from './published-files.ts'

// Where Gleditsch and Ward's code of a State is not that of the Correlates of War.
const cowOfGw: Readonly<Record<string, string>> = { '260': '255', '678': '679', '340': '345' }

/**
 * The naive rankings that stand beside the model. Those that need a file of their own (Political
 * Terror Scale, UCDP civilian deaths) are there where the file is.
 */
export function baselinesFrom(files: ReadonlyMap<FileKind, ReadFile>) {
  const terror = files.get('terror-scale')
  const civilians = files.get('civilian-deaths')
  return (table: EwpTable, rows: readonly DirectRow[]): Baseline[] => {
    const battle = table.predictors.indexOf('battledeaths.log2')
    const battleDeaths = ({ row }: DirectRow) => table.x.values[battle * table.x.rows + row] ?? 0
    const mean = (figures: YearlyFigures) => threeYearMean(table, figures, 0)
    return [
      ...(terror
        ? [scoreBaseline('terror-scale', rows, 'by-model', mean(terrorScale(terror)))]
        : []),
      ...(civilians
        ? [scoreBaseline('civilian-deaths', rows, 'shared', mean(civilianDeaths(civilians)))]
        : []),
      ...(battle === -1 ? [] : [scoreBaseline('battle-deaths', rows, 'shared', battleDeaths)]),
      scoreBaseline('past-onsets', rows, 'shared', pastOnsets(table)),
      scoreBaseline('base-rate', rows, 'shared', () => 0),
    ]
  }
}

/** Mean of the available scales of the Political Terror Scale, 1 to 5. */
function terrorScale({ rows, name }: ReadFile): YearlyFigures {
  const figures = rows.flatMap((row, index) => {
    const scales = ['PTS_A', 'PTS_H', 'PTS_S']
      .map((column) => numberIn(row, column, index, name))
      .filter((value) => value !== undefined)
    if (scales.length === 0) return []
    const mean = scales.reduce((sum, value) => sum + value, 0) / scales.length
    return [[yearKey(row['COW_Code_N'] ?? '', Number(row['Year'])), mean]] as const
  })
  return new Map(figures)
}

/** Natural logarithm of 1 + civilians killed in organised violence (UCDP, best estimate). */
function civilianDeaths({ rows, name }: ReadFile): YearlyFigures {
  return new Map(
    rows.map((row, index) => {
      const code = cowOfGw[row['gw_num'] ?? ''] ?? row['gw_num'] ?? ''
      const deaths = numberIn(row, 'civilians_all', index, name) ?? 0
      return [yearKey(code, Number(row['year'])), Math.log1p(deaths)] as const
    }),
  )
}

/** A number of the file, or undefined where it is empty or not available. */
function numberIn(
  row: ParsedRows[number],
  column: string,
  index: number,
  file: string,
): number | undefined {
  const text = row[column]
  if (text === undefined || text === '' || text === 'NA') return undefined
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw new Problem('risk.bad-row', { file, line: index + 2, reason: 'not_a_number', column })
}
