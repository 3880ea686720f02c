import { existsSync, readdirSync } from 'node:fs'

/** `node bench/run.ts NAME` runs the measurement in `bench/NAME.ts`. */
const here = new URL('.', import.meta.url)
const name = process.argv[2] ?? ''
const names = readdirSync(here)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3))

if (!/^[a-z-]+$/.test(name) || !existsSync(new URL(`${name}.ts`, here)) || name === 'run') {
  console.error(`Name one measurement: ${names.join(', ')}`)
  process.exitCode = 2
} else {
  const measurement: { run: () => Promise<void> } = await import(`./${name}.ts`)
  await measurement.run()
}
