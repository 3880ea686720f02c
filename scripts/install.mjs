// Plain JavaScript that Node 20 runs: this is what makes everything else available.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('..', import.meta.url))
const modules = join(repository, 'node_modules')
const stamp = join(modules, '.tocsin-lock')

/** Runs a program in the repository and ends this one with its status when it fails. */
export function run(command, args, environment = {}) {
  const path = `${join(modules, '.bin')}:${process.env.PATH}`
  const { status } = spawnSync(command, args, {
    cwd: repository,
    stdio: 'inherit',
    env: { ...process.env, PATH: path, ...environment },
  })
  return status ?? 1
}

/** Installs what package-lock.json names, when it is not what is installed. */
export function install() {
  const lock = readFileSync(join(repository, 'package-lock.json'))
  const wanted = createHash('sha256').update(lock).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write('Installing the parts (once, about a minute) ...\n')
  // Not `npm ci`: it refuses a lock that lacks the optional builds for other machines' platforms.
  if (run('npm', ['install', '--no-save', '--loglevel=error', '--no-audit', '--no-fund']) !== 0) {
    process.stderr.write('The parts could not be installed. Check the network, then start again.\n')
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

/** The Node 24 that was installed with the parts, or this one when it is new enough. */
export function node() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return join(modules, 'node', 'bin', 'node')
}

/** What Node is started with (ADR 16), and the program. */
export const program = [
  ...JSON.parse(readFileSync(join(repository, 'packages/cli/node-options.json'), 'utf8')),
  join(repository, 'packages/cli/src/main.ts'),
]

/** Builds the web application when it is absent or older than what it is made of. */
export function build() {
  const built = join(repository, 'packages/web/dist/built')
  const sources = ['web', 'charts', 'api', 'domain', 'i18n'].map((name) =>
    join(repository, 'packages', name),
  )
  const newest = Math.max(...sources.map(newestUnder))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return 0
  process.stderr.write('Building the web application ...\n')
  const status = run('npm', ['run', '--silent', 'build'])
  if (status === 0) {
    mkdirSync(join(repository, 'packages/web/dist'), { recursive: true })
    writeFileSync(built, '')
  }
  return status
}

function newestUnder(folder) {
  let newest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['dist', 'node_modules', 'public'].includes(entry.name)) continue
    const path = join(folder, entry.name)
    newest = Math.max(newest, entry.isDirectory() ? newestUnder(path) : statSync(path).mtimeMs)
  }
  return newest
}
