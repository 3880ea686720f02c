import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'
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
const folder = folderInMemory()
if (folder) process.env['TMPDIR'] = folder
const status = run('vitest', ['run', ...asked.filter((word) => word !== '--network')])
if (folder) rmSync(folder, { recursive: true, force: true })
process.exit(status)

/**
 * Every test has a database of a thousand small files of its own, which some disks take half a second
 * to make; memory takes none. Undefined where there is not enough of it.
 */
function folderInMemory() {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return undefined
  const { bavail, bsize } = statfsSync(memory)
  const isRoomy = Math.min(bavail * bsize, freemem()) > 6 * 2 ** 30
  if (!isRoomy) return undefined
  const folder = mkdtempSync(join(memory, 'tocsin-tests-'))
  // As open as the one that it stands for: databases run as a user without rights.
  chmodSync(folder, 0o1777)
  return folder
}
