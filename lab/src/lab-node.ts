import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { readLock } from '@tocsin/server/postgres/address.ts'
import { servesFolder } from '@tocsin/server/postgres/processes.ts'
import type { Site } from './links.ts'
import type { Answered, Answers, Order } from './orders.ts'
import { program } from './program.ts'

const workerProgram = fileURLToPath(new URL('worker.ts', import.meta.url))

/** A node as people run it, at its site, and the worker that speaks for its organisation there. */
export type LabNode = {
  readonly organisation: OrganisationId
  /** Waits until it answers at its address. */
  readonly start: () => Promise<void>
  /** In order, as an operator does. */
  readonly stop: () => Promise<void>
  /** With -9; its database is left without a parent. */
  readonly kill: () => Promise<void>
  /** Its processes stand still, or go on. */
  readonly freeze: (isFrozen: boolean) => void
  /** As a power cut ends a database: whatever was not written is gone. */
  readonly killDatabase: () => Promise<void>
  readonly ask: <Do extends keyof Answers>(order: Order<Do>) => Promise<Answers[Do]>
  /** Ends everything that runs for it. */
  readonly close: () => Promise<void>
}

type Home = { readonly home: string; readonly organisation: OrganisationId; readonly site: Site }

export function openNode({ home, organisation, site }: Home): LabNode {
  const log = createWriteStream(join(home, 'node.log'), { flags: 'a', mode: 0o600 })
  const [command = '', ...before] = [...site.before, process.execPath]
  const environment = {
    PATH: process.env['PATH'],
    LANG: 'en',
    TOCSIN_HOME: home,
    TOCSIN_HOST: site.host,
    TOCSIN_PORT: String(site.port),
    TOCSIN_LOG: 'warn',
    // A node that is killed and started again compiles nothing anew.
    NODE_COMPILE_CACHE: join(dirname(home), 'compiled'),
  }
  let node: ChildProcess | undefined
  const isUp = () => node !== undefined && node.exitCode === null && node.signalCode === null
  const end = async (signal: NodeJS.Signals) => {
    if (!node || !isUp()) return
    const ended = once(node, 'exit')
    node.kill(signal)
    await ended
  }
  const worker = openWorker(command, [...before, workerProgram, home, organisation])
  return {
    organisation,
    ask: worker.ask,
    start: async () => {
      // A group of its own: Ctrl-C at the terminal reaches the lab alone, which stops it in order.
      node = spawn(command, [...before, ...program, 'start', '--json'], {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: environment,
      })
      node.stderr?.pipe(log, { end: false })
      node.stdout?.pipe(log, { end: false })
      if (await saysWhere(node)) return
      throw new Error(`a node did not start: ${await readFile(join(home, 'node.log'), 'utf8')}`)
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: (isFrozen) => void node?.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT'),
    killDatabase: () => signalDatabase(home, 'SIGQUIT'),
    close: async () => {
      await worker.close()
      node?.kill('SIGCONT')
      await end('SIGTERM')
      await endDatabase(home)
      log.end()
    },
  }
}

/** Its first word is where it answers; what it says later is its log. */
function saysWhere(node: ChildProcess): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    node.stdout?.on('data', (part: Buffer) => {
      if (part.includes('"url"')) resolve(true)
    })
    node.once('exit', () => resolve(false))
  })
}

async function signalDatabase(home: string, signal: NodeJS.Signals): Promise<void> {
  const pid = await databasePid(home)
  if (pid !== undefined) process.kill(pid, signal)
}

/** Only the server of this very folder: a number alone says little. */
async function databasePid(home: string): Promise<number | undefined> {
  const data = join(home, 'database')
  const pid = (await readLock(data))?.pid
  return pid !== undefined && servesFolder(pid, data) ? pid : undefined
}

/** Where its node was killed and is not started again. */
async function endDatabase(home: string): Promise<void> {
  await signalDatabase(home, 'SIGQUIT')
  while ((await databasePid(home)) !== undefined) await pause(20)
}

function openWorker(command: string, words: readonly string[]) {
  const child = spawn(command, words, {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const waiting = new Map<number, (answered: Answered) => void>()
  let count = 0
  child.on('message', (answered: Answered) => waiting.get(answered.number)?.(answered))
  child.once('exit', () => {
    for (const [number, tell] of waiting) tell({ number, fault: 'the worker has ended' })
  })
  return {
    ask: async <Do extends keyof Answers>(order: Order<Do>): Promise<Answers[Do]> => {
      count += 1
      const number = count
      const answered = await new Promise<Answered>((resolve) => {
        waiting.set(number, resolve)
        child.send({ number, order }, (error) => {
          if (error) resolve({ number, fault: String(error) })
        })
      })
      waiting.delete(number)
      if ('fault' in answered) throw new Error(answered.fault)
      return answered.done as Answers[Do]
    },
    close: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
