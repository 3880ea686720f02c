import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@tocsin/domain/problem.ts'
import pg from 'pg'
import type { Wrapper } from './unprivileged.ts'

export type Cluster = {
  /** Folder of the programs `initdb` and `postgres`, of any version from 15 on. */
  readonly binaries: string
  readonly wrapper: Wrapper
  /** The folder that holds `database/` and its password; made when absent. */
  readonly home: string
}

export type RunningCluster = {
  /** The owner's connection string to the database `tocsin`. */
  readonly url: string
  /** Whether a server that had lost its parent was taken over. */
  readonly adopted: boolean
  readonly stop: () => Promise<void>
}

const START_MS = 60_000
const MINIMUM_FREE_BYTES = 64 * 1024 * 1024

// Small on purpose: a focal point's node shares a modest machine with other work.
const settings = [
  'shared_buffers=48MB',
  'max_connections=60',
  'max_parallel_workers=2',
  'jit=off',
  'max_wal_size=512MB',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
]

/** Starts the cluster in `home`, making it at first; takes over one that is already running. */
export async function startCluster(cluster: Cluster): Promise<RunningCluster> {
  const data = join(cluster.home, 'database')
  await refuseFullDisk(cluster.home)
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(cluster, data)
  const password = (await readFile(join(cluster.home, 'database-password'), 'utf8')).trim()
  const running = await findRunning(data, password)
  if (running) return { url: running.url, adopted: true, stop: () => stopProcess(running.pid) }
  // Whatever this file names is no longer a server of this folder.
  await rm(join(data, 'postmaster.pid'), { force: true })
  const port = await freePort()
  const child = launch(cluster, data, port)
  const url = await waitUntilReady(child, port, password, join(cluster.home, 'database.log'))
  return { url, adopted: false, stop: () => stopChild(child, data) }
}

async function refuseFullDisk(home: string): Promise<void> {
  const { bavail, bsize } = await statfs(home)
  if (bavail * bsize < MINIMUM_FREE_BYTES) {
    throw new Problem('node.disk-full', { folder: home, megabytes: MINIMUM_FREE_BYTES / 1024 ** 2 })
  }
}

/** Makes the cluster beside its place and moves it there when whole: a half-made one never counts. */
async function initialise({ binaries, wrapper, home }: Cluster, data: string): Promise<void> {
  const draft = join(home, 'database-draft')
  await rm(draft, { recursive: true, force: true })
  const passwordFile = join(home, 'database-password')
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  const [command = '', ...before] = [...wrapper, join(binaries, 'initdb')]
  const flags = ['--username=tocsin', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const made = spawnSync(command, [
    ...before,
    ...[`--pgdata=${draft}`, '--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums'],
    ...(versionOf(binaries) >= 17 ? builtinLocale : []),
    ...flags,
  ])
  if (made.status !== 0) {
    const reason = `${made.stderr ?? ''}`.trim().split('\n').slice(-3).join(' ')
    throw new Problem('node.database-not-made', { reason })
  }
  await rename(draft, data)
}

// Without it trigram search finds nothing in Arabic, Cyrillic or Chinese.
const builtinLocale = ['--locale-provider=builtin', '--builtin-locale=PG_UNICODE_FAST']

function versionOf(binaries: string): number {
  const { stdout } = spawnSync(join(binaries, 'postgres'), ['--version'])
  return Number(/(\d+)/.exec(`${stdout}`)?.[1] ?? 0)
}

/** A server that outlived the node that started it. */
async function findRunning(
  data: string,
  password: string,
): Promise<{ readonly pid: number; readonly url: string } | undefined> {
  const lock = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const port = Number(lock.split('\n')[3])
  if (!port) return undefined
  const url = urlOf(port, password)
  const pid = await postmasterOf(url, data)
  return pid === undefined ? undefined : { pid, url }
}

/** The process to stop, if the server at this address serves this very folder. */
async function postmasterOf(url: string, data: string): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string; lock: string }>(
      `select current_setting('data_directory') as folder, pg_read_file('postmaster.pid') as lock`,
    )
    await client.end()
    if (rows[0]?.folder !== data) return undefined
    return outsidePid(data) ?? Number(rows[0].lock.split('\n')[0])
  } catch {
    return undefined
  }
}

/** The postmaster's process number as seen from here: the same, for user namespaces keep it. */
function outsidePid(data: string): number | undefined {
  const { stdout } = spawnSync('pgrep', ['-o', '-f', `postgres -D ${data}`])
  const pid = Number(`${stdout ?? ''}`.trim())
  return pid > 0 ? pid : undefined
}

const urlOf = (port: number, password: string): string =>
  `postgres://tocsin:${encodeURIComponent(password)}@127.0.0.1:${port}/tocsin`

function launch({ binaries, wrapper, home }: Cluster, data: string, port: number): ChildProcess {
  const [command = '', ...before] = [...wrapper, join(binaries, 'postgres')]
  const options = [...settings, `port=${port}`].flatMap((setting) => ['-c', setting])
  const child = spawn(command, [...before, '-D', data, ...options], {
    // A group of its own: Ctrl-C at the terminal reaches the node, which stops the database last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const log = join(home, 'database.log')
  child.stderr?.on('data', (text: Buffer) => void appendFile(log, text).catch(() => undefined))
  return child
}

async function waitUntilReady(
  child: ChildProcess,
  port: number,
  password: string,
  log: string,
): Promise<string> {
  const url = urlOf(port, password)
  const admin = Object.assign(new URL(url), { pathname: 'postgres' }).href
  let ended: string | undefined
  child.once('error', (error) => {
    ended = error.message
  })
  child.once('exit', (code) => {
    ended ??= `code ${code}`
  })
  const deadline = Date.now() + START_MS
  while (Date.now() < deadline && ended === undefined) {
    if (await createDatabase(admin)) return url
    await sleep(25)
  }
  const written = await readFile(log, 'utf8').catch(() => '')
  const reason = written.trim().split('\n').slice(-3).join(' ')
  throw new Problem('node.database-not-started', { reason: reason || (ended ?? 'timeout') })
}

/** Whether the server answers; makes the product's database when it does. */
async function createDatabase(admin: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: admin, connectionTimeoutMillis: 1_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rowCount } = await client.query(`select from pg_database where datname = 'tocsin'`)
    if (rowCount === 0) await client.query('create database tocsin')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function stopChild(child: ChildProcess, data: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  await Promise.race([ended, sleep(10_000)])
  await rm(join(data, '..', 'database-draft'), { recursive: true, force: true })
}

/** SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, everything is kept. */
async function stopProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT')
  for (let waited = 0; waited < 10_000 && isAlive(pid); waited += 50) await sleep(50)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
