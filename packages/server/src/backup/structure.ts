import { Problem } from '@tocsin/domain/problem.ts'
import type pg from 'pg'
import { getConstructionPlans } from 'pg-boss'
import { listMigrations } from '../database/migrate.ts'
import type { Header, TableSection } from './contents.ts'
import { quote } from './tables.ts'

const ours = `n.nspname in ('public', 'pgboss') and not exists (select from pg_depend d
  where d.objid = o.oid and d.deptype in ('e', 'i'))`

/** Whether nothing was ever made in this database. */
export async function isEmpty(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_class o join pg_namespace n on n.oid = o.relnamespace
     where o.relkind in ('r', 'p', 'v', 'm') and ${ours} limit 1`,
  )
  return rowCount === 0
}

/** Removes what the product made, and leaves extensions and the schema `public` where they are. */
export async function emptyDatabase(client: pg.Client): Promise<void> {
  await client.query('drop schema if exists pgboss cascade')
  await client.query(`do $$
    declare thing text;
    begin
      for thing in
        select format('drop %s if exists %s cascade',
            case o.relkind when 'v' then 'view' when 'm' then 'materialized view'
              when 'S' then 'sequence' else 'table' end, o.oid::regclass)
          from pg_class o join pg_namespace n on n.oid = o.relnamespace
          where o.relkind in ('r', 'p', 'v', 'm', 'S') and ${ours}
        union all
        select format('drop routine if exists %s cascade', o.oid::regprocedure)
          from pg_proc o join pg_namespace n on n.oid = o.pronamespace where ${ours}
        union all
        select format('drop type if exists %s cascade', o.oid::regtype)
          from pg_type o join pg_namespace n on n.oid = o.typnamespace
          where o.typtype in ('e', 'd') and ${ours}
      loop
        execute thing;
      end loop;
    end $$`)
}

/** Makes the tables as they were when the backup was made, and the queue's own. */
export async function makeTables(client: pg.Client, header: Header, file: string): Promise<void> {
  const known = new Map((await listMigrations()).map((migration) => [migration.name, migration]))
  await client.query(
    `create table migration (
      name text primary key, hash char(64) not null, ran_at timestamptz not null default now())`,
  )
  for (const { name, hash, ranAt } of header.migrations.toSorted(byName)) {
    const migration = known.get(name)
    if (migration?.hash !== hash) throw new Problem('backup.newer', { file })
    await client.query(migration.text)
    await client.query('insert into migration (name, hash, ran_at) values ($1, $2, $3)', [
      name,
      hash,
      ranAt,
    ])
  }
  await makeQueue(client)
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1

/** The queue makes its tables in a transaction of its own; here they are part of this one. */
async function makeQueue(client: pg.Client): Promise<void> {
  const plan = getConstructionPlans('pgboss', { createSchema: false })
  const inside = plan.replace(/^\s*BEGIN;/, '').replace(/COMMIT;\s*$/, '')
  await client.query('set local role tocsin_app')
  await client.query(inside)
  await client.query('reset role')
  await client.query('set local lock_timeout = 0')
  await client.query('set local idle_in_transaction_session_timeout = 0')
}

/** What must not stand in the way of rows that arrive table by table. */
export type Bonds = { readonly undo: readonly string[] }

type Bond = { readonly loosen: string; readonly tighten: string }

/** Empties the tables and takes off foreign keys, triggers and the rule that binds their owner. */
export async function loosen(client: pg.Client, tables: readonly TableSection[]): Promise<Bonds> {
  const names = tables.map(quote)
  await client.query(`truncate ${names.join(', ')} cascade`)
  const { rows } = await client.query<Bond>(
    `select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as loosen,
       format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname,
         pg_get_constraintdef(c.oid)) as tighten
     from pg_constraint c
     where c.contype = 'f' and c.conparentid = 0 and c.conrelid = any ($1::regclass[])
     union all
     select format('alter table %s no force row level security', t.oid::regclass),
       format('alter table %s force row level security', t.oid::regclass)
     from pg_class t where t.relforcerowsecurity and t.oid = any ($1::regclass[])
     union all
     select format('alter table %s disable trigger %I', g.tgrelid::regclass, g.tgname),
       format('alter table %s enable %s trigger %I', g.tgrelid::regclass,
         case g.tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, g.tgname)
     from pg_trigger g
     where not g.tgisinternal and g.tgenabled <> 'D' and g.tgrelid = any ($1::regclass[])`,
    [names],
  )
  for (const bond of rows) await client.query(bond.loosen)
  return { undo: rows.map((bond) => bond.tighten) }
}

/** Puts them back; a row that points nowhere is found here. */
export async function tighten(client: pg.Client, { undo }: Bonds): Promise<void> {
  for (const statement of undo) await client.query(statement)
}
