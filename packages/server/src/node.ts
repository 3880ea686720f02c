import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, systemClock } from '@tocsin/domain/clock.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { serveHealth } from './alarm/health.ts'
import { SILENCE_MS } from './alarm/silence.ts'
import { startWatch } from './alarm/watch.ts'
import type { App, Log } from './app.ts'
import { openCallSheet } from './channels/call-sheet.ts'
import { holdChannels } from './channels/controls.ts'
import { openChannels } from './channels/open.ts'
import { takeReceipt } from './channels/receipts.ts'
import { openWebPush, type PushSettings } from './channels/web-push.ts'
import type { Config } from './config.ts'
import { openDatabase } from './database/database.ts'
import { migrate } from './database/migrate.ts'
import { buildServer } from './http/server.ts'
import { openQueue } from './jobs/queue.ts'
import { startTicker } from './jobs/ticker.ts'
import { endpoints, forget, gateOf, jobHandlers, prepare, receivers, rounds } from './main.ts'
import { loadWebApplication } from './pages/assets.ts'
import { servePages } from './pages/pages.ts'
import { explaining, openHome, startEmbedded } from './postgres/embedded.ts'
import { lockHome } from './postgres/home-lock.ts'
import { asRightless, checkOutside } from './postgres/outside.ts'

export type RunningNode = {
  readonly url: string
  /** The one-time link that makes the first administrator; absent once there is one. */
  readonly setUpLink: string | undefined
  readonly stop: () => Promise<void>
}

/** Starts a node as the configuration says, with its own database when none is given. */
export async function startNode(config: Config): Promise<RunningNode> {
  const log = pino({ level: config.logLevel, redact: ['*.password', '*.token', '*.cookie'] })
  const home = await openHome(config.home)
  const undo = [await explaining(home, () => lockHome(home))]
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const databaseUrl = await openStore(config, home, log, undo)
    await migrate(databaseUrl).catch((error) => {
      throw asRightless(error, databaseUrl)
    })
    const channels = openChannels(config, home)
    for (const channel of Object.values(channels)) undo.push(channel.close)
    const parts = { home, databaseUrl, clock: systemClock, fetch, channels, log }
    const push = config.channels?.push
    const node = await runNode({ ...config, ...parts, ...(push && { push }) })
    undo.push(node.stop)
    undo.push(startWatch({ databaseUrl, mail: config.mail, silenceMs: SILENCE_MS }, log))
    return { ...node, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The database that was named, looked at first; or the node's own, started. */
async function openStore(
  { databaseUrl }: Config,
  home: string,
  log: Log,
  undo: (() => Promise<void>)[],
): Promise<string> {
  if (databaseUrl) {
    await checkOutside(databaseUrl)
    return databaseUrl
  }
  const onRestart = () => log.error({}, 'the database ended and is started again')
  const embedded = await startEmbedded(home, onRestart)
  undo.push(embedded.stop)
  return embedded.url
}

type Parts = Pick<Config, 'home' | 'host' | 'port' | 'origin'> & {
  /** A migrated database. */
  readonly databaseUrl: string
  readonly clock: Clock
  readonly fetch: typeof fetch
  /** The ways by which notices leave that reach out by settings of their own. */
  readonly channels: App['channels']
  /** Which push services are spoken to; without it no devices are told. */
  readonly push?: PushSettings
  readonly log: Log
}

/** How long the node rests between two rounds of its clocks and notices. */
const ROUND_MS = 2_000

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
    const node = { origin, home }
    const channels = holdChannels(
      { db, clock },
      {
        ...parts.channels,
        'call-sheet': openCallSheet(),
        ...(parts.push && { 'web-push': openWebPush(parts.push, { db, clock, ...node }) }),
      },
    )
    const app: App = { db, clock, node, enqueue, fetch: parts.fetch, channels, receivers, log }
    await forget(app)
    const operatorToken = await writeOperatorToken(home)
    undo.push(() => rm(join(home, 'operator-token'), { force: true }))
    const server = await buildServer(app, endpoints, gateOf(app, operatorToken))
    serveHealth(server, db)
    const web = await loadWebApplication()
    if (web) await servePages(app, server, web)
    const url = await server.listen({ host: parts.host, port: parts.port }).catch((error) => {
      throw notListening(error, parts)
    })
    // On whatever port was free: only now does the node know where it is reached.
    if (parts.origin === undefined && parts.port === 0) node.origin = url
    undo.push(() => closeServer(server))
    for (const { listen } of Object.values(channels)) {
      listen?.((receipt) => takeReceipt(app, receipt))
    }
    await queue.work(jobHandlers(app))
    const prepared = await prepare(app)
    undo.push(startTicker(rounds(app), ROUND_MS, (error) => log.warn({ error }, 'round')))
    return { app, url, ...prepared, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** How long what is being answered may still take when a node stops. */
const LAST_ANSWERS_MS = 5_000

/** A link that broke in the middle of a request must not keep the node from stopping. */
async function closeServer(server: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => server.server.closeAllConnections(), LAST_ANSWERS_MS)
  await server.close().finally(() => clearTimeout(cut))
}

function notListening(error: unknown, { host, port }: Pick<Config, 'host' | 'port'>): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new Problem('node.port-in-use', { port: String(port) }, { cause: error })
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Problem('node.address-refused', { host, port: String(port) }, { cause: error })
  }
  return error
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
