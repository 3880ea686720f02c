import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { system } from '@tocsin/domain/actor.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { build } from 'rolldown'
import { SMTPServer } from 'smtp-server'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../src/database/database.ts'
import type { Begin } from './outbox-worker.ts'
import { pacedClock } from './paced-clock.ts'
import { createDatabase } from './template-database.ts'
import { openDocket } from './test-outbox.ts'

const source = fileURLToPath(new URL('outbox-worker.ts', import.meta.url))
const KILLS = 200
const OFFICES = 20
/** A minute, after which the rows of a dead process are taken over, lasts six seconds. */
const PACE = 10
/** How many notices that may leave at once wait for it at most. */
const BACKLOG = 100
const HOUR = 3_600_000

/** What is compiled for the machine cannot be part of one file: it is loaded from where it lies. */
const compiledBeside = {
  name: 'compiled-beside',
  resolveId: (id: string) =>
    id.startsWith('@node-rs/')
      ? { id: pathToFileURL(createRequire(import.meta.url).resolve(id)).href, external: true }
      : null,
}

type Received = {
  readonly by: string
  readonly at: number
  /** The notifications that the message tells of. */
  readonly tells: readonly string[]
  readonly isMarked: boolean
}

/** A mail server that knows which process gave it what, and takes a moment before and after. */
async function startMailServer() {
  const received: Received[] = []
  const told = new Set<string>()
  const busy = new Set<string>()
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username = '' }, _session, done) => done(null, { user: username }),
    onData: async (stream, session, done) => {
      let raw = ''
      try {
        for await (const part of stream) raw += part
      } catch {
        // Its process was killed half way: nothing was given.
        return
      }
      await sleep(randomInt(12))
      const text = raw.replaceAll('=\r\n', '').replaceAll('\r\n', ' ')
      const tells = [...text.matchAll(/\/a\/([0-9a-f]{32})/g)].map(([, id = '']) => id)
      for (const id of tells) told.add(id)
      busy.add(String(session.user))
      received.push({
        by: String(session.user),
        at: performance.now(),
        tells,
        isMarked:
          raw.includes('X-Tocsin-Repeat: yes') && text.includes(catalogues.en['notice.repeat']),
      })
      await sleep(randomInt(12))
      done()
    },
  })
  // Processes that are killed break off.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { received, told, busy, port: (server.server.address() as AddressInfo).port }
}

