import type { DocketTimes } from '@tocsin/api/times.ts'
import Papa from 'papaparse'

const NOT_REACHED = 'not reached'
const TOO_EARLY = 'too early'

/** The figures of the page, cell by cell, as a table to keep. */
export function timesAsCsv({ asOf, from, until, exercise, clocks, spans }: DocketTimes): string {
  const period = [from, until, exercise ? 'exercise' : 'real', asOf]
  const header = ['what', 'level', 'authority', 'n', 'happened', 'waiting', 'ended']
  const figures = ['median_minutes', 'p90_minutes', 'in_time_percent']
  const rows = [
    ...clocks.map((row) => [
      row.clock,
      row.level,
      row.authority?.name ?? '',
      ...countsOf(row),
      row.inTimePercent ?? TOO_EARLY,
    ]),
    ...spans.map((row) => [`${row.from}-${row.to}`, row.level, '', ...countsOf(row), '']),
  ]
  const lines = [
    [...header, ...figures, 'from', 'until', 'view', 'as_of'],
    ...rows.map((row) => [...row, ...period]),
  ]
  // Names are others' words: a spreadsheet must not take one for a formula.
  return `${Papa.unparse(lines, { escapeFormulae: true })}\r\n`
}

function countsOf(row: DocketTimes['spans'][number] | DocketTimes['clocks'][number]) {
  const { n, happened, waiting, ended, medianMinutes, p90Minutes } = row
  const times = [medianMinutes ?? NOT_REACHED, p90Minutes ?? NOT_REACHED]
  return [n, happened, waiting, ended, ...times]
}
