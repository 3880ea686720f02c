import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
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
  'out-of-sample': ['ewp_name', 'ccode', 'year', 'mk_onset', 'risk_prev', 'maxrisk2', 'minrank2'],
  'drop-outs': ['Variable', 'Reg_DropOutTime', 'Reg_DropOutOrder'],
  'single-shifts': ['country_name', 'variable', 'shift'],
  'terror-scale': ['COW_Code_N', 'Year', 'PTS_A', 'PTS_H', 'PTS_S'],
  'civilian-deaths': ['gw_num', 'year', 'civilians_all'],
  'published-risks': ['edition', 'cow_num', 'risk', 'rank'],
} as const

/** What a file is, told by its columns: names and years change with every edition. */
export type FileKind = keyof typeof kinds | 'forecasts'

/** A file that is understood, with its exact bytes. */
export type ReadFile = {
  readonly kind: FileKind
  readonly name: string
  readonly bytes: Uint8Array
  readonly rows: ParsedRows
}

/** The understood files among the given files and folders; the first of each kind counts. */
export function findFiles(places: readonly string[]): ReadonlyMap<FileKind, ReadFile> {
  const found = new Map<FileKind, ReadFile>()
  for (const path of places.flatMap(listCsv)) {
    const bytes = readFileSync(path)
    const kind = kindOf(headerOf(bytes))
    if (kind && !found.has(kind)) found.set(kind, readAs(kind, basename(path), bytes))
  }
  return found
}

/** The predictors file among them; without one there is nothing to compute. */
export function predictorsIn(files: ReadonlyMap<FileKind, ReadFile>, place: string): ReadFile {
  const predictors = files.get('predictors')
  if (predictors) return predictors
  throw new Problem('risk.no-predictors', { folder: place, columns: kinds.predictors.join(', ') })
}

/** Reads a file whatever it is called. A Problem says that its columns are not understood, or why not. */
export function recogniseFile(name: string, bytes: Uint8Array): ReadFile {
  const header = headerOf(bytes)
  const kind = kindOf(header)
  if (kind) return readAs(kind, name, bytes)
  const columns = header.slice(0, 12).join(', ').slice(0, 300)
  throw new Problem('risk.unknown-file', { file: name, columns })
}

function listCsv(place: string): readonly string[] {
  try {
    if (!statSync(place).isDirectory()) return [place]
    return readdirSync(place)
      .filter((name) => name.endsWith('.csv'))
      .sort()
      .map((name) => join(place, name))
  } catch (error) {
    throw new Problem('risk.no-folder', { folder: place }, { cause: error })
  }
}

// A header is short; a line without end must not be read to its end to find that out.
const longestHeader = 65_536

function headerOf(bytes: Uint8Array): readonly string[] {
  const start = bytes.subarray(0, longestHeader)
  const end = start.indexOf(0x0a)
  const line = new TextDecoder().decode(start.subarray(0, end === -1 ? start.length : end))
  return Papa.parse<string[]>(line).data[0]?.map((column) => column.trim()) ?? []
}

const forecastColumn = /^risk\.\d{4}and\d{4}\.from\d{4}$/

function kindOf(header: readonly string[]): FileKind | undefined {
  if (header.filter((column) => forecastColumn.test(column)).length > 1) return 'forecasts'
  return (Object.keys(kinds) as (keyof typeof kinds)[]).find((kind) =>
    kinds[kind].every((column) => header.includes(column)),
  )
}

function readAs(kind: FileKind, name: string, bytes: Uint8Array): ReadFile {
  const { data, errors } = Papa.parse<Record<string, string>>(decode(kind, bytes, name), {
    header: true,
    skipEmptyLines: true,
  })
  const [fault] = errors
  if (fault) {
    const line = (fault.row ?? 0) + 2
    const reason = fault.code.startsWith('TooFew') ? 'too_few' : 'malformed'
    throw new Problem('risk.bad-row', { file: name, line, column: '–', reason })
  }
  return { kind, name, bytes, rows: data }
}

// The Political Terror Scale is published in Windows' own alphabet; only its numbers are read.
const alphabets: Readonly<Partial<Record<FileKind, string>>> = { 'terror-scale': 'windows-1252' }

function decode(kind: FileKind, bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder(alphabets[kind] ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new Problem('risk.not-utf8', { file }, { cause: error })
  }
}
