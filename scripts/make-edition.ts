import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readEwpTable } from '@tocsin/forecast/ewp-table.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import { computeEditions } from '../packages/server/src/risk/edition-figures.ts'
import { baselinesFrom } from './facts/baselines.ts'
import { readRows, sha256 } from './facts/read.ts'

// The editions that ship with the product: computed here from the published predictors file.
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    resamples: { type: 'string', default: '1000' },
  },
})
const predictors = 'ewp-2025/prepared2024predictors-2025-09-03.csv'
const resamples = Number(values.resamples)
const bytes = readFileSync(join(values.data, predictors))
const table = readEwpTable(readRows(values.data, predictors))
const editions = computeEditions(table, resamples, baselinesFrom(values.data), (done, all) => {
  process.stderr.write(`\r${done} of ${all} models`)
})
process.stderr.write('\n')

for (const [index, figures] of editions.entries()) {
  const year = figures.dataYear + 1
  const edition = {
    id: String(year),
    origin: index === 0 ? 'computed' : 're-estimated',
    dataYear: figures.dataYear,
    horizon: { from: year, to: year + 1 },
    issuedOn: '2025-09-03',
    inputs: [
      {
        name: 'prepared predictors, 2025 edition',
        source: 'Early Warning Project',
        sha256: sha256(bytes),
        rows: table.rows,
      },
    ],
    parameters: { alpha: 0.5, folds: 10, seed: 90035, resamples, bootstrapSeed: 4850 },
    figuresHash: sha256(canonicalJson(figures as unknown as Json)),
    publisher: 'United States Holocaust Memorial Museum and Dartmouth College; computed by Tocsin',
    citation:
      'Early Warning Project (2025), Countries at Risk for Mass Killing 2025-26: Statistical Risk Assessment',
    licence: 'none stated by the publisher; permission to pass on not yet asked',
    redistributable: false,
    verified: index === 0,
    figures,
  }
  const path = fileURLToPath(
    new URL(`../packages/server/facts/risk/edition-${year}.json`, import.meta.url),
  )
  const text = `${JSON.stringify(edition)}\n`
  writeFileSync(path, text)
  console.log(
    `edition ${year}: ${figures.states.length} States, ${Math.ceil(text.length / 1024)} kB`,
  )
}
