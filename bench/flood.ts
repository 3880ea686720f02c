import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { migrate } from '@tocsin/server/database/migrate.ts'
import { startEmbedded } from '@tocsin/server/postgres/embedded.ts'
import pg from 'pg'
import { fillDocket } from './docket/fill.ts'
import type { Flooded, Order } from './flood/flooder.ts'
import { openFeed, pinSender, type Sender } from './flood/members.ts'
import { envelopeOf, post } from './flood/signed-post.ts'
import { startNodeProcess } from './node-process/start-node.ts'
import { againstLimit } from './report/against-limit.ts'

const LIMIT = 2
const GIGABYTE = 1024 ** 3
const WARM_UP_SECONDS = 5
const SECONDS = 40
const PER_SECOND = 4
const CONNECTIONS = 16

const flooder = fileURLToPath(new URL('./flood/flooder.ts', import.meta.url))

/**
 * What one member that floods a node costs the others. For 40 seconds, as fast as it can and on 16
 * connections, it sends signed requests, at least 1 GB of them: valid records, forged ones, junk, too
 * deep, not JSON, too long. Beside it another member pushes records and a person reads the docket of an
 * organisation with 5,000 open matters, each up to 4 times a second, as they did for 40 seconds before.
 */
export async function run(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-bench-'))
  const database = await startEmbedded(home)
  await migrate(database.url)
  const owner = new pg.Client(database.url)
  await owner.connect()
  const [token = ''] = await fillDocket(owner)
  const { rows } = await owner.query<{ organisation: OrganisationId }>(
    'select organisation from person limit 1',
  )
  const to = rows[0]?.organisation as OrganisationId
  const [member, flooding] = [await pinSender(owner), await pinSender(owner)]
  const node = await startNodeProcess({ DATABASE_URL: database.url })
  try {
    const push = await openPush(member, { base: node.base, to })
    const read = () => readDocket(node.base, token)
    const both = (seconds: number) =>
      Promise.all([inTurn(push, seconds), inTurn(read, seconds)] as const)
    await both(WARM_UP_SECONDS)
    const before = await both(SECONDS)
    const idle = await node.residentBytes()
    const flood = startFlood(flooding, { base: node.base, to })
    await flood.begun
    const memory = watchMemory(node.residentBytes)
    const during = await both(SECONDS)
    const peak = memory.end()
    const { bytes, answers } = await flood.end()
    console.log(`${(bytes / GIGABYTE).toFixed(2)} GB left the flooding member: ${said(answers)}`)
    console.log(
      `load average ${loadavg()
        .map((one) => one.toFixed(1))
        .join(', ')}`,
    )
    againstLimit('a flood of 1 GB', GIGABYTE / bytes, 1, '× 1 GB / sent')
    for (const [index, what] of ['a push', 'the docket'].entries()) {
      const [calm, flooded] = [p95(before[index]), p95(during[index])]
      console.log(`${what}, p95: ${calm.toFixed(0)} ms before, ${flooded.toFixed(0)} ms during`)
      againstLimit(`${what}, p95 during by before`, flooded / calm, LIMIT, '×')
    }
    console.log(`memory of the node: ${mb(idle)} MB before, at most ${mb(peak)} MB during`)
    const { rows: kept } = await owner.query<{ kept: number; trimmed: number }>(
      `select (select count(*)::int from quarantined_record) as kept,
        (select coalesce(sum(n), 0)::int from quarantine_trim) as trimmed`,
    )
    console.log(`in quarantine: ${kept[0]?.kept} kept, ${kept[0]?.trimmed} counted`)
  } finally {
    await node.stop()
    await owner.end()
    await database.stop()
    await rm(home, { recursive: true, force: true })
  }
}

type Where = { readonly base: string; readonly to: OrganisationId }

/** Another member's push: each brings one record, which must be kept. */
async function openPush(member: Sender, where: Where): Promise<() => Promise<void>> {
  const way = { ...where, agent: new Agent({ keepAlive: true }) }
  const feed = openFeed(member, where.to)
  const send = async (object: object) => {
    const { status, body } = await post(
      envelopeOf(JSON.stringify({ objects: [object] })),
      member,
      way,
    )
    if (status !== 202 || !body.includes('"kept"'))
      throw new Error(`a push was answered ${status} ${body}`)
  }
  await send(feed.first())
  let number = 0
  return () => send(feed.next(`Report ${++number}. ${'Chalk marks on the doors. '.repeat(12)}`))
}

async function readDocket(base: string, token: string): Promise<void> {
  const answer = await fetch(`${base}/api/docket`, { headers: { cookie: `tocsin=${token}` } })
  if (!answer.ok) throw new Error(`the docket answered ${answer.status}`)
  await answer.arrayBuffer()
}

/** Does it again and again, one after the other as a node pushes and a person reads; how long each took, in ms. */
async function inTurn(act: () => Promise<void>, seconds: number): Promise<readonly number[]> {
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    const begun = performance.now()
    await act()
    times.push(performance.now() - begun)
    await pause(Math.max(0, begun + 1000 / PER_SECOND - performance.now()))
  }
  return times
}

function startFlood(sender: Sender, where: Where) {
  const child = spawn(process.execPath, [flooder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const seed = Buffer.from(sender.seed).toString('base64')
  const order: Order = { ...where, connections: CONNECTIONS, sender: { ...sender, seed } }
  child.stdin.end(JSON.stringify(order))
  let last: Flooded = { bytes: 0, answers: {} }
  const lines = createInterface(child.stdout).on('line', (line) => {
    last = JSON.parse(line)
  })
  return {
    begun: once(lines, 'line'),
    end: async (): Promise<Flooded> => {
      const gone = once(child, 'exit')
      child.kill()
      await gone
      return last
    },
  }
}

function watchMemory(look: () => Promise<number>) {
  let peak = 0
  const timer = setInterval(async () => {
    peak = Math.max(peak, await look().catch(() => 0))
  }, 200)
  return {
    end: () => {
      clearInterval(timer)
      return peak
    },
  }
}

const p95 = (times: readonly number[] = []): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0

const mb = (bytes: number): string => (bytes / 1_048_576).toFixed(0)

const said = (answers: Flooded['answers']): string =>
  Object.entries(answers)
    .map(([answer, n]) => `${n} × ${answer}`)
    .join(', ')
