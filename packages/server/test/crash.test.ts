import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { operator } from '@tocsin/domain/actor.ts'
import { AuditEntry, findChainFault } from '@tocsin/records/chain.ts'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../src/database/database.ts'
import { startEmbedded } from '../src/postgres/embedded.ts'
import { databasePidOf, endDatabase } from './node-process.ts'

const program = fileURLToPath(new URL('postgres-writer.ts', import.meta.url))
const ROUNDS = 50
const victims = ['node', 'database', 'both'] as const

type Writer = { readonly child: ChildProcess; readonly closed: Promise<unknown> }

/** Starts the process; every line it says is an entry that it was told is kept. */
function startWriter(home: string, onKept: (subject: string) => void): Writer {
  const child = spawn(process.execPath, [program, home], { stdio: ['ignore', 'pipe', 'inherit'] })
  let rest = ''
  child.stdout.on('data', (text: Buffer) => {
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onKept(line)
  })
  return { child, closed: new Promise((resolve) => child.once('close', resolve)) }
}

async function readEntries(url: string): Promise<readonly AuditEntry[]> {
  const db = openDatabase(url, 1)
  const rows = await db
    .as(operator, (tx) => tx.selectFrom('audit_entry').selectAll().orderBy('seq').execute())
    .finally(db.close)
  return rows.map((row) => AuditEntry.parse(row))
}

test(`${ROUNDS} kills of node, database and both in turn lose no acknowledged write`, {
  timeout: 400_000,
}, async () => {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'tocsin-crash-')))
  const kept = new Set<string>()
  let writer: Writer | undefined
  onTestFinished(async () => {
    writer?.child.kill('SIGKILL')
    await writer?.closed
    await endDatabase(home)
    await rm(home, { recursive: true, force: true })
  })

  for (let round = 0; round < ROUNDS; round++) {
    writer ??= startWriter(home, (subject) => kept.add(subject))
    const { child } = writer
    const before = kept.size
    while (kept.size < before + 1 + (round % 13)) {
      if (child.exitCode !== null) throw new Error(`round ${round}: the start was not clean`)
      await sleep(5)
    }
    await sleep((round * 7) % 23)
    const victim = victims[round % victims.length]
    const database = databasePidOf(home)
    if (victim !== 'node' && database !== undefined) process.kill(database, 'SIGKILL')
    if (victim === 'database') {
      // What it left behind may acknowledge a moment longer; the next round is the next server's.
      while (databasePidOf(home) === database && child.exitCode === null) await sleep(5)
      continue
    }
    child.kill('SIGKILL')
    await writer.closed
    writer = undefined
  }
  writer?.child.kill('SIGKILL')
  await writer?.closed
  writer = undefined

  const { url, stop } = await startEmbedded(home)
  const entries = await readEntries(url).finally(stop)
  const found = new Set(entries.map(({ subject }) => subject))
  expect([...kept].filter((subject) => !found.has(subject))).toEqual([])
  expect(findChainFault(entries)).toBeUndefined()
  expect(kept.size).toBeGreaterThan(ROUNDS * 6)
})
