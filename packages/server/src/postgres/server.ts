import { spawn } from 'node:child_process'
import { appendFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@tocsin/domain/problem.ts'
import pg from 'pg'
import type { Cluster } from './cluster.ts'
import { stopServer } from './processes.ts'

/** One run of the program `postgres`. */
export type Server = {
  readonly isOver: () => boolean
  readonly ended: Promise<void>
  /** The last of what it wrote to its log. */
  readonly said: () => string
  readonly stop: () => Promise<void>
}

const START_MS = 60_000
const KEPT_CHARACTERS = 4_000
const LARGEST_LOG_BYTES = 16 * 1024 * 1024

// Small on purpose: a focal point's node shares a modest machine with other work.
const settings = [
  'shared_buffers=48MB',
  'max_parallel_workers=2',
  'jit=off',
  'max_wal_size=512MB',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
]

const CONNECTIONS = 60

/** Starts the program; it is ready only later. */
export function launch(
  { binaries, wrapper, home, connections = CONNECTIONS }: Cluster,
  data: string,
  port: number,
): Server {
  const [command = '', ...before] = [...wrapper, join(binaries, 'postgres')]
  const own = [`max_connections=${connections}`, `port=${port}`]
  const options = [...settings, ...own].flatMap((setting) => ['-c', setting])
  const child = spawn(command, [...before, '-D', data, ...options], {
    // A group of its own: Ctrl-C at the terminal reaches the node, which stops the database last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  let isOver = false
  const append = openLog(join(home, 'database.log'))
  child.stderr?.on('data', (text: Buffer) => {
    said = `${said}${text}`.slice(-KEPT_CHARACTERS)
    append(text)
  })
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      isOver = true
      resolve()
    }
    child.once('error', (error) => {
      said += error.message
      end()
    })
    // After its last word was read, where it left nobody behind who holds the pipe.
    child.once('exit', () => setTimeout(end, 20))
  })
  const stop = async () => {
    if (child.pid !== undefined) await stopServer(child.pid, () => isOver)
  }
  return { isOver: () => isOver, ended, said: () => said, stop }
}

/** Writes in order, and begins anew before the log outgrows the folder. */
function openLog(path: string): (text: Buffer) => void {
  let last: Promise<unknown> = stat(path)
    .then(({ size }) => (size > LARGEST_LOG_BYTES ? rename(path, `${path}.old`) : undefined))
    .catch(() => undefined)
  return (text) => {
    // A log that cannot be written must not stop the database.
    last = last.then(() => appendFile(path, text, { mode: 0o600 })).catch(() => undefined)
  }
}

/** Waits until the server answers and holds the product's database. */
export async function waitUntilReady(server: Server, url: string, folder: string): Promise<void> {
  const admin = Object.assign(new URL(url), { pathname: 'postgres' }).href
  for (let waited = 0; waited < START_MS && !server.isOver(); waited += 25) {
    const answer = await createDatabase(admin)
    if (answer === 'made') return
    if (answer === 'password') {
      await server.stop()
      throw new Problem('node.password-lost', { file: join(folder, 'database-password') })
    }
    await sleep(25)
  }
  await server.stop()
  throw notStarted(server.said(), folder)
}

function notStarted(said: string, folder: string): Problem {
  if (said.includes('No space left on device')) return new Problem('node.disk-full', { folder })
  const reason = said.trim().split('\n').slice(-3).join(' ')
  return new Problem('node.database-not-started', { reason: reason || 'timeout' })
}

const INVALID_PASSWORD = '28P01'

/** Makes the product's database once the server answers. */
async function createDatabase(admin: string): Promise<'made' | 'later' | 'password'> {
  const client = new pg.Client({ connectionString: admin, connectionTimeoutMillis: 1_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rowCount } = await client.query(`select from pg_database where datname = 'tocsin'`)
    if (rowCount === 0) await client.query('create database tocsin')
    return 'made'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === INVALID_PASSWORD ? 'password' : 'later'
  } finally {
    await client.end().catch(() => undefined)
  }
}
