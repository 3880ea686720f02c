import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const fileOf = (path: string) =>
  fileURLToPath(new URL(`../../packages/cli/${path}`, import.meta.url))

/** What Node is given so that it runs Tocsin as `npm start` does: its options (ADR 16), the program. */
export const program: readonly string[] = [
  ...(JSON.parse(readFileSync(fileOf('node-options.json'), 'utf8')) as readonly string[]),
  fileOf('src/main.ts'),
]
