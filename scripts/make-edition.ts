import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Day } from '@tocsin/domain/brand.ts'
import { EditionId } from '@tocsin/domain/risk.ts'
import type { ParsedRows } from '@tocsin/forecast/ewp-table.ts'
import { significant } from '@tocsin/forecast/rounding.ts'
import { baselinesFrom } from '../packages/server/src/risk/baseline-figures.ts'
import {
  computeEditions,
  type EditionFigures,
} from '../packages/server/src/risk/edition-figures.ts'
import { freezeEdition } from '../packages/server/src/risk/freeze.ts'
import { findFiles, predictorsIn } from '../packages/server/src/risk/published-files.ts'
import { readTable } from '../packages/server/src/risk/reproduce.ts'

// The editions that ship with the product: computed here from the published predictors file.
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    resamples: { type: 'string', default: '1000' },
    issued: { type: 'string', default: '2025-09-03' },
  },
})
const folders = [
  'ewp-2025',
  'pts/PTS-2024.csv',
  'starter-pack/embed-ok/ucdp_country_year_1989-2024.csv',
]
const files = findFiles(folders.map((folder) => join(values.data, folder)))
const predictors = predictorsIn(files, values.data)
const resamples = Number(values.resamples)
const inputs = [predictors, files.get('terror-scale'), files.get('civilian-deaths')].filter(
  (file) => file !== undefined,
)
const editions = computeEditions(readTable(predictors), {
  resamples,
  baselinesOf: baselinesFrom(files),
  progress: (done, all) => process.stderr.write(`\r${done} of ${all} models`),
})
process.stderr.write('\n')

/** Whether every chance, at the digits published, is the one that the publisher gives. */
function isAsPublished({ dataYear, states }: EditionFigures, published: ParsedRows): boolean {
  const column = `risk.${dataYear + 1}and${dataYear + 2}.from${dataYear}`
  const theirs = new Map(published.map((row) => [row['ewp_name'], Number(row[column])]))
  return states.every(({ name, chance }) => significant(chance, 4) === theirs.get(name))
}

for (const [index, figures] of editions.entries()) {
  const year = figures.dataYear + 1
  const { edition, figures: text } = freezeEdition(
    {
      id: EditionId.parse(String(year)),
      origin: index === 0 ? 'computed' : 're-estimated',
      issuedOn: values.issued as Day,
      inputs,
      resamples,
      verified: isAsPublished(figures, files.get('forecasts')?.rows ?? []),
    },
    figures,
  )
  const path = fileURLToPath(
    new URL(`../packages/server/facts/risk/edition-${year}.json`, import.meta.url),
  )
  const line = `${JSON.stringify({ ...edition, figures: JSON.parse(text) })}\n`
  writeFileSync(path, line)
  console.log(
    `edition ${year}: ${edition.countries} States, ${edition.verified ? 'as' : 'not as'} published, ${Math.ceil(line.length / 1024)} kB, ${edition.figuresHash}`,
  )
}
