import { readFileSync } from 'node:fs'

/** The version of the product: `0.1.0`. */
export const productVersion: string = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).version
