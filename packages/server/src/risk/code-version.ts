import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { productVersion } from '../version.ts'

const forecast = new URL('../../../forecast/src/', import.meta.url)
const here = new URL('./', import.meta.url)
const ownFiles = [
  'baseline-figures.ts',
  'baselines.ts',
  'edition-figures.ts',
  'figures.ts',
  'models.ts',
  'published-files.ts',
  'scorekeeping.ts',
]

/** The product's version and a hash of exactly the code that figures come from. */
export function codeVersion(): string {
  const statistics = readdirSync(forecast)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => new URL(name, forecast))
  const hash = createHash('sha256')
  for (const file of [...statistics, ...ownFiles.map((name) => new URL(name, here))]) {
    hash.update(readFileSync(fileURLToPath(file)))
  }
  return `${productVersion}+${hash.digest('hex').slice(0, 12)}`
}
