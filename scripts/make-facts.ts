import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeFacts } from './facts/manifest.ts'

const { values } = parseArgs({
  options: { data: { type: 'string', default: '../shared/data' } },
})
const out = fileURLToPath(new URL('../packages/server/facts/', import.meta.url))
mkdirSync(`${out}observations`, { recursive: true })
for (const [file, text] of makeFacts(values.data)) {
  writeFileSync(out + file, text)
  console.log(`${file}  ${Math.ceil(text.length / 1024)} kB`)
}
