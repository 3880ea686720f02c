import type { Actor } from '@tocsin/domain/actor.ts'
import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase, type Tx } from '../src/database/database.ts'
import { actorArbitrary, type Facts, factsArbitrary, type TableRule } from './access-facts.ts'
import { tableRules } from './access-table.ts'
import { agendaTableRules } from './agenda-access-table.ts'
import { attachmentTableRules } from './attachment-access-table.ts'
import { consultationTableRules } from './consultation-access-table.ts'
import { deskTableRules } from './desk-access-table.ts'
import { docketTableRules } from './docket-access-table.ts'
import { exchangeTableRules } from './exchange-access-table.ts'
import { figureTableRules } from './figure-access-table.ts'
import { liaisonTableRules } from './liaison-access-table.ts'
import { logTableRules } from './log-access-table.ts'
import { networkTableRules } from './network-access-table.ts'
import { planTableRules } from './plan-access-table.ts'
import { sharingTableRules } from './sharing-access-table.ts'
import { createDatabase } from './template-database.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import { withdrawalTableRules } from './withdrawal-access-table.ts'

const REFUSED = '42501'
const ROWS = 8

/** Rows of one table with the facts they were made from, by key. */
type Loaded = {
  readonly rule: TableRule
  readonly rows: ReadonlyMap<string, { readonly facts: Facts; readonly row: object }>
}

const allRules = [
  ...tableRules,
  ...figureTableRules,
  ...docketTableRules,
  ...deskTableRules,
  ...networkTableRules,
  ...sharingTableRules,
  ...withdrawalTableRules,
  ...exchangeTableRules,
  ...logTableRules,
  ...attachmentTableRules,
  ...consultationTableRules,
  ...planTableRules,
  ...agendaTableRules,
  ...liaisonTableRules,
]

async function withOwner<T>(
  node: Pick<TestNode, 'databaseUrl'>,
  work: (owner: pg.Client) => Promise<T>,
): Promise<T> {
  const owner = new pg.Client(node.databaseUrl)
  await owner.connect()
  return work(owner).finally(() => owner.end())
}

/** The tables of a node that does not run: no round of its own takes up rows that stand for nothing. */
async function openUnattended() {
  const { url: databaseUrl, drop } = await createDatabase()
  const db = openDatabase(databaseUrl)
  onTestFinished(async () => {
    await db.close()
    await drop()
  })
  return { databaseUrl, db }
}

/** Leaves only the access rules: any row may then stand alone, whoever it refers to. */
async function dropReferences(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ statement: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  for (const { statement } of rows) await owner.query(statement)
  // A matter has one draft of a note; here each row stands for another matter's.
  await owner.query('drop index one_draft')
}

