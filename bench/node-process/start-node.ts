import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Client, createClient } from '@tocsin/api/client.ts'
import { program } from '@tocsin/lab/src/program.ts'

/** A node as people run it: a process of its own, with the PostgreSQL it ships, in an empty folder. */
export type NodeProcess = {
  readonly base: string
  /** Speaks as the operator's own command line. */
  readonly operator: () => Promise<Client>
  /** Memory of the process of the node now, in bytes, without its database. */
  readonly residentBytes: () => Promise<number>
  /** Kills the node as a power cut would, and starts it again on the same folder. */
  readonly crash: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts a node and waits until it answers; `settings` are variables of its environment. */
export async function startNodeProcess(
  settings: Readonly<Record<string, string>> = {},
): Promise<NodeProcess> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-bench-'))
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const env = { ...process.env, TOCSIN_HOME: home, TOCSIN_PORT: String(port), ...settings }
  const launch = async () => {
    const started = spawn(process.execPath, [...program, 'start'], { env, stdio: 'ignore' })
    await answering(base, started)
    return started
  }
  let node = await launch()
  return {
    base,
    operator: async () => {
      const token = await readFile(join(home, 'operator-token'), 'utf8')
      const transport = (path: string, init: RequestInit) => fetch(base + path, init)
      return createClient(transport, { authorization: `Bearer ${token}` })
    },
    residentBytes: async () => {
      const status = await readFile(`/proc/${node.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
    },
    crash: async () => {
      await end(node, 'SIGKILL')
      node = await launch()
    },
    stop: async () => {
      await end(node, 'SIGTERM')
      await rm(home, { recursive: true, force: true })
    },
  }
}

async function end(node: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (node.exitCode !== null) return
  const gone = new Promise((resolve) => node.once('exit', resolve))
  node.kill(signal)
  await gone
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

async function answering(base: string, node: ChildProcess): Promise<void> {
  for (let look = 0; look < 240; look++) {
    if (node.exitCode !== null) throw new Error('the node did not start')
    const answer = await fetch(`${base}/api/risk/scores`).catch(() => undefined)
    if (answer?.ok) return
    await pause(250)
  }
  throw new Error('the node did not answer within a minute')
}
