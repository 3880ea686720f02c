import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@tocsin/domain/problem.ts'
import pg from 'pg'
import { servesFolder } from './processes.ts'

/** The owner's connection string to the node's own database, on the port it listens on. */
export const addressOf = (port: number, password: string): string =>
  `postgres://tocsin:${encodeURIComponent(password)}@127.0.0.1:${port}/tocsin`

/** The password that was made with the database; nothing else opens it. */
export async function readPassword(home: string): Promise<string> {
  const file = join(home, 'database-password')
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new Problem('node.password-lost', { file }, { cause: error })
  })
  return text.trim()
}

/** What the server wrote down of itself in its folder. */
export async function readLock(data: string): Promise<{ pid: number; port: number } | undefined> {
  const lock = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = lock.split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid > 0 ? { pid, port } : undefined
}

/** The address of the server that runs on this home's database now, if it lets us in. */
export async function findServer(home: string): Promise<string | undefined> {
  const data = join(home, 'database')
  const lock = await readLock(data)
  if (!lock?.port || !servesFolder(lock.pid, data)) return undefined
  const url = addressOf(lock.port, await readPassword(home))
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return url
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}
