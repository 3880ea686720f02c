import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { memoryUnder } from './node-process/memory.ts'
import { freePort } from './node-process/start-node.ts'
import { againstLimit } from './report/against-limit.ts'

const repository = fileURLToPath(new URL('../', import.meta.url))
const limits = { coldS: 180, warmS: 10, idleMb: 400 }
const IDLE_MS = 30_000

/**
 * What a newcomer waits for: `npm start` in a fresh clone with an empty npm cache until the World page
 * is served, then again in the same folder; and what the idle node and its database hold in memory.
 */
export async function run(): Promise<void> {
  // A space in the path, as on the desks of people who do not write software.
  const folder = await mkdtemp(join(tmpdir(), 'tocsin start '))
  const clone = join(folder, 'clone')
  execFileSync('git', ['clone', '--quiet', repository, clone])
  const port = await freePort()
  const env = environmentOf(folder, port)
  const world = `http://127.0.0.1:${port}/world`
  console.log(`npm start by Node ${execFileSync('node', ['--version'], { env, encoding: 'utf8' })}`)
  try {
    const cold = await start(clone, env, world)
    againstLimit('cold start to the World page', cold.seconds, limits.coldS, 's')
    await stop(cold, world)
    const warm = await start(clone, env, world)
    againstLimit('warm start to the World page', warm.seconds, limits.warmS, 's')
    await pause(IDLE_MS)
    const all = await memoryUnder(warm.npm.pid ?? 0)
    const node = all.filter(({ command }) => /main\.ts|postgres/.test(command))
    againstLimit('idle node and database, proportional set', sum(node), limits.idleMb, 'MB')
    againstLimit('the same with npm, which started it', sum(all), limits.idleMb, 'MB')
    await stop(warm, world)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Nothing of this checkout, and nothing that npm kept. */
function environmentOf(folder: string, port: number): Record<string, string> {
  const path = (process.env['PATH'] ?? '').split(':').filter((one) => !one.includes('node_modules'))
  return {
    PATH: path.join(':'),
    HOME: folder,
    npm_config_cache: join(folder, 'npm-cache'),
    TOCSIN_PORT: String(port),
    ...(process.env['npm_config_registry'] && {
      npm_config_registry: process.env['npm_config_registry'],
    }),
  }
}

type Started = { readonly npm: ChildProcess; readonly seconds: number }

async function start(cwd: string, env: Record<string, string>, world: string): Promise<Started> {
  const began = performance.now()
  const npm = spawn('npm', ['start'], { cwd, env, stdio: 'ignore', detached: true })
  while (npm.exitCode === null) {
    const page = await fetch(world).catch(() => undefined)
    if (page?.ok && (await page.text()).includes('</html>')) {
      return { npm, seconds: (performance.now() - began) / 1000 }
    }
    await pause(50)
  }
  throw new Error('npm start ended')
}

async function stop({ npm }: Started, world: string): Promise<void> {
  const gone = new Promise((resolve) => npm.once('exit', resolve))
  process.kill(-(npm.pid ?? 0), 'SIGINT')
  await gone
  // npm ends before the node has: what answers next must be the next one.
  while (
    await fetch(world).then(
      () => true,
      () => false,
    )
  )
    await pause(50)
}

const sum = (processes: readonly { readonly megabytes: number }[]): number =>
  processes.reduce((all, { megabytes }) => all + megabytes, 0)
