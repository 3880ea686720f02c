import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { isAlive } from '../src/postgres/processes.ts'

/** The program as people start it: another process, with an environment of its own. */
const program = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))

type Environment = Readonly<Record<string, string>>

export type Outcome = { readonly code: number | null; readonly out: string; readonly err: string }

type Run = { readonly environment?: Environment; readonly before?: readonly string[] }

function launch(args: readonly string[], { environment = {}, before = [] }: Run) {
  const [command = '', ...rest] = [...before, process.execPath, program, ...args]
  const options: SpawnOptions = {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LANG: 'en', ...environment },
  }
  const child = spawn(command, rest, options)
  const outcome = { code: null as number | null, out: '', err: '' }
  child.stdout?.on('data', (text: Buffer) => {
    outcome.out += text
  })
  child.stderr?.on('data', (text: Buffer) => {
    outcome.err += text
  })
  const ended = new Promise<Outcome>((resolve) =>
    child.once('close', (code) => resolve({ ...outcome, code })),
  )
  return { child, outcome, ended }
}

/** Runs `tocsin` to its end. */
export async function tocsin(args: readonly string[], run: Run = {}): Promise<Outcome> {
  const { child, ended } = launch(args, run)
  // Only where the test ran out of time.
  onTestFinished(() => void child.kill('SIGTERM'))
  return ended
}

export type NodeProcess = {
  readonly url: string
  readonly pid: number
  readonly databasePid: () => number
  readonly ended: Promise<Outcome>
  /** Answers how it ended. */
  readonly stop: () => Promise<Outcome>
  readonly kill: () => Promise<void>
}

/** Starts a node with its own PostgreSQL, and waits until it says where it is. */
export async function startNodeProcess(home: string, run: Run = {}): Promise<NodeProcess> {
  const environment = { TOCSIN_HOME: home, TOCSIN_PORT: String(await freePort()) }
  const { child, outcome, ended } = launch(['start', '--json'], {
    ...run,
    environment: { ...environment, ...run.environment },
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
    await endDatabase(home)
  })
  await Promise.race([ended, saidWhere(child, () => outcome.out)])
  if (child.exitCode !== null) throw new Error(`the node did not start: ${outcome.err}`)
  const { url } = JSON.parse(outcome.out.split('\n')[0] ?? '')
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return {
    url,
    pid: child.pid ?? 0,
    databasePid: () => databasePidOf(home) ?? 0,
    ended,
    stop: () => kill('SIGTERM'),
    kill: async () => {
      await kill('SIGKILL')
    },
  }
}

async function saidWhere(child: ChildProcess, said: () => string): Promise<void> {
  while (!said().includes('\n') && child.exitCode === null) await sleep(10)
}

/** The process of the server that runs, or ran, in this home. */
export function databasePidOf(home: string): number | undefined {
  try {
    const pid = readFileSync(join(home, 'database', 'postmaster.pid'), 'utf8').split('\n')[0]
    return Number(pid) || undefined
  } catch {
    return undefined
  }
}

/** Nothing that a test started outlives it. */
export async function endDatabase(home: string): Promise<void> {
  const pid = databasePidOf(home)
  if (pid === undefined || pid === process.pid) return
  try {
    process.kill(pid, 'SIGCONT')
    process.kill(pid, 'SIGQUIT')
  } catch {
    return
  }
  while (isAlive(pid)) await sleep(20)
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
