import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import { firstLine } from '../src/backup/container.ts'

/** Runs one piece of work as whoever the address names. */
export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  return work(client).finally(() => client.end())
}

export const ask = (url: string, statement: string) =>
  asOwner(url, async (client) => (await client.query({ text: statement, rowMode: 'array' })).rows)

/** A database in which nothing was ever made. */
export async function createEmptyDatabase(owner?: string): Promise<string> {
  const adminUrl = inject('adminUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await ask(adminUrl, `create database ${name} ${owner ? `owner ${owner}` : ''}`)
  onTestFinished(async () => {
    await ask(adminUrl, `drop database ${name} with (force)`)
  })
  return Object.assign(new URL(adminUrl), { pathname: name }).href
}

/** A folder of the test's own. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const tablesOf = `select format('%I.%I', schemaname, tablename) from pg_tables
  where schemaname = 'public' or schemaname = 'pgboss' and tablename in ('queue', 'job_common')
  order by 1`

/** Every row of every table a backup keeps, as text. */
export async function readRows(url: string): Promise<Readonly<Record<string, readonly string[]>>> {
  return asOwner(url, async (client) => {
    await client.query(`set timezone = 'UTC'`)
    const tables = (await client.query({ text: tablesOf, rowMode: 'array' })).rows.flat()
    const read: Record<string, readonly string[]> = {}
    for (const table of tables) {
      const { rows } = await client.query({
        text: `select t::text from ${table} t order by 1`,
        rowMode: 'array',
      })
      read[table] = rows.flat()
    }
    return read
  })
}

/** Every constraint, rule of access and trigger, in words. */
export const readStructure = (url: string) =>
  ask(
    url,
    `select conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
       from pg_constraint where connamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
     union all
     select oid::regclass::text, relrowsecurity::text, relforcerowsecurity::text
       from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
     union all
     select polrelid::regclass::text, polname::text, polcmd::text from pg_policy
     union all
     select tgrelid::regclass::text, tgname::text, tgenabled::text
       from pg_trigger where not tgisinternal
     order by 1, 2, 3`,
  )

/** A backup that somebody made by hand: its seal is right, whatever is inside. */
export async function sealByHand(file: string, frames: readonly Buffer[]): Promise<void> {
  const body = Buffer.concat([Buffer.from(firstLine), gzipSync(Buffer.concat(frames))])
  await writeFile(file, Buffer.concat([body, createHash('sha256').update(body).digest()]))
}

/** The database as PostgreSQL's own program writes it out, in plain text. */
export async function dump(url: string): Promise<string> {
  const largest = { maxBuffer: 1024 ** 3 }
  return (await promisify(execFile)('pg_dump', ['--dbname', url], largest)).stdout
}

export const readText = (path: string): Promise<string> => readFile(path, 'utf8')
