import { build, install, run } from './install.mjs'

const stages = [
  // First: the drawn map is part of what is checked.
  ['web application', build],
  ['format and lint', () => run('biome', ['check', '.'])],
  ['types', () => run('tsc', ['-b'])],
  ['unused code', () => run('knip', [])],
]
const asked = process.argv.slice(2)
// Real nodes behind bad links: minutes of it, so only where it is asked for.
if (asked.includes('--network')) {
  stages.push(['network', () => run('node', ['lab/run.ts', '--minutes', '3'])])
}

install()
for (const [name, stage] of stages) {
  if (stage() === 0) continue
  process.stdout.write(`Stopped at: ${name}\n0 passed, 1 failed\n`)
  process.exit(1)
}
process.exit(run('vitest', ['run', ...asked.filter((word) => word !== '--network')]))