test(`${KILLS} kills lose no notice; one notice at most leaves twice for each process that died, and is marked`, {
  timeout: 900_000,
}, async () => {
  const database = await createDatabase()
  const home = await mkdtemp(join(tmpdir(), 'tocsin-outbox-'))
  const mail = await startMailServer()
  const docket = await openDocket(database.url, OFFICES)
  const db = openDatabase(database.url, 2)
  const since = Date.now()
  const begin = { databaseUrl: database.url, home, port: mail.port }
  const spares: ChildProcess[] = []
  const workers: { readonly name: string; readonly child: ChildProcess }[] = []
  const killed = new Map<string, number>()
  const closed = new Map<ChildProcess, Promise<unknown>>()
  let count = 0

  // In one piece and compiled once, a process is there in a tenth of a second.
  // It lies as deep as the sources, from where files of the product are found.
  const modules = fileURLToPath(new URL('../node_modules', import.meta.url))
  await mkdir(modules, { recursive: true })
  const built = await mkdtemp(join(modules, '.outbox-'))
  onTestFinished(() => rm(built, { recursive: true, force: true }))
  const file = join(built, 'worker.mjs')
  await build({
    input: source,
    platform: 'node',
    plugins: [compiledBeside],
    output: { file, codeSplitting: false },
    logLevel: 'silent',
  })
  const env = { ...process.env, NODE_COMPILE_CACHE: join(home, 'compiled') }
  const spare = () => {
    const child = fork(file, [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    closed.set(child, new Promise((resolve) => child.once('close', resolve)))
    spares.push(child)
  }
  const start = (ahead: number) => {
    const child = spares.shift()
    if (!child) throw new Error('no process is left to start')
    const name = `w${count++}`
    child.send({ ...begin, name, pace: { since, times: PACE, ahead } } satisfies Begin)
    workers.push({ name, child })
  }
  const kill = async (index: number) => {
    const [worker] = workers.splice(index, 1)
    if (!worker) throw new Error('no process runs')
    worker.child.kill('SIGKILL')
    await closed.get(worker.child)
    killed.set(worker.name, performance.now())
  }
  const clock = pacedClock({ since, times: PACE, ahead: 0 })
  const queued: string[] = []
  let isQueueing = true
  const queue = async (level: 3 | 5) => {
    const told = (await docket.warn(clock(), level)).map((id) => id.replaceAll('-', ''))
    queued.push(...told)
    await sleep(randomInt(40))
  }
  const queueing = (async () => {
    // First a storm, of which the most is put together; then what leaves at once and alone.
    for (let round = 0; round < 6; round += 1) await queue(3)
    // Enough for everybody to have both hands full, and no more.
    const most = queued.length + BACKLOG
    while (isQueueing) await (queued.length > mail.told.size + most ? sleep(5) : queue(5))
  })()
  onTestFinished(async () => {
    isQueueing = false
    await queueing.catch(() => undefined)
    for (const child of closed.keys()) child.kill('SIGKILL')
    await Promise.all(closed.values())
    await db.close()
    await docket.close()
    await database.drop()
    await rm(home, { recursive: true, force: true })
  })

  /** A process that is killed before it did anything proves nothing. */
  const untilBusy = async (name: string) => {
    while (!mail.busy.has(name)) await sleep(2)
  }

  for (const _ of Array(4)) spare()
  start(0)
  start(0)
  while (killed.size < KILLS) {
    const index = randomInt(workers.length)
    await untilBusy(workers[index]?.name ?? '')
    await sleep(randomInt(40))
    await kill(index)
    if (killed.size === KILLS - 1) {
      await kill(0)
      break
    }
    start(0)
    spare()
  }
  isQueueing = false
  await queueing
  // Later: the claims of those that died are over, and so is the storm.
  start(HOUR)
  start(HOUR)
  const openRows = () =>
    db.as(system, (tx) =>
      tx.selectFrom('delivery').select('id').where('state', '<>', 'sent').execute(),
    )
  while ((await openRows()).length > 0) await sleep(50)

  const receptions = new Map<string, Received[]>(queued.map((id) => [id, []]))
  for (const one of mail.received) for (const id of one.tells) receptions.get(id)?.push(one)
  const all = [...receptions.values()]
  expect(all.filter((of) => of.length === 0)).toEqual([])
  const again = all.flatMap((of) => of.slice(1).map((one, index) => ({ one, before: of[index] })))
  for (const { one, before } of again) {
    expect(one.isMarked).toBe(true)
    // Only the death of whoever had it in hand before lets it leave once more.
    expect(killed.get(before?.by ?? '') ?? Number.POSITIVE_INFINITY).toBeLessThan(one.at)
  }
  // Whoever dies leaves one in doubt.
  const doubted = Map.groupBy(new Set(again.flatMap(({ before }) => before ?? [])), ({ by }) => by)
  expect([...doubted.values()].filter((messages) => messages.length > 1)).toEqual([])
  for (const of of all) expect(new Set(of.map(({ by }) => by)).size).toBe(of.length)
  process.stdout.write(
    `${killed.size} kills, ${queued.length} notices in ${mail.received.length} messages, ${again.length} notices handed over again, of ${doubted.size} processes\n`,
  )
  expect(killed.size).toBe(KILLS)
  expect(again.length).toBeGreaterThan(0)
  expect(mail.received.some(({ tells }) => tells.length > 1)).toBe(true)
})
