import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url))

/** A node as people run it: a process of its own, with the PostgreSQL it ships, in an empty folder. */
export type NodeProcess = {
  readonly base: string
  readonly process: ChildProcess
  /** The secret of the operator's own command line. */
  readonly operatorToken: () => Promise<string>
  readonly stop: () => Promise<void>
}

/** Starts a node and waits until it answers. */
export async function startNodeProcess(): Promise<NodeProcess> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-bench-'))
  const port = await freePort()
  const env = { ...process.env, TOCSIN_HOME: home, TOCSIN_PORT: String(port) }
  const node = spawn(process.execPath, [program, 'start'], { env, stdio: 'ignore' })
  const base = `http://127.0.0.1:${port}`
  const stop = async () => {
    const gone = new Promise((resolve) => node.once('exit', resolve))
    if (node.exitCode === null) {
      node.kill('SIGTERM')
      await gone
    }
    await rm(home, { recursive: true, force: true })
  }
  try {
    await answering(base, node)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    base,
    process: node,
    operatorToken: () => readFile(join(home, 'operator-token'), 'utf8'),
    stop,
  }
}

async function freePort(): Promise<number> {
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
