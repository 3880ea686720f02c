import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type EwpTable, EwpTableReader } from '@tocsin/forecast/ewp-table.ts'
import Papa from 'papaparse'

const folder = fileURLToPath(new URL('../../../shared/data/ewp-2025/', import.meta.url))
const needed = ['ewp_name', 'ccode', 'year', 'year_sq', 'mk_onset_1or2', 'mk_onset_1', 'mk_onset_2']

/** The predictors file of the edition beside the project, known by its columns. */
export function predictorsFile(): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.csv'))
  const found = files.find((file) => {
    const header = readFileSync(`${folder}${file}`, 'utf8').split('\n', 1)[0] ?? ''
    const columns = header.split(',').map((column) => column.replaceAll('"', '').trim())
    return needed.every((column) => columns.includes(column))
  })
  if (found === undefined) throw new Error(`no predictors file in ${folder}`)
  return `${folder}${found}`
}

/** Reads the file row by row: held all at once, its 425,000 texts would need more memory than the models. */
export function readPredictors(file: string): EwpTable {
  let reader: EwpTableReader | undefined
  Papa.parse<Record<string, string>>(readFileSync(file, 'utf8'), {
    header: true,
    skipEmptyLines: true,
    step: ({ data }) => {
      reader ??= new EwpTableReader(Object.keys(data))
      reader.add(data)
    },
  })
  if (!reader) throw new Error(`${file} holds no rows`)
  return reader.finish()
}
