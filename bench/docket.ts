import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '@tocsin/server/database/migrate.ts'
import { startEmbedded } from '@tocsin/server/postgres/embedded.ts'
import pg from 'pg'
import { docketSize, fillDocket } from './docket/fill.ts'
import { startNodeProcess } from './node-process/start-node.ts'
import { againstLimit } from './report/against-limit.ts'

const LIMIT_MS = 200
const SECONDS = 120
const WARM_UP_SECONDS = 10

/** How often each of those who keep the docket open asks for what, in seconds. */
const habits = [
  { what: 'GET /api/docket', path: '/api/docket', every: 60 },
  { what: 'the page /docket', path: '/docket', every: 300 },
] as const

/**
 * How long 300 people wait for the docket of an organisation with 5,000 open matters. Each has a
 * session of their own and keeps the docket open: it asks anew once a minute, and they load the page
 * once in five minutes. Together that is 5 answers of the interface and 1 page a second, both at the
 * same time, and each is asked for when it is due, whether or not earlier ones were answered.
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
    const ask = (seconds: number) =>
      Promise.all(
        habits.map(({ path, every }) => load(node.base + path, tokens, users / every, seconds)),
      )
    await ask(WARM_UP_SECONDS)
    const waits = await ask(SECONDS)
    const busy = loadavg().map((average) => average.toFixed(1))
    console.log(`both at the same time for ${SECONDS} s; load average ${busy.join(', ')}`)
    for (const [index, { what, every }] of habits.entries()) {
      const times = waits[index] ?? []
      const at = (share: number) => times[Math.ceil(times.length * share) - 1] ?? 0
      const pace = `each person every ${every} s: ${users / every}/s`
      const spread = `p50 ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms`
      console.log(`${what}: ${times.length} answers, ${pace}; ${spread}`)
      againstLimit(`${what}, p95`, at(0.95), LIMIT_MS, 'ms')
    }
  } finally {
    await node.stop()
    await database.stop()
    await rm(home, { recursive: true, force: true })
  }
}

/** Asks at a fixed pace, one person after the other; times from when each was due, sorted. */
async function load(
  url: string,
  tokens: readonly string[],
  perSecond: number,
  seconds: number,
): Promise<readonly number[]> {
  const begun = performance.now()
  const asked = Array.from({ length: perSecond * seconds }, async (_, index) => {
    const due = begun + (index * 1000) / perSecond
    await pause(Math.max(0, due - performance.now()))
    const cookie = `tocsin=${tokens[index % tokens.length]}`
    const answer = await fetch(url, { headers: { cookie, 'accept-encoding': 'br' } })
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
    await answer.arrayBuffer()
    return performance.now() - due
  })
  return (await Promise.all(asked)).sort((a, b) => a - b)
}
