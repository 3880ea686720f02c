import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '@tocsin/domain/clock.ts'
import pg from 'pg'
import { SILENCE_MS } from '../alarm/silence.ts'
import type { Config } from '../config.ts'
import { listMigrations, refuseForeignHistory } from '../database/migrate.ts'
import { findServer, readLock } from '../postgres/address.ts'
import { findHolder } from '../postgres/home-lock.ts'
import { checkOutside } from '../postgres/outside.ts'
import { servesFolder } from '../postgres/processes.ts'
import { brokenBy, type Finding, finding } from './finding.ts'

const MB = 1024 ** 2
const APART_MS = 60_000

type Place = Pick<Config, 'home' | 'databaseUrl'>

/** Looks at the database as it is: starts nothing, changes nothing. */
export async function examineDatabase(place: Place, clock: Clock): Promise<readonly Finding[]> {
  try {
    const { databaseUrl, home } = place
    if (databaseUrl) await checkOutside(databaseUrl)
    const url = databaseUrl ?? (await findServer(home))
    if (!url) return [await examineSleeping(home)]
    const isRunning = (await findHolder(home)) !== undefined
    const inside = await examineInside(url, clock, isRunning)
    const isOrphan = !databaseUrl && !isRunning
    return isOrphan ? [finding('warning', 'database-orphan'), ...inside] : inside
  } catch (error) {
    return [brokenBy(error)]
  }
}

async function examineSleeping(home: string): Promise<Finding> {
  const data = join(home, 'database')
  const lock = await readLock(data)
  if (lock && servesFolder(lock.pid, data)) return finding('broken', 'database-silent', lock)
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined) return finding('good', 'database-none')
  return finding('good', 'database-asleep', { version: version.trim() })
}

async function examineInside(
  url: string,
  clock: Clock,
  isRunning: boolean,
): Promise<readonly Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin read only')
    await client.query(`select set_config('tocsin.kind', 'system', true)`)
    const { rows } = await client.query<Facts>(facts)
    const [{ version, size, now, migrated } = none] = rows
    const { host: address } = new URL(url)
    const reached = finding('good', 'database', {
      ...{ version, address },
      megabytes: Math.round(size / MB),
    })
    if (!migrated) return [reached, ...(await examineSteps([])), finding('warning', 'not-set-up')]
    const { rows: done } = await client.query<Step>('select name, hash from migration')
    return [
      reached,
      ...(await examineSteps(done)),
      await examineSetUp(client),
      await examineClock(client, now, clock),
      await examineBeats(client, isRunning),
      ...(await examineRestored(client)),
    ]
  } finally {
    await client.end()
  }
}

type Facts = {
  readonly version: string
  readonly size: number
  readonly now: Date | string
  readonly migrated: boolean
}
const none: Facts = { version: '', size: 0, now: '', migrated: false }

const facts = `select current_setting('server_version') as version,
  pg_database_size(current_database())::float8 as size, clock_timestamp() as now,
  to_regclass('public.migration') is not null as migrated`

type Step = { readonly name: string; readonly hash: string }

async function examineSteps(done: readonly Step[]): Promise<readonly Finding[]> {
  const known = await listMigrations()
  try {
    refuseForeignHistory(new Map(done.map(({ name, hash }) => [name, hash])), known)
  } catch (error) {
    return [brokenBy(error)]
  }
  const waiting = known.length - done.length
  return waiting === 0
    ? [finding('good', 'steps', { steps: done.length })]
    : [finding('warning', 'steps-waiting', { steps: waiting })]
}

async function examineSetUp(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ there: string | null }>(
    `select to_regclass('public.role_grant')::text as there`,
  )
  if (!rows[0]?.there) return finding('warning', 'not-set-up')
  const { rowCount } = await client.query(
    `select from role_grant where role = 'administrator' and revoked_at is null limit 1`,
  )
  return rowCount ? finding('good', 'set-up') : finding('warning', 'not-set-up')
}

/** Against the database's own clock, and against the last thing that was written down. */
async function examineClock(
  client: pg.Client,
  theirs: Date | string,
  clock: Clock,
): Promise<Finding> {
  const now = Date.parse(clock())
  const apart = Math.abs(now - new Date(theirs).getTime())
  if (apart > APART_MS) {
    return finding('warning', 'clock-apart', { seconds: Math.round(apart / 1000) })
  }
  const { rows } = await client.query<{ at: Date | string | null }>(
    'select max(at) as at from audit_entry',
  )
  const last = rows[0]?.at
  if (last && new Date(last).getTime() > now + APART_MS) {
    return finding('warning', 'clock-behind', { at: new Date(last).toISOString() })
  }
  return finding('good', 'clock')
}

/** Whether the node still waits, after a restore, for what its organisations had said. */
async function examineRestored(client: pg.Client): Promise<readonly Finding[]> {
  const { rows: there } = await client.query<{ there: string | null }>(
    `select to_regclass('public.awaited_answer')::text as there`,
  )
  if (!there[0]?.there) return []
  const { rows } = await client.query<{ name: string; own: boolean }>(
    `select name, state is null as own from awaited_answer
      join organisation on organisation.id = awaited_answer.organisation
      left join member on member.organisation = awaited_answer.organisation
      where state is null or state = 'pinned' order by name`,
  )
  if (!rows.some(({ own }) => own)) return []
  const names = rows.flatMap(({ name, own }) => (own ? [] : [name])).join(', ')
  return [finding('warning', 'waits-for', { names })]
}

/** Whether somebody looks after the clocks and the notices; a node that is stopped does not. */
async function examineBeats(client: pg.Client, isRunning: boolean): Promise<Finding> {
  const { rows: there } = await client.query<{ there: string | null }>(
    `select column_name as there from information_schema.columns
      where table_name = 'heartbeat' and column_name = 'seen_at'`,
  )
  if (there.length === 0) return finding('good', 'beats-none')
  const { rows } = await client.query<{ id: string; at: Date | string; ms: number }>(
    `select id, seen_at as at, extract(epoch from clock_timestamp() - seen_at)::float8 * 1000 as ms
      from heartbeat order by seen_at limit 1`,
  )
  const [last] = rows
  if (!last) return finding('good', 'beats-none')
  const at = new Date(last.at).toISOString()
  if (last.ms <= SILENCE_MS) return finding('good', 'beats', { at })
  return finding(isRunning ? 'broken' : 'warning', 'beats-late', { at, what: last.id })
}
