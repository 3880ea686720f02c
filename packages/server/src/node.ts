import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, systemClock } from '@tocsin/domain/clock.ts'
import pino from 'pino'
import type { App, Log } from './app.ts'
import type { Config } from './config.ts'
import { openDatabase } from './database/database.ts'
import { migrate } from './database/migrate.ts'
import { buildServer } from './http/server.ts'
import { openQueue } from './jobs/queue.ts'
import { endpoints, gateOf, jobHandlers, prepare } from './main.ts'
import { loadWebApplication } from './pages/assets.ts'
import { servePages } from './pages/pages.ts'
import { startEmbedded } from './postgres/embedded.ts'

export type RunningNode = {
  readonly url: string
  /** The one-time link that makes the first administrator; absent once there is one. */
  readonly setUpLink: string | undefined
  readonly stop: () => Promise<void>
}

/** Starts a node as the configuration says, with its own database when none is given. */
export async function startNode(config: Config): Promise<RunningNode> {
  await mkdir(config.home, { recursive: true, mode: 0o700 })
  const embedded = config.databaseUrl ? undefined : await startEmbedded(config.home)
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? ''
  const log = pino({ level: config.logLevel, redact: ['*.password', '*.token', '*.cookie'] })
  try {
    await migrate(databaseUrl)
    const node = await runNode({ ...config, databaseUrl, clock: systemClock, fetch, log })
    const stop = async () => {
      await node.stop()
      await embedded?.stop()
    }
    return { ...node, stop }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

type Parts = Pick<Config, 'home' | 'host' | 'port' | 'origin'> & {
  /** A migrated database. */
  readonly databaseUrl: string
  readonly clock: Clock
  readonly fetch: typeof fetch
  readonly log: Log
}

/** Runs a node from its parts; tests pass a clock of their own. Stops what it started if it fails. */
export async function runNode(parts: Parts): Promise<RunningNode & { readonly app: App }> {
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const { databaseUrl, clock, log, home } = parts
    const db = openDatabase(databaseUrl)
    undo.push(db.close)
    const queue = await openQueue(databaseUrl, (error) => log.warn({ error }, 'queue'))
    undo.push(queue.close)
    const origin = parts.origin ?? `http://${parts.host}:${parts.port}`
    const { enqueue } = queue
    const app: App = { db, clock, node: { origin, home }, enqueue, fetch: parts.fetch, log }
    const operatorToken = await writeOperatorToken(home)
    undo.push(() => rm(join(home, 'operator-token'), { force: true }))
    const server = await buildServer(app, endpoints, gateOf(app, operatorToken))
    const web = await loadWebApplication()
    if (web) await servePages(server, web)
    const url = await server.listen({ host: parts.host, port: parts.port })
    undo.push(() => server.close())
    await queue.work(jobHandlers(app))
    return { app, url, ...(await prepare(app)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A secret of this run, readable by whoever owns the node's folder: the local command line. */
async function writeOperatorToken(home: string): Promise<string> {
  const path = join(home, 'operator-token')
  const token = randomBytes(32).toString('base64url')
  // Made anew, so that the mode holds even where an older file was more open.
  await rm(path, { force: true })
  await writeFile(path, token, { mode: 0o600 })
  return token
}
