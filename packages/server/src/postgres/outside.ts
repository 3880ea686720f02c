import { Problem } from '@tocsin/domain/problem.ts'
import pg from 'pg'

const OLDEST = 15
const CONNECT_MS = 10_000

/** Looks whether the PostgreSQL of DATABASE_URL can carry the product, before anything touches it. */
export async function checkOutside(databaseUrl: string): Promise<void> {
  const address = new URL(databaseUrl).host
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_MS,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    throw asProblem(error, address)
  }
  try {
    await refuseOld(client, address)
    await refuseRightless(client, address)
  } finally {
    await client.end()
  }
}

/** A wrong name, password or database is told apart from no answer; neither says which it was. */
function asProblem(error: unknown, address: string): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isRefusal = code.startsWith('28') || code === '3D000' || code === '42501'
  const problem = isRefusal ? 'node.database-refused' : 'node.database-unreachable'
  return new Problem(problem, { address }, { cause: error })
}

async function refuseOld(client: pg.Client, address: string): Promise<void> {
  const { rows } = await client.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  )
  const version = rows[0]?.version ?? ''
  if (Number.parseInt(version, 10) < OLDEST) {
    throw new Problem('node.database-too-old', { address, version })
  }
}

async function refuseRightless(client: pg.Client, address: string): Promise<void> {
  const { rows } = await client.query<{ lacking: string | null }>(
    `select case
       when not has_database_privilege(current_database(), 'create') then 'CREATE ON DATABASE'
       when not has_schema_privilege('public', 'create') then 'CREATE ON SCHEMA public'
       when not r.rolsuper and not r.rolcreaterole and not exists (
         select from pg_roles a where a.rolname = 'tocsin_app'
           and pg_has_role(current_user, a.oid, 'usage')) then 'CREATEROLE'
     end as lacking
     from pg_roles r where r.rolname = current_user`,
  )
  const reason = rows[0]?.lacking
  if (reason) throw new Problem('node.database-no-rights', { address, reason })
}

/** What PostgreSQL would not let this user do, once it came to it. */
export function asRightless(error: unknown, databaseUrl: string): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== '42501') return error
  const details = { address: new URL(databaseUrl).host, reason: error.message }
  return new Problem('node.database-no-rights', details, { cause: error })
}
