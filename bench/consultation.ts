import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import * as api from '@tocsin/api/consultations.ts'
import { migrate } from '@tocsin/server/database/migrate.ts'
import { startEmbedded } from '@tocsin/server/postgres/embedded.ts'
import pg from 'pg'
import { fillRoom, roomSize } from './consultation/fill.ts'
import { openSlowLink, slow } from './consultation/slow-link.ts'
import { startNodeProcess } from './node-process/start-node.ts'
import { againstLimit } from './report/against-limit.ts'

const LIMIT_MS = 300
const ROUNDS = 60
const WARM_UP = 10

/**
 * How long one of 50 organisations waits for a room with 5,000 contributions and 200 documents, and how many bytes
 * each answer has that a page asks for again; and how long whoever reads at 64 kbit/s waits for it.
 */
export async function run(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-bench-'))
  const database = await startEmbedded(home)
  await migrate(database.url)
  const owner = new pg.Client(database.url)
  await owner.connect()
  const { tokens, consultation } = await fillRoom(owner)
  await owner.end()
  const node = await startNodeProcess({ DATABASE_URL: database.url })
  const link = await openSlowLink(node.base)
  try {
    const { organisations, contributions, documents } = roomSize
    console.log(
      `${organisations} organisations, ${contributions} contributions, ${documents} documents`,
    )
    const room = `/api/consultations/${consultation}`
    const minuteAgo = new Date(Date.now() - 5 * 60_000).toISOString()
    const asked = [
      { what: 'the page of the room', path: `/consultations/${consultation}`, isUpdate: false },
      { what: 'the room', path: room, isUpdate: true },
      { what: 'the newest contributions', path: `${room}/contributions`, isUpdate: true },
      {
        what: 'what was said in five minutes',
        path: `${room}/contributions?after=${minuteAgo}`,
        isUpdate: true,
      },
      { what: 'what is new to somebody', path: `${room}/catch-up`, isUpdate: true },
      { what: 'the list of rooms', path: '/api/consultations', isUpdate: true },
    ]
    for (const { what, path, isUpdate } of asked) {
      const times: number[] = []
      let bytes = 0
      for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
        const cookie = `tocsin=${tokens[round % tokens.length]}`
        const begun = performance.now()
        const answer = await fetch(node.base + path, { headers: { cookie } })
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
        bytes = (await answer.arrayBuffer()).byteLength
        if (round >= WARM_UP) times.push(performance.now() - begun)
      }
      times.sort((a, b) => a - b)
      againstLimit(`${what}, p95`, times[Math.ceil(times.length * 0.95) - 1] ?? 0, LIMIT_MS, 'ms')
      // As it is before it is packed: what leaves is less.
      if (isUpdate) againstLimit(`${what}, size`, bytes / 1000, api.UPDATE_BYTES / 1000, 'kB')
      else console.log(`${what}: ${(bytes / 1000).toFixed(1)} kB unpacked`)
      const seconds = await readSlowly(link.base + path, `tocsin=${tokens[0]}`)
      console.log(`${what} at ${slow.rate} kbit/s and ${slow.delay} ms: ${seconds.toFixed(1)} s`)
    }
    console.log(
      `load average ${loadavg()
        .map((average) => average.toFixed(1))
        .join(', ')}`,
    )
  } finally {
    link.close()
    await node.stop()
    await database.stop()
    await rm(home, { recursive: true, force: true })
  }
}

/** As a browser asks, packed; in seconds, until the last byte is there. */
async function readSlowly(url: string, cookie: string): Promise<number> {
  const begun = performance.now()
  const headers = { cookie, 'accept-encoding': 'br, gzip', connection: 'close' }
  const answer = await fetch(url, { headers })
  await answer.arrayBuffer()
  return (performance.now() - begun) / 1000
}
