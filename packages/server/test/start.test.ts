import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { birthOf, isAlive } from '../src/postgres/processes.ts'
import { endDatabase, freePort, startNodeProcess, tocsin } from './node-process.ts'

/*
 * A node as a process of its own, on its own PostgreSQL, and everything that may have happened to it
 * before it starts. The tests share one home, whose path has spaces in it.
 */

let home = ''
beforeAll(async () => {
  home = join(await mkdtemp(join(tmpdir(), 'tocsin start ')), 'the home')
})
afterAll(async () => {
  await endDatabase(home)
  await rm(join(home, '..'), { recursive: true, force: true })
})

/** An answer that needs the database. */
const answers = async (url: string): Promise<boolean> =>
  (await fetch(`${url}/api/countries`).catch(() => undefined))?.ok === true

describe('a node', { timeout: 180_000 }, () => {
  test('starts in a folder that is not there yet, past a half-made database, and stops clean', async () => {
    await mkdir(join(home, 'database-draft', 'base'), { recursive: true })
    const node = await startNodeProcess(home)
    expect(await answers(node.url)).toBe(true)
    for (const secret of ['database-password', 'operator-token', 'node.pid']) {
      expect((await stat(join(home, secret))).mode & 0o077, secret).toBe(0)
    }
    const database = node.databasePid()
    expect(await node.stop()).toMatchObject({ code: 0, err: '' })
    expect(isAlive(database)).toBe(false)
    await expect(stat(join(home, 'operator-token'))).rejects.toThrow(/ENOENT/)
  })

  test('does not start twice on one folder, and leaves the first one in peace', async () => {
    const node = await startNodeProcess(home)
    const second = await tocsin(['start'], {
      environment: { TOCSIN_HOME: home, TOCSIN_PORT: String(await freePort()) },
    })
    expect(second).toEqual({
      code: 2,
      out: '',
      err: `A node already runs on ${home}, as process ${node.pid}.\n`,
    })
    expect(await answers(node.url)).toBe(true)
    await node.stop()
  })

  test('says that its port is in use, and leaves no database running', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    onTestFinished(() => void other.close())
    const { code, err } = await tocsin(['start'], {
      environment: { TOCSIN_HOME: home, TOCSIN_PORT: String(port) },
    })
    expect(code).toBe(2)
    expect(err).toBe(
      `Port ${port} is in use by another program. Stop that program, or set TOCSIN_PORT to another port.\n`,
    )
    await expect(stat(join(home, 'database', 'postmaster.pid'))).rejects.toThrow(/ENOENT/)
  })

  test('says that an address is not of this machine', async () => {
    const { code, err } = await tocsin(['start'], {
      environment: { TOCSIN_HOME: home, TOCSIN_HOST: '192.0.2.1' },
    })
    expect(code).toBe(2)
    expect(err).toMatch(/^The node cannot listen on 192\.0\.2\.1, port 4850\. [^\n]*\n$/)
  })

  test('killed, leaves a database without a parent, which the next start ends', async () => {
    const node = await startNodeProcess(home)
    const orphan = node.databasePid()
    await node.kill()
    expect(isAlive(orphan)).toBe(true)
    const next = await startNodeProcess(home)
    expect(birthOf(orphan)).toBeUndefined()
    expect(await answers(next.url)).toBe(true)
    await next.stop()
  })

  test('starts past locks whose numbers other programs have now', async () => {
    const node = await startNodeProcess(home)
    const lock = await readFile(join(home, 'database', 'postmaster.pid'), 'utf8')
    await node.stop()
    await writeFile(
      join(home, 'database', 'postmaster.pid'),
      lock.replace(/^\d+/, `${process.pid}`),
    )
    await writeFile(join(home, 'node.pid'), `${process.pid}\nborn at another time\n`)
    const next = await startNodeProcess(home)
    expect(await answers(next.url)).toBe(true)
    await next.stop()
  })

  test('starts its database again when that is killed', async () => {
    const node = await startNodeProcess(home)
    const killed = node.databasePid()
    process.kill(killed, 'SIGKILL')
    await expect.poll(() => node.databasePid(), { timeout: 60_000 }).not.toBe(killed)
    await expect.poll(() => answers(node.url), { timeout: 60_000 }).toBe(true)
    const database = node.databasePid()
    expect((await node.stop()).code).toBe(0)
    expect(isAlive(database)).toBe(false)
  })

  test('whose database and process were killed at once starts clean', async () => {
    const node = await startNodeProcess(home)
    process.kill(node.databasePid(), 'SIGKILL')
    await node.kill()
    const next = await startNodeProcess(home)
    expect(await answers(next.url)).toBe(true)
    await next.stop()
  })

  test('says which file it misses when the password of its database is gone', async () => {
    const file = join(home, 'database-password')
    await rename(file, `${file}.aside`)
    const environment = { TOCSIN_HOME: home }
    const lost = await tocsin(['start'], { environment })
    expect(lost.code).toBe(2)
    expect(lost.err).toMatch(/^The file [^\n]*database-password is missing[^\n]*\n$/)
    await writeFile(file, 'another\n')
    const wrong = await tocsin(['start'], { environment })
    expect(wrong.code).toBe(2)
    expect(wrong.err).toBe(lost.err)
    await rename(`${file}.aside`, file)
  })

  test('tells the doctor that its database hangs', async () => {
    const node = await startNodeProcess(home)
    process.kill(node.databasePid(), 'SIGSTOP')
    onTestFinished(() => endDatabase(home))
    const { code, out } = await tocsin(['doctor'], { environment: { TOCSIN_HOME: home } })
    expect(code).toBe(2)
    expect(out).toContain(
      `✗ The database runs as process ${node.databasePid()} but does not answer`,
    )
    process.kill(node.databasePid(), 'SIGCONT')
    await node.stop()
  })

  test('is backed up while it runs and while it does not, and restored on another folder', async () => {
    const folder = join(home, '..')
    const environment = { TOCSIN_HOME: home, TOCSIN_PORT: String(await freePort()) }
    const node = await startNodeProcess(home)
    const live = await tocsin(['backup', join(folder, 'live.backup')], { environment })
    expect(live).toMatchObject({ code: 0, err: '' })
    const refused = await tocsin(['restore', join(folder, 'live.backup')], { environment })
    expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/^A node already runs/) })
    await node.stop()
    const asleep = await tocsin(['backup', join(folder, 'asleep.backup')], { environment })
    expect(asleep).toMatchObject({ code: 0, err: '' })
    const other = { TOCSIN_HOME: join(folder, 'other home') }
    const run = { environment: { ...environment, ...other } }
    for (const name of ['live', 'asleep']) {
      const file = join(folder, `${name}.backup`)
      const checked = await tocsin(['backup', '--check', '--json', file], run)
      expect(JSON.parse(checked.out)).toMatchObject({ file, tables: expect.any(Number) })
      expect(await tocsin(['restore', '--replace', file], run)).toMatchObject({ code: 0, err: '' })
    }
    const restored = await startNodeProcess(other.TOCSIN_HOME)
    expect(await answers(restored.url)).toBe(true)
    await restored.stop()
  })
})
