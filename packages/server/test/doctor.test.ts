import { chmod, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '@tocsin/domain/clock.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { backUpNode } from '../src/backup/commands.ts'
import type { Config } from '../src/config.ts'
import { examine } from '../src/doctor/examine.ts'
import { worstOf } from '../src/doctor/finding.ts'
import type { Machine } from '../src/doctor/machine.ts'
import { lockHome } from '../src/postgres/home-lock.ts'
import { ask, createEmptyDatabase, makeFolder } from './backup-places.ts'
import { startMailServer } from './mail-server.ts'
import { startTestNode, type TestNode } from './test-node.ts'

const GB = 1024 ** 3
const ample: Machine = {
  nodeVersion: '24.1.0',
  availableMemory: 4 * GB,
  freeDisk: async () => 40 * GB,
}

function configOf({ home, databaseUrl, url }: Pick<TestNode, 'home' | 'databaseUrl' | 'url'>) {
  const port = Number(new URL(url).port)
  const rest = {
    host: '127.0.0.1',
    origin: undefined,
    mail: undefined,
    logLevel: 'silent',
  } as const
  return { home, databaseUrl, port, ...rest } satisfies Config
}

/** A node that runs, in the eyes of whoever looks from outside. */
async function startNode(): Promise<TestNode> {
  const node = await startTestNode()
  onTestFinished(await lockHome(node.home))
  return node
}

const looked = async (
  config: Config,
  outside: { clock?: Clock; machine?: Partial<Machine> } = {},
) => {
  const machine = { ...ample, ...outside.machine }
  const findings = await examine(config, { ...outside, machine })
  return Object.fromEntries(findings.map(({ says, state }) => [says, state]))
}

describe('the doctor', () => {
  test('finds nothing to do on a node that is set up, backed up and answers', async () => {
    const node = await startNode()
    await node.as('administrator')
    await chmod(node.home, 0o700)
    await backUpNode(node, join(await makeFolder(), 'node.backup'), '0')
    const findings = await examine(configOf(node), { machine: ample })
    expect(findings.filter(({ state }) => state !== 'good')).toEqual([])
    expect(worstOf(findings)).toBe('good')
    expect(findings.map(({ says }) => says)).toEqual([
      ...['doctor.node-version', 'doctor.memory', 'doctor.folder', 'doctor.disk'],
      ...['doctor.database', 'doctor.steps', 'doctor.set-up', 'doctor.clock', 'doctor.beats'],
      ...['doctor.answers', 'doctor.backup'],
      ...['doctor.mail-off', 'doctor.sms-off', 'doctor.webhook-off', 'doctor.push-off'],
    ])
  })

  test('says which ways for notices are set up, and which of them do not answer', async () => {
    const mail = await startMailServer()
    const found = await examine(
      {
        ...configOf({ home: await makeFolder(), databaseUrl: '', url: 'http://h:0' }),
        mail: { url: mail.url.replace('//', '//user:hush@'), from: 'tocsin@node.example' },
        channels: { smpp: { url: 'smpp://user:hush@127.0.0.1:1' } },
      },
      { machine: ample },
    )
    const ways = found.filter(({ says }) => /doctor\.(way|.*-off)/.test(says))
    expect(ways).toEqual([
      { state: 'good', says: 'doctor.way-reached', values: { address: mail.url.slice(7) } },
      { state: 'warning', says: 'doctor.way-unreachable', values: { address: '127.0.0.1:1' } },
      { state: 'good', says: 'doctor.webhook-off', values: {} },
      { state: 'good', says: 'doctor.push-off', values: {} },
    ])
    expect(JSON.stringify(found)).not.toContain('hush')
  })

  test('changes nothing where nothing is yet, and says what the first start will do', async () => {
    const home = join(await makeFolder(), 'not', 'yet')
    const found = await looked({ ...configOf({ home, databaseUrl: '', url: 'http://h:0' }) })
    expect(found).toMatchObject({
      'doctor.folder-absent': 'good',
      'doctor.database-none': 'good',
      'doctor.not-running': 'warning',
      'doctor.backup-none': 'warning',
    })
  })

  test.each<[string, Partial<Machine>, object]>([
    ['an old Node.js', { nodeVersion: '22.18.0' }, { 'doctor.node-too-old': 'broken' }],
    ['little memory', { availableMemory: GB / 10 }, { 'doctor.memory-low': 'warning' }],
    ['little disk space', { freeDisk: async () => GB / 2 }, { 'doctor.disk-low': 'warning' }],
    ['a full disk', { freeDisk: async () => GB / 100 }, { 'problem.node.disk-full': 'broken' }],
  ])('names %s', async (_, machine, expected) => {
    const home = await makeFolder()
    const config = configOf({ home, databaseUrl: '', url: 'http://h:0' })
    expect(await looked(config, { machine })).toMatchObject(expected)
  })

  test('names a folder that others can look into', async () => {
    const home = await makeFolder()
    await chmod(home, 0o755)
    const config = configOf({ home, databaseUrl: '', url: 'http://h:0' })
    expect(await looked(config)).toMatchObject({ 'doctor.folder-open': 'warning' })
  })

  test('names a node without an administrator, and one whose tables are behind', async () => {
    const node = await startNode()
    await ask(node.databaseUrl, `delete from migration where name like '0004%'`)
    expect(await looked(configOf(node))).toMatchObject({
      'doctor.not-set-up': 'warning',
      'doctor.steps-waiting': 'warning',
      'doctor.answers': 'good',
    })
  })

  test('names a database that nobody has filled yet', async () => {
    const [home, databaseUrl] = [await makeFolder(), await createEmptyDatabase()]
    expect(await looked(configOf({ home, databaseUrl, url: 'http://h:0' }))).toMatchObject({
      'doctor.database': 'good',
      'doctor.steps-waiting': 'warning',
      'doctor.not-set-up': 'warning',
    })
  })

  test('names tables of a later version, or that another hand changed', async () => {
    const node = await startNode()
    await ask(
      node.databaseUrl,
      `update migration set hash = repeat('0', 64) where name like '0001%'`,
    )
    expect(await looked(configOf(node))).toMatchObject({ 'problem.database.altered': 'broken' })
    await ask(node.databaseUrl, `update migration set name = '9999' where name like '0001%'`)
    expect(await looked(configOf(node))).toMatchObject({ 'problem.database.newer': 'broken' })
  })

  test('names a database that does not answer, without its password', async () => {
    const home = await makeFolder()
    const databaseUrl = 'postgres://somebody:hidden@127.0.0.1:9/tocsin'
    const findings = await examine(configOf({ home, databaseUrl, url: 'http://h:0' }))
    expect(findings.map(({ says }) => says)).toContain('problem.node.database-unreachable')
    expect(JSON.stringify(findings)).not.toContain('hidden')
  })

  test('names a node that runs and does not answer, and a port that another program has', async () => {
    const node = await startTestNode()
    const config = configOf(node)
    expect(await looked(config)).toMatchObject({ 'problem.node.port-in-use': 'broken' })
    onTestFinished(await lockHome(node.home))
    expect(await looked({ ...config, port: 9 })).toMatchObject({
      'doctor.not-answering': 'broken',
    })
  })

  test('names a clock that is behind the audit log, or apart from the database', async () => {
    const node = await startNode()
    const config = configOf(node)
    const hour = 3_600_000
    const late: Clock = () => new Date(Date.now() + hour).toISOString() as ReturnType<Clock>
    expect(await looked(config, { clock: late })).toMatchObject({ 'doctor.clock-apart': 'warning' })
    await ask(
      node.databaseUrl,
      `insert into audit_entry (seq, at, actor, act, subject, details, previous, hash)
        values (1000, now() + interval '1 day', '{}', 'a', 's', '{}', '', 'h')`,
    )
    expect(await looked(config)).toMatchObject({ 'doctor.clock-behind': 'warning' })
  })

  test('names a backup that is old, and one that is gone', async () => {
    const node = await startNode()
    const file = join(await makeFolder(), 'node.backup')
    await backUpNode(node, file, '0')
    const later: Clock = () =>
      new Date(Date.parse(systemClock()) + 8 * 24 * 3_600_000).toISOString() as ReturnType<Clock>
    expect(await looked(configOf(node), { clock: later })).toMatchObject({
      'doctor.backup-old': 'warning',
    })
    await rm(file)
    expect(await looked(configOf(node))).toMatchObject({ 'doctor.backup-gone': 'warning' })
  })
})
