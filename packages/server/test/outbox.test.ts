import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { system } from '@tocsin/domain/actor.ts'
import { type Instant, Instant as toInstant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { STORM } from '@tocsin/domain/notice-timing.ts'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { App } from '../src/app.ts'
import type { Channel, Message, Outcome } from '../src/channels/channel.ts'
import { openDatabase } from '../src/database/database.ts'
import { receivers } from '../src/main.ts'
import { drainOutbox } from '../src/warnings/hand-over.ts'
import { createDatabase } from './template-database.ts'
import { keeping, until } from './test-docket.ts'
import { openDocket } from './test-outbox.ts'

const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined }

/** Several processes on one database, as far as the database can tell, with a clock that is put forward. */
async function startWorkers(count: number, channel: Channel) {
  const database = await createDatabase()
  const home = await mkdtemp(join(tmpdir(), 'tocsin-outbox-'))
  let now = toInstant.parse('2026-01-05T10:00:00.000Z')
  const apps = Array.from(
    { length: count },
    (): App => ({
      db: openDatabase(database.url, 3),
      clock: () => now,
      node: { origin: 'https://node.example', home },
      enqueue: async () => undefined,
      fetch,
      channels: { 'e-mail': channel },
      receivers,
      log: quiet,
    }),
  )
  const [first] = apps
  if (!first) throw new Error('no worker')
  onTestFinished(async () => {
    await Promise.all(apps.map(({ db }) => db.close()))
    await database.drop()
    await rm(home, { recursive: true, force: true })
  })
  return {
    apps,
    database,
    now: (): Instant => now,
    advance: (ms: number) => {
      now = addMilliseconds(now, ms)
    },
    drain: () => Promise.all(apps.map((app) => drainOutbox(app))),
    rows: () =>
      first.db.as(system, (tx) => tx.selectFrom('delivery').selectAll().orderBy('id').execute()),
  }
}

const linksIn = ({ text }: Message): string[] =>
  [...text.matchAll(/\/a\/([0-9a-f]{32})/g)].map(([, id = '']) => id)
const compact = (ids: readonly string[]) => ids.map((id) => id.replaceAll('-', ''))

describe('the outbox', () => {
  test('hands each notice over once, however many processes work and whatever the channel says', async () => {
    const said = fc.constantFrom<Outcome['state']>('sent', 'delivered', 'deferred', 'refused')
    const script = fc.array(fc.array(said, { minLength: 1, maxLength: 3 }), {
      minLength: 4,
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(script, fc.integer({ min: 2, max: 4 }), async (answers, processes) => {
        const arrived: string[] = []
        const asked = new Map<string, number>()
        const channel: Channel = {
          send: async (message) => {
            const turn = asked.get(message.id) ?? 0
            asked.set(message.id, turn + 1)
            const answer = answers[asked.size % answers.length]?.[turn] ?? 'sent'
            await new Promise((resolve) => setTimeout(resolve, 1))
            expect(message.again).toBe(false)
            if (answer === 'deferred') return { state: answer, reason: 'busy', detail: '' }
            if (answer === 'refused')
              return { state: answer, reason: 'refused-address', detail: '' }
            arrived.push(message.id)
            return { state: answer, reference: message.id }
          },
          close: async () => undefined,
        }
        const workers = await startWorkers(processes, channel)
        const docket = await openDocket(workers.database.url, 30)
        await docket.warn(workers.now(), 4)
        for (let round = 0; round < 4; round += 1) {
          await workers.drain()
          workers.advance(3_600_000)
        }
        await docket.close()
        expect(new Set(arrived).size).toBe(arrived.length)
        const rows = await workers.rows()
        expect(rows.map(({ state }) => state).filter((state) => state === 'queued')).toEqual([])
        const known = rows.flatMap(({ reference }) => reference ?? [])
        expect(known.sort()).toEqual(arrived.sort())
        expect(rows.filter(({ may_repeat }) => may_repeat)).toEqual([])
      }),
      { numRuns: 5, endOnFailure: true },
    )
  }, 240_000)

  test('sends a storm as one notice with a link each, and level 5 at once and alone', async () => {
    const { messages, channel } = keeping()
    // One process: with several, who puts how many together depends on who comes first.
    const workers = await startWorkers(1, channel)
    const docket = await openDocket(workers.database.url, 1)
    onTestFinished(docket.close)
    const calm: string[] = []
    for (let count = 0; count < 8; count += 1) calm.push(...(await docket.warn(workers.now(), 2)))
    await workers.drain()
    // Two alone, and the third tells of all the others.
    expect(messages.map((message) => linksIn(message).length).sort()).toEqual([1, 1, 6])
    const group = messages.find((message) => linksIn(message).length === 6)
    expect(group?.subject).toBe('6 warnings wait for your acknowledgement')
    expect(messages.flatMap(linksIn).sort()).toEqual(compact(calm).sort())

    const late = await docket.warn(workers.now(), 3)
    const later = await docket.warn(workers.now(), 3)
    const urgent = await docket.warn(workers.now(), 5)
    await workers.drain()
    expect(linksIn(messages[3] as Message)).toEqual(compact(urgent))
    expect(messages).toHaveLength(4)
    const waiting = (await workers.rows()).filter(({ state }) => state === 'queued')
    expect(waiting.map(({ reason }) => reason)).toEqual(['grouped', 'grouped'])
    workers.advance(STORM.withinMs)
    await workers.drain()
    expect(messages).toHaveLength(5)
    expect(linksIn(messages[4] as Message).sort()).toEqual(compact([...late, ...later]).sort())
    const rows = await workers.rows()
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['sent']))
    // Put together in one message, each still has its own row, state and time.
    expect(rows.every(({ attempts, sent_at }) => attempts === 1 && sent_at !== null)).toBe(true)
  })

  test('is not held up on one channel by another that does not answer', async () => {
    const { messages, channel } = keeping()
    let release: (() => void) | undefined
    const stuck: Channel = {
      send: () =>
        new Promise((resolve) => {
          release = () => resolve({ state: 'deferred', reason: 'timeout', detail: '' })
        }),
      close: async () => undefined,
    }
    const workers = await startWorkers(1, stuck)
    const docket = await openDocket(workers.database.url, 1)
    onTestFinished(docket.close)
    await docket.warn(workers.now(), 5)
    const [app] = workers.apps
    const both = { ...app, channels: { 'e-mail': stuck, sms: channel } } as App
    const stands = drainOutbox(both)
    await until(() => release !== undefined)
    await docket.warn(workers.now(), 5, 'sms')
    await drainOutbox(both)
    expect(messages).toHaveLength(1)
    release?.()
    await stands
  })
})
