import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { operator } from '@tocsin/domain/actor.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { recordAudit } from '../src/audit/audit.ts'
import { checkBackup } from '../src/backup/check.ts'
import { backUpNode, restoreNode } from '../src/backup/commands.ts'
import { makeBackup } from '../src/backup/make.ts'
import { restoreBackup } from '../src/backup/restore.ts'
import { listMigrations, migrate } from '../src/database/migrate.ts'
import { runNode } from '../src/node.ts'
import { factsArbitrary } from './access-facts.ts'
import { tableRules } from './access-table.ts'
import {
  ask,
  asOwner,
  createEmptyDatabase,
  makeFolder,
  readRows,
  readStructure,
  readText,
} from './backup-places.ts'
import { startTestNode, type TestNode } from './test-node.ts'

/** A node that people use: an edition, roles in two organisations, keys and a provider's secret. */
async function startUsedNode(): Promise<TestNode> {
  const node = await startTestNode()
  await node.as('focal-point', 'elsewhere')
  await writeFile(join(node.home, 'identity-key'), 'a key')
  await mkdir(join(node.home, 'providers'))
  await writeFile(join(node.home, 'providers', 'one.secret'), 'a secret')
  return node
}

const back = async (node: TestNode) => {
  const file = join(await makeFolder(), 'node.backup')
  const source = { databaseUrl: node.databaseUrl, home: node.home, product: '0' }
  return { file, facts: await makeBackup(source, file) }
}

type Rows = Readonly<Record<string, readonly string[]>>

/** The rows that a restored node keeps: without those of who is signed in. */
function withoutPassing({ 'public.session': _, 'public.ceremony': __, ...rows }: Rows): Rows {
  return rows
}