async function load(owner: pg.Client, drawn: readonly Facts[]): Promise<readonly Loaded[]> {
  const loaded = allRules.map((rule) => {
    const made = drawn.map((facts) => ({ facts, row: rule.row(facts) }))
    return { rule, rows: new Map(made.map((one) => [String(one.row[rule.key]), one])) }
  })
  for (const { rule, rows } of loaded) {
    const { table } = rule
    // Only in this test: the owner may put rows that nobody could have written.
    await owner.query(`alter table ${table} no force row level security`)
    await owner.query(`delete from ${table}`)
    await owner.query(
      `insert into ${table} overriding system value select * from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify([...rows.values()].map(({ row }) => row))],
    )
    await owner.query(`alter table ${table} force row level security`)
  }
  return loaded
}

/** Runs a statement and takes it back; undefined when the application may never do such a thing. */
async function attempt(tx: Tx, statement: string): Promise<readonly string[] | undefined> {
  await sql`savepoint attempt`.execute(tx)
  try {
    const { rows } = await sql.raw<{ key: string }>(statement).execute(tx)
    return rows.map(({ key }) => key)
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === REFUSED) return undefined
    throw error
  } finally {
    await sql`rollback to savepoint attempt`.execute(tx)
  }
}

const sorted = (keys: Iterable<string>): string[] => [...keys].sort()

/** Compares both rules for one actor and one table, for each act; answers how many pairs. */
async function compare(tx: Tx, actor: Actor, { rule, rows }: Loaded): Promise<number> {
  const { table, key, touch } = rule
  const allowed = (may: TableRule['read']) =>
    sorted([...rows].filter(([, { facts }]) => may(actor, facts)).map(([id]) => id))
  const both = (may: TableRule['read']) =>
    allowed((who, facts) => rule.read(who, facts) && may(who, facts))
  const seen = await attempt(tx, `select ${key}::text as key from ${table}`)
  expect(sorted(seen ?? []), `reading ${table}`).toEqual(allowed(rule.read))

  const returning = `returning ${key}::text as key`
  const changed = await attempt(tx, `update ${table} set ${touch} = ${touch} ${returning}`)
  const removed = await attempt(tx, `delete from ${table} ${returning}`)
  for (const [act, reached, may] of [
    ['changing', changed, rule.update],
    ['removing', removed, rule.remove],
  ] as const) {
    const expected = may ? both(may) : []
    expect(sorted(reached ?? []), `${act} ${table}`).toEqual(expected)
  }
  for (const { facts } of rows.values()) {
    const isIn = await insertOne(tx, rule, facts)
    expect(isIn, `adding to ${table}`).toBe(rule.insert?.(actor, facts) ?? false)
  }
  return rows.size * 4
}

async function insertOne(tx: Tx, rule: TableRule, facts: Facts): Promise<boolean> {
  const { table, key } = rule
  const fresh = { ...rule.row(facts) }
  // A key that is also a person or an organisation is in use: the rule must not depend on it.
  if (
    [
      'organisation',
      'person',
      'password',
      'authenticator',
      'vintage',
      'matter',
      'heartbeat',
      'blob',
      'blob_piece',
    ].includes(table)
  ) {
    fresh[key] = crypto.randomUUID()
  }
  const literal = `'${JSON.stringify(fresh).replaceAll("'", "''")}'`
  const done = await attempt(
    tx,
    `insert into ${table} overriding system value
      select * from jsonb_populate_record(null::${table}, ${literal})`,
  )
  return done !== undefined
}

describe('row-level security and the pure rules', () => {
  test('let every actor read, add, change and remove exactly the same rows', async () => {
    const node = await openUnattended()
    await withOwner(node, dropReferences)
    let pairs = 0
    const world = fc.record({
      drawn: fc.array(factsArbitrary, { minLength: ROWS, maxLength: ROWS }),
      actors: fc.array(actorArbitrary, { minLength: 8, maxLength: 8 }),
    })
    await fc.assert(
      fc.asyncProperty(world, async ({ drawn, actors }) => {
        const loaded = await withOwner(node, (owner) => load(owner, drawn))
        for (const actor of actors) {
          await node.db.as(actor, async (tx) => {
            for (const one of loaded) pairs += await compare(tx, actor, one)
          })
        }
      }),
      { numRuns: 4, endOnFailure: true },
    )
    process.stdout.write(`${pairs} pairs of actor and row compared\n`)
    expect(pairs).toBeGreaterThan(10_000)
  })

  test('stand on every table of the node, for its owner too', async () => {
    const node = await startTestNode()
    const { rows } = await withOwner(node, (owner) =>
      owner.query<{ name: string; guarded: boolean }>(
        `select relname as name, relrowsecurity and relforcerowsecurity as guarded from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
      ),
    )
    const namesOf = (guarded: boolean) =>
      sorted(rows.filter((row) => row.guarded === guarded).map(({ name }) => name))
    // The head of the audit chain says nothing; the list of migrations is the owner's alone.
    expect(namesOf(false)).toEqual(['audit_head', 'migration'])
    expect(namesOf(true)).toEqual(sorted(allRules.map(({ table }) => table)))
  })

  test('let nobody in who has made no claim', async () => {
    const node = await startTestNode()
    await node.as('administrator')
    const counts = await withOwner(node, async (owner) => {
      await owner.query('set role tocsin_app')
      const found: (number | null)[] = []
      for (const { table, read } of allRules) {
        const matter = { organisation: '', audience: [], excluded: [] }
        const facts = { vintage: { id: '', redistributable: false }, matter } as never as Facts
        if (read({ kind: 'visitor' }, facts)) continue
        found.push((await owner.query(`select 1 from ${table}`)).rowCount)
      }
      return found
    })
    expect(new Set(counts)).toEqual(new Set([0]))
  })
})
