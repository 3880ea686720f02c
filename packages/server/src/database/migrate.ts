import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Problem } from '@tocsin/domain/problem.ts'
import pg from 'pg'

const folder = new URL('../../migrations/', import.meta.url)
const LOCK = 4850

type Migration = { readonly name: string; readonly text: string; readonly hash: string }

/** The migrations this version of the product knows, in order. */
export async function listMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** Brings the database forward, one file and one transaction at a time. There is no way back. */
export async function migrate(connectionString: string): Promise<readonly string[]> {
  const migrations = await listMigrations()
  const client = new pg.Client(connectionString)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(
      `create table if not exists migration (
        name text primary key, hash char(64) not null, ran_at timestamptz not null default now())`,
    )
    const { rows } = await client.query<{ name: string; hash: string }>(
      'select name, hash from migration',
    )
    const done = new Map(rows.map((row) => [row.name, row.hash]))
    refuseForeignHistory(done, migrations)
    const pending = migrations.filter(({ name }) => !done.has(name))
    for (const migration of pending) await run(client, migration)
    return pending.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/** A database from a newer version, or whose past was edited, must not be touched. */
export function refuseForeignHistory(
  done: ReadonlyMap<string, string>,
  migrations: readonly Migration[],
): void {
  const known = new Map(migrations.map(({ name, hash }) => [name, hash]))
  for (const [name, hash] of done) {
    if (!known.has(name)) throw new Problem('database.newer', { migration: name })
    if (known.get(name) !== hash) throw new Problem('database.altered', { migration: name })
  }
}

async function run(client: pg.Client, { name, text, hash }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into migration (name, hash) values ($1, $2)', [name, hash])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