describe('a backup', () => {
  test('brings everything back: each row, each rule, the keys; and nobody is signed in', async () => {
    const node = await startUsedNode()
    const administrator = await node.as('administrator')
    const { file, facts } = await back(node)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const [rows, structure] = [
      await readRows(node.databaseUrl),
      await readStructure(node.databaseUrl),
    ]
    expect(rows['public.session']).not.toEqual([])
    expect(rows['public.risk_edition']).not.toEqual([])

    const [databaseUrl, home] = [await createEmptyDatabase(), await makeFolder()]
    expect(await restoreBackup({ databaseUrl, home, replace: false }, file)).toEqual(facts)
    const restored = await readRows(databaseUrl)
    expect(restored).toEqual({
      ...withoutPassing(rows),
      'public.session': [],
      'public.ceremony': [],
      // The node's heart beats on between the file and the look at the rows.
      'public.heartbeat': expect.any(Array),
    })
    expect(await readStructure(databaseUrl)).toEqual(structure)
    expect(await readText(join(home, 'identity-key'))).toBe('a key')
    expect(await readText(join(home, 'providers', 'one.secret'))).toBe('a secret')
    expect((await stat(join(home, 'identity-key'))).mode & 0o777).toBe(0o600)
    expect((await readdir(home)).sort()).toEqual(['identity-key', 'providers', 'restored.json'])

    const again = await runNode({
      ...{ home, databaseUrl, host: '127.0.0.1', port: 0, origin: undefined },
      ...{ clock: systemClock, channels: {}, fetch, log: node.app.log },
    })
    onTestFinished(again.stop)
    expect(again.setUpLink).toBeUndefined()
    const authorization = `Bearer ${await readText(join(home, 'operator-token'))}`
    const verified = await fetch(`${again.url}/api/audit/verify`, { headers: { authorization } })
    expect(await verified.json()).toMatchObject({ fault: null })
    const cookie = [...administrator.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const session = await fetch(`${again.url}/api/session`, { headers: { cookie } })
    expect(JSON.stringify(await session.json())).not.toContain(administrator.person)
  })

  test('taken while people write holds one moment: the chain ends where its head says', async () => {
    const node = await startTestNode()
    const { app } = node
    let [isOver, written] = [false, 0]
    const writing = Array.from({ length: 4 }, async (_, writer) => {
      while (!isOver) {
        const deed = { at: app.clock(), actor: operator, act: 'test.wrote', subject: `${writer}` }
        await app.db.as(operator, (tx) => recordAudit(tx, deed))
        written += 1
      }
    })
    await expect.poll(() => written).toBeGreaterThan(20)
    const { file } = await back(node)
    isOver = true
    await Promise.all(writing)
    const databaseUrl = await createEmptyDatabase()
    await restoreBackup({ databaseUrl, home: await makeFolder(), replace: false }, file)
    const [[head, last, count] = []] = await ask(
      databaseUrl,
      `select hash, (select hash from audit_entry order by seq desc limit 1),
        (select count(*) from audit_entry) from audit_head`,
    )
    expect(last).toBe(head)
    expect(count).toBeGreaterThan(20)
    expect(count).toBeLessThanOrEqual(written)
  })

  test('holds every table where the owner is no superuser and policies bind', async () => {
    const name = `limited_${Date.now()}_${process.pid}`
    const databaseUrl = await createEmptyDatabase()
    const database = new URL(databaseUrl).pathname.slice(1)
    await asOwner(databaseUrl, async (admin) => {
      await admin.query(`create role ${name} login createrole password 'limited'`)
      await admin.query(`grant tocsin_app to ${name} with admin option`)
      await admin.query(`alter database ${database} owner to ${name}`)
    })
    onTestFinished(async () => {
      await ask(databaseUrl, `drop owned by ${name} cascade`)
      await ask(databaseUrl, `alter database ${database} owner to current_user`)
      await ask(databaseUrl, `drop role ${name}`)
    })
    const limited = Object.assign(new URL(databaseUrl), {
      username: name,
      password: 'limited',
    }).href
    await migrate(limited)
    const facts = fc.sample(factsArbitrary, { numRuns: 3, seed: 5 })
    await asOwner(databaseUrl, async (admin) => {
      await admin.query(`set session_replication_role = 'replica'`)
      for (const { table, row, key } of tableRules) {
        const made = new Map(facts.map((one) => [String(row(one)[key]), row(one)]))
        await admin.query(`delete from ${table}`)
        await admin.query(
          `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)
            on conflict do nothing`,
          [JSON.stringify([...made.values()])],
        )
      }
    })
    const { 'public.migration': _, ...rows } = withoutPassing(await readRows(databaseUrl))
    for (const { table } of tableRules) expect(rows[`public.${table}`], table).not.toEqual([])
    const file = join(await makeFolder(), 'limited.backup')
    const source = { databaseUrl: limited, home: await makeFolder(), product: '0' }
    const made = await makeBackup(source, file)
    expect(made.rows).toBe(Object.values(rows).flat().length)
  })

  test('of an earlier version comes back as that version, and the next start brings it forward', async () => {
    const databaseUrl = await createEmptyDatabase()
    const [first, second] = await listMigrations()
    await asOwner(databaseUrl, async (client) => {
      await client.query(
        `create table migration (
          name text primary key, hash char(64) not null, ran_at timestamptz not null default now())`,
      )
      for (const migration of [first, second]) {
        await client.query(migration?.text ?? '')
        await client.query('insert into migration (name, hash) values ($1, $2)', [
          migration?.name,
          migration?.hash,
        ])
      }
    })
    const file = join(await makeFolder(), 'early.backup')
    await makeBackup({ databaseUrl, home: await makeFolder(), product: '0' }, file)
    const later = await createEmptyDatabase()
    await restoreBackup({ databaseUrl: later, home: await makeFolder(), replace: false }, file)
    expect(await readRows(later)).toMatchObject(await readRows(databaseUrl))
    expect(await migrate(later)).toEqual((await listMigrations()).slice(2).map(({ name }) => name))
  })

  test('is noted in the audit log and in the folder, and never takes the place of another', async () => {
    const node = await startTestNode()
    const { home, databaseUrl } = node
    const file = join(await makeFolder(), 'node.backup')
    const facts = await backUpNode({ home, databaseUrl }, file, '0')
    const note = JSON.parse(await readText(join(home, 'last-backup.json')))
    expect(note).toEqual({ ...facts, file })
    const acts = await ask(databaseUrl, `select act, subject from audit_entry order by seq desc`)
    expect(acts[0]).toEqual(['node.backed-up', 'node.backup'])
    await expect(backUpNode({ home, databaseUrl }, file, '0')).rejects.toMatchObject({
      code: 'backup.exists',
    })
    expect((await checkBackup(file)).facts).toEqual(facts)
  })

  test('leaves nothing where it cannot be written, and says why', async () => {
    const { home, databaseUrl } = await startTestNode()
    const folder = await makeFolder()
    const file = join(folder, 'no-such-folder', 'node.backup')
    await expect(makeBackup({ home, databaseUrl, product: '0' }, file)).rejects.toMatchObject({
      code: 'backup.not-written',
      details: { reason: 'ENOENT' },
    })
    expect(await readdir(folder)).toEqual([])
  })

  test('of a node that was never started does not exist', async () => {
    const [databaseUrl, home] = [await createEmptyDatabase(), await makeFolder()]
    const file = join(home, '..', 'nothing.backup')
    await expect(makeBackup({ databaseUrl, home, product: '0' }, file)).rejects.toMatchObject({
      code: 'backup.nothing',
    })
  })
})

describe('restoring', () => {
  test('does not touch a node that holds records unless it is told to', async () => {
    const [node, other] = [await startUsedNode(), await startUsedNode()]
    const { file } = await back(node)
    const { databaseUrl, home } = other
    await ask(databaseUrl, 'select 1')
    // All but the node's heart, which beats on.
    const read = async () => ({ ...(await readRows(databaseUrl)), 'public.heartbeat': [] })
    const before = await read()
    await expect(restoreNode({ databaseUrl, home }, file, true)).rejects.toMatchObject({
      code: 'backup.in-use',
    })
    expect(await read()).toEqual(before)
  })

  test('replaces what is there when it is told to, keys included', async () => {
    const node = await startUsedNode()
    const { file } = await back(node)
    const [databaseUrl, home] = [await createEmptyDatabase(), await makeFolder()]
    await migrate(databaseUrl)
    await writeFile(join(home, 'identity-key'), 'another key')
    await writeFile(join(home, 'later-key'), 'a key of the node that goes')
    const refused = restoreBackup({ databaseUrl, home, replace: false }, file)
    await expect(refused).rejects.toMatchObject({ code: 'backup.not-empty' })
    expect(await readText(join(home, 'identity-key'))).toBe('another key')
    await restoreNode({ databaseUrl, home }, file, true)
    expect(await readText(join(home, 'identity-key'))).toBe('a key')
    expect(await readdir(home)).not.toContain('later-key')
    const acts = await ask(databaseUrl, 'select act from audit_entry order by seq desc limit 1')
    expect(acts).toEqual([['node.restored']])
  })

  test('takes a folder that holds keys for one that is in use', async () => {
    const { file } = await back(await startTestNode())
    const [databaseUrl, home] = [await createEmptyDatabase(), await makeFolder()]
    await writeFile(join(home, 'identity-key'), 'another key')
    await expect(restoreBackup({ databaseUrl, home, replace: false }, file)).rejects.toMatchObject({
      code: 'backup.not-empty',
    })
    expect(await readRows(databaseUrl)).toEqual({})
  })
})
