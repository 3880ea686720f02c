import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { ask, createEmptyDatabase, makeFolder } from './backup-places.ts'
import { startNodeProcess, tocsin } from './node-process.ts'

const NOBODY = 65_534
const asRoot = process.getuid?.() === 0
/** How root runs a program as an ordinary user; an ordinary user needs nothing. */
const asOrdinary = asRoot
  ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  : []
const repository = fileURLToPath(new URL('../../../', import.meta.url))
const canBeOrdinary =
  !asRoot ||
  spawnSync('setpriv', [...asOrdinary.slice(1), 'test', '-r', join(repository, 'package.json')])
    .status === 0

/** A disk of this many megabytes, or nothing where this user may not mount one. */
function mountDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-disk-'))
  const size = `size=${megabytes}m`
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder])
  if (status === 0) return folder
  rmSync(folder, { recursive: true })
  return undefined
}

function unmount(folder: string): void {
  spawnSync('umount', ['--lazy', folder])
  rmSync(folder, { recursive: true, force: true })
}

const probe = asRoot ? mountDisk(1) : undefined
const canMount = probe !== undefined
if (probe) unmount(probe)
if (!canMount)
  process.stdout.write('Left out: full and read-only disks; only root can mount one.\n')
if (!canBeOrdinary) {
  process.stdout.write('Left out: an ordinary user, who cannot read this checkout.\n')
}

function withDisk(megabytes: number): string {
  const folder = mountDisk(megabytes) ?? ''
  onTestFinished(() => unmount(folder))
  return folder
}

/** One sentence or two on one line, no stack, and the exit code of a refusal. */
const refusal = (sentence: RegExp | string) => ({
  code: 2,
  out: '',
  err: expect.stringMatching(sentence),
})
const oneLine = /^[^\n]+\n$/

const start = async (environment: Record<string, string>) => {
  const outcome = await tocsin(['start'], {
    environment: { TOCSIN_HOME: await makeFolder(), TOCSIN_PORT: '0', ...environment },
  })
  expect(outcome.err).toMatch(oneLine)
  return outcome
}

describe('a wrong setting', () => {
  test.each([
    ['TOCSIN_PORT', 'eighty'],
    ['TOCSIN_PORT', '70000'],
    ['TOCSIN_ORIGIN', 'no address'],
    ['TOCSIN_LOG', 'everything'],
    ['TOCSIN_HOST', ''],
    ['DATABASE_URL', 'mysql://root:hidden@localhost/x'],
    ['DATABASE_URL', 'hidden'],
  ])('%s=%s is named, and its content is not repeated', async (setting, value) => {
    const outcome = await start({ [setting]: value })
    expect(outcome).toEqual(refusal(`^The setting ${setting} is not valid\\. Give `))
    if (value) expect(outcome.err).not.toContain(value)
  })
})

describe('a PostgreSQL elsewhere', () => {
  const elsewhere = (changes: Partial<Pick<URL, 'password' | 'pathname' | 'host'>>) =>
    Object.assign(new URL(inject('adminUrl')), changes)

  test('that does not answer is named by its address', async () => {
    const { href } = elsewhere({ host: '127.0.0.1:9', password: 'hidden' })
    const outcome = await start({ DATABASE_URL: href })
    expect(outcome).toEqual(refusal('^No PostgreSQL answers at 127\\.0\\.0\\.1:9\\. Check '))
    expect(outcome.err).not.toContain('hidden')
  })

  test.each([
    ['password', { password: 'wrong' }],
    ['database', { pathname: '/no_such_database' }],
  ])('that does not let us in for a wrong %s', async (_, changes) => {
    const outcome = await start({ DATABASE_URL: elsewhere(changes).href })
    expect(outcome).toEqual(refusal(' does not let this user in\\. Check '))
  })

  test('that is too old is told from its first answer', async () => {
    const port = await startOldServer()
    const outcome = await start({ DATABASE_URL: `postgres://u:p@127.0.0.1:${port}/x` })
    expect(outcome).toEqual(refusal(' is version 14\\.2\\. Tocsin needs version 15 or later\\.'))
  })

  test('whose user may not make what is needed', async () => {
    const name = `poor_${Date.now()}_${process.pid}`
    const databaseUrl = await createEmptyDatabase()
    await ask(databaseUrl, `create role ${name} login password 'poor'`)
    onTestFinished(async () => {
      await ask(databaseUrl, `drop role ${name}`)
    })
    const poor = Object.assign(new URL(databaseUrl), { username: name, password: 'poor' })
    const outcome = await start({ DATABASE_URL: poor.href })
    expect(outcome).toEqual(
      refusal(' has too few rights \\(CREATE ON DATABASE\\)\\. Tocsin needs '),
    )
  })

  test('is used where it can be, and no database is made in the folder', async () => {
    const [home, databaseUrl] = [await makeFolder(), await createEmptyDatabase()]
    const node = await startNodeProcess(home, { environment: { DATABASE_URL: databaseUrl } })
    expect((await fetch(`${node.url}/api/countries`)).ok).toBe(true)
    await node.stop()
    expect(existsSync(join(home, 'database'))).toBe(false)
  })
})

