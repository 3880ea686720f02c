import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ParsedRows } from '@tocsin/forecast/ewp-table.ts'
import Papa from 'papaparse'

const kinds = {
  predictors: [
    'ewp_name',
    'ccode',
    'year',
    'mk_onset',
    'mk_onset_1',
    'mk_onset_2',
    'mk_onset_1or2',
  ],
  coefficients: ['variable', 'coef.full', 'or.full'],
  outOfSample: ['ewp_name', 'ccode', 'year', 'mk_onset', 'risk_prev', 'maxrisk2', 'minrank2'],
  dropOuts: ['Variable', 'Reg_DropOutTime', 'Reg_DropOutOrder'],
} as const
type Kind = keyof typeof kinds | 'forecasts'

/** The files of one published edition, found by their columns: names and years change every edition. */
export type PublishedFiles = Readonly<Partial<Record<Kind, ParsedRows>>> & {
  readonly predictors: ParsedRows
  readonly predictorsBytes: Uint8Array
}

/** Looks through a folder for the files of one edition. A Problem says what is missing or unreadable. */
export function findPublishedFiles(folder: string): PublishedFiles {
  const found: Partial<Record<Kind, ParsedRows>> = {}
  let predictorsBytes: Uint8Array | undefined
  for (const name of listCsv(folder)) {
    const bytes = readFileSync(join(folder, name))
    const kind = kindOf(headerOf(bytes))
    if (!kind || found[kind]) continue
    found[kind] = rowsOf(bytes, name)
    if (kind === 'predictors') predictorsBytes = bytes
  }
  const { predictors } = found
  if (!predictors || !predictorsBytes) {
    throw new Problem('risk.no-predictors', { folder, columns: kinds.predictors.join(', ') })
  }
  return { ...found, predictors, predictorsBytes }
}

function listCsv(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.csv'))
      .sort()
  } catch (error) {
    throw new Problem('risk.no-folder', { folder }, { cause: error })
  }
}

function headerOf(bytes: Uint8Array): readonly string[] {
  const end = bytes.indexOf(0x0a)
  const line = new TextDecoder().decode(bytes.subarray(0, end === -1 ? bytes.length : end))
  return Papa.parse<string[]>(line).data[0]?.map((column) => column.trim()) ?? []
}

const forecastColumn = /^risk\.\d{4}and\d{4}\.from\d{4}$/

function kindOf(header: readonly string[]): Kind | undefined {
  if (header.filter((column) => forecastColumn.test(column)).length > 1) return 'forecasts'
  return (Object.keys(kinds) as (keyof typeof kinds)[]).find((kind) =>
    kinds[kind].every((column) => header.includes(column)),
  )
}

function rowsOf(bytes: Uint8Array, file: string): ParsedRows {
  const { data, errors } = Papa.parse<Record<string, string>>(textOf(bytes, file), {
    header: true,
    skipEmptyLines: true,
  })
  const [fault] = errors
  if (fault)
    throw new Problem('risk.bad-row', { file, line: (fault.row ?? 0) + 2, reason: fault.message })
  return data
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new Problem('risk.not-utf8', { file }, { cause: error })
  }
}
