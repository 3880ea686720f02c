import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '@tocsin/server/database/migrate.ts'
import { startEmbedded } from '@tocsin/server/postgres/embedded.ts'
import pg from 'pg'
import { docketSize, fillDocket } from './docket/fill.ts'
import { startNodeProcess } from './node-process/start-node.ts'
import { againstLimit } from './report/against-limit.ts'

const LIMIT_MS = 200
const PER_SECOND = 20
const SECONDS = 30

/**
 * How long 300 people who are signed in wait for the docket of an organisation with 5,000 open matters,
 * asking 20 times a second: its interface, and the page as the server draws it.
 */
export async function run(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-bench-'))
  const database = await startEmbedded(home)
  await migrate(database.url)
  const owner = new pg.Client(database.url)
  await owner.connect()
  const tokens = await fillDocket(owner)
  await owner.end()
  const node = await startNodeProcess({ DATABASE_URL: database.url })
  try {
    const { matters, reports, users } = docketSize
    console.log(`${matters} open matters, ${reports} reports, ${users} people signed in`)
    for (const [what, path] of [
      ['GET /api/docket/due', '/api/docket/due'],
      ['GET /api/docket', '/api/docket'],
      ['the page /docket', '/docket'],
    ] as const) {
      await load(node.base, path, tokens, 3)
      const times = await load(node.base, path, tokens, SECONDS)
      const at = (share: number) => times[Math.ceil(times.length * share) - 1] ?? 0
      const [p50, p95, p99] = [at(0.5), at(0.95), at(0.99)]
      console.log(
        `${what}: ${times.length} answers at ${PER_SECOND}/s, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
      )
      againstLimit(`${what}, p95`, p95, LIMIT_MS, 'ms')
    }
  } finally {
    await node.stop()
    await database.stop()
    await rm(home, { recursive: true, force: true })
  }
}

/** Asks at a fixed pace, whether or not the answers keep up; times from when each was due, sorted. */
async function load(
  base: string,
  path: string,
  tokens: readonly string[],
  seconds: number,
): Promise<readonly number[]> {
  const begun = performance.now()
  const asked = Array.from({ length: PER_SECOND * seconds }, async (_, index) => {
    const due = begun + (index * 1000) / PER_SECOND
    await pause(due - performance.now())
    const cookie = `tocsin=${tokens[index % tokens.length]}`
    const headers = { cookie, 'accept-encoding': 'br' }
    const answer = await fetch(base + path, { headers })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    await answer.arrayBuffer()
    return performance.now() - due
  })
  return (await Promise.all(asked)).sort((a, b) => a - b)
}
