import { existsSync } from 'node:fs'
import { rm, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@tocsin/domain/problem.ts'
import { addressOf, readLock, readPassword } from './address.ts'
import { initialise } from './initialise.ts'
import { isAlive, servesFolder, stopServer } from './processes.ts'
import { launch, type Server, waitUntilReady } from './server.ts'
import type { Wrapper } from './unprivileged.ts'

export type Cluster = {
  /** Folder of the programs `initdb` and `postgres`, of any version from 15 on. */
  readonly binaries: string
  readonly wrapper: Wrapper
  /** How many at once; one node needs few. */
  readonly connections?: number
  /** The folder that holds `database/` and its password; made when absent. */
  readonly home: string
}

export type RunningCluster = {
  /** The owner's connection string to the database `tocsin`. */
  readonly url: string
  readonly stop: () => Promise<void>
}

const MINIMUM_FREE_BYTES = 64 * 1024 * 1024
const SHORTEST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 10_000
/** A slow disk keeps a process that was killed until it has written. */
const LEFTOVER_MS = 45_000
const LEFTOVER_PAUSE_MS = 100

/**
 * Starts the cluster in `home`, making it at first, and starts it again on the same port whenever
 * it ends before it is told to.
 */
export async function startCluster(
  cluster: Cluster,
  onRestart: () => void = () => undefined,
): Promise<RunningCluster> {
  const data = join(cluster.home, 'database')
  await refuseFullDisk(cluster.home)
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(cluster, data)
  const password = await readPassword(cluster.home)
  await clearOrphan(data)
  const port = await freePort()
  const url = addressOf(port, password)
  const start = () => launch(cluster, data, port)
  const ready = (server: Server) => waitUntilReady(server, url, cluster.home)
  const stop = keepRunning(await startFirst(start, ready), start, ready, onRestart)
  return { url, stop }
}

async function refuseFullDisk(home: string): Promise<void> {
  const { bavail, bsize } = await statfs(home)
  if (bavail * bsize < MINIMUM_FREE_BYTES) throw new Problem('node.disk-full', { folder: home })
}

/** Ends a server that outlived the node that started it, so that the new one has a parent. */
async function clearOrphan(data: string): Promise<void> {
  const lock = await readLock(data)
  if (!lock) return
  if (servesFolder(lock.pid, data)) {
    await stopServer(lock.pid, () => !servesFolder(lock.pid, data))
  } else if (isAlive(lock.pid)) {
    // Another program got the dead server's number, and PostgreSQL would take it for the server.
    await rm(join(data, 'postmaster.pid'), { force: true })
  }
  // Otherwise PostgreSQL itself looks whether anything of the dead server still lives.
}

type Start = () => Server
type Ready = (server: Server) => Promise<void>

/** A server killed just now leaves processes that end a moment after it; until then none starts. */
async function startFirst(start: Start, ready: Ready): Promise<Server> {
  for (let left = LEFTOVER_MS; ; left -= LEFTOVER_PAUSE_MS) {
    const server = start()
    try {
      await ready(server)
      return server
    } catch (error) {
      if (left <= 0 || !server.said().includes('still in use')) throw error
      await sleep(LEFTOVER_PAUSE_MS)
    }
  }
}

/** Starts the server anew whenever it ends; answers how to stop that, and the server with it. */
function keepRunning(first: Server, start: Start, ready: Ready, onRestart: () => void) {
  let server = first
  let isStopping = false
  const watch = async () => {
    let pause = SHORTEST_PAUSE_MS
    for (;;) {
      await server.ended
      if (isStopping) return
      onRestart()
      await sleep(pause)
      if (isStopping) return
      server = start()
      const isReady = await ready(server).then(
        () => true,
        () => false,
      )
      pause = isReady ? SHORTEST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }
  const watched = watch()
  return async () => {
    isStopping = true
    await server.stop()
    await watched
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