/** Another program: it speaks just enough of PostgreSQL's protocol to say how old it is. */
async function startOldServer(): Promise<number> {
  const message = (letter: string, ...parts: (string | Buffer)[]) => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
    const head = Buffer.alloc(5)
    head.write(letter)
    head.writeUInt32BE(body.length + 4, 1)
    return Buffer.concat([head, body])
  }
  const number = (bytes: number, value: number) => {
    const buffer = Buffer.alloc(bytes)
    buffer.writeIntBE(value, 0, bytes)
    return buffer
  }
  const ready = message('Z', 'I')
  const column = [
    number(4, 0),
    number(2, 0),
    number(4, 25),
    number(2, -1),
    number(4, -1),
    number(2, 0),
  ]
  const answer = Buffer.concat([
    message('T', number(2, 1), 'version\0', ...column),
    message('D', number(2, 1), number(4, 4), '14.2'),
    message('C', 'SELECT 1\0'),
    ready,
  ])
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', number(4, 0)), ready]))
      socket.on('data', (said) => {
        if (said.toString('latin1', 0, 1) === 'Q') socket.write(answer)
      })
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

describe('a folder', () => {
  test.skipIf(!canBeOrdinary)('that this user may not write is named', async () => {
    const parent = await makeFolder()
    const home = join(parent, 'home')
    mkdirSync(home)
    if (asRoot) for (const folder of [parent, home]) chownSync(folder, NOBODY, NOBODY)
    chmodSync(home, 0o500)
    const run = { environment: { TOCSIN_HOME: home, TOCSIN_PORT: '0' }, before: asOrdinary }
    const started = await tocsin(['start'], run)
    expect(started).toEqual(refusal('^The folder .* cannot be written\\. Give '))
    expect(started.err).toMatch(oneLine)
    const looked = await tocsin(['doctor'], run)
    expect(looked).toMatchObject({ code: 2, out: expect.stringContaining('✗ The folder') })
    chmodSync(home, 0o700)
  })

  test('that is a file is named', async () => {
    const file = join(await makeFolder(), 'file')
    await writeFile(file, '')
    for (const home of [file, join(file, 'inside')]) {
      expect(await start({ TOCSIN_HOME: home })).toEqual(refusal(' cannot be written\\. '))
    }
  })

  test.skipIf(!canMount)('on a disk that cannot be written is named', async () => {
    const disk = withDisk(8)
    spawnSync('mount', ['-o', 'remount,ro', disk])
    for (const home of [disk, join(disk, 'home')]) {
      expect(await start({ TOCSIN_HOME: home })).toEqual(refusal(' cannot be written\\. '))
    }
  })

  test.skipIf(!canMount)(
    'on a full disk is named, and starts clean once there is room',
    async () => {
      const disk = withDisk(256)
      const home = join(disk, 'home')
      const first = await startNodeProcess(home)
      spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=1M'])
      const asked = await fetch(`${first.url}/api/countries`)
      expect(asked.ok).toBe(true)
      await first.kill()
      const sentence = `^The disk that holds ${home} is full\\. Free some space`
      expect(await start({ TOCSIN_HOME: home })).toEqual(refusal(sentence))
      await rm(join(disk, 'filler'))
      const second = await startNodeProcess(home)
      expect((await fetch(`${second.url}/api/countries`)).ok).toBe(true)
      await second.stop()
    },
  )

  test.skipIf(!canMount)(
    'on a disk too small for a database is named before one is begun',
    async () => {
      const disk = withDisk(32)
      expect(await start({ TOCSIN_HOME: disk })).toEqual(
        refusal('^The disk that holds .* is full\\. '),
      )
      expect(existsSync(join(disk, 'database-draft'))).toBe(false)
    },
  )
})

describe('an ordinary user', () => {
  test.skipIf(!canBeOrdinary)('starts a node like root does', async () => {
    const home = await makeFolder()
    if (asRoot) chownSync(home, NOBODY, NOBODY)
    const node = await startNodeProcess(home, { before: asOrdinary })
    expect((await fetch(`${node.url}/api/countries`)).ok).toBe(true)
    expect((await node.stop()).code).toBe(0)
  })
})
