import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { TableSection, Trailer } from './contents.ts'

/** Who is signed in where, and half-done sign-ins: a restored node asks everybody to sign in anew. */
const passing = ['session', 'ceremony']
/** The queue's own tables that hold work; the others say how the queue itself is doing. */
const ofQueue = ['queue', 'schedule', 'subscription', 'job_common', 'job_dependency']

export const quote = ({ schema, table }: Pick<TableSection, 'schema' | 'table'>): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`

const quoteColumns = (columns: readonly string[]): string =>
  columns.map((column) => pg.escapeIdentifier(column)).join(', ')

/** So that every PostgreSQL writes and reads the same text. */
export async function settle(client: pg.Client): Promise<void> {
  await client.query(`set local client_encoding = 'UTF8'`)
  await client.query(`set local datestyle = 'ISO, YMD'`)
  await client.query(`set local intervalstyle = 'postgres'`)
  await client.query(`set local timezone = 'UTC'`)
  await client.query(`set local bytea_output = 'hex'`)
  await client.query(`set local extra_float_digits = 1`)
  await client.query(`set local statement_timeout = 0`)
  await client.query(`set local idle_in_transaction_session_timeout = 0`)
}

/** Every table a backup keeps, with the columns that hold something of their own. */
export async function listTables(client: pg.Client): Promise<readonly TableSection[]> {
  const { rows } = await client.query<{ schema: string; table: string; columns: string[] }>(
    `select n.nspname as schema, c.relname as table,
       array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
         and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r'
       and (n.nspname = 'public' and c.relname <> all ($1) or
         n.nspname = 'pgboss' and c.relname = any ($2))
       and not exists (select from pg_depend d
         where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     group by n.nspname, c.relname
     order by n.nspname collate "C" desc, c.relname collate "C"`,
    [[...passing, 'migration'], ofQueue],
  )
  return rows.map((row) => ({ kind: 'table', ...row }))
}

/** The rows of a table in PostgreSQL's text form, one line a row. */
export function copyOut(client: pg.Client, table: TableSection): AsyncIterable<Buffer> {
  return client.query(
    copyTo(`copy (select ${quoteColumns(table.columns)} from ${quote(table)}) to stdout`),
  )
}

/** The statement that takes such lines. */
export const copyInStatement = (table: TableSection): string =>
  `copy ${quote(table)} (${quoteColumns(table.columns)}) from stdin`

/** Where each counter stands. */
export async function readSequences(client: pg.Client): Promise<Trailer['sequences']> {
  const { rows } = await client.query<{ schema: string; sequence: string }>(
    `select schemaname as schema, sequencename as sequence from pg_sequences
     where schemaname = 'public' order by sequencename`,
  )
  const found: Trailer['sequences'] = []
  for (const { schema, sequence } of rows) {
    const read = await client.query<{ value: number; called: boolean }>(
      `select last_value as value, is_called as called from ${quote({ schema, table: sequence })}`,
    )
    const [row] = read.rows
    if (row) found.push({ schema, sequence, ...row })
  }
  return found
}
