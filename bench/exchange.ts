import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '@tocsin/domain/clock.ts'
import { clearWeather, setAll, type Weather } from '@tocsin/lab/src/links.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import { markingRef } from '@tocsin/records/stix/tlp.ts'
import { fillHome } from './exchange/fill.ts'
import { openPair, type Pair } from './exchange/pair.ts'
import { againstLimit } from './report/against-limit.ts'

const LIMITS = {
  noChangeSeconds: 5,
  noChangeKilobytes: 100,
  perSecond: 500,
  extraMegabytes: 150,
  /** Two pages: one that was being taken in, one that was asked for meanwhile. */
  sentAgain: 1_000,
  warningMs: 1_000,
  badLinkWarningMs: 60_000,
}
/** Read for the first time; a killed reader reads on in as many more. */
const SYNCED = 5_000
const WARNINGS = 40
const badWeather: Weather = { ...clearWeather, rate: 64, loss: 20 }

/**
 * How two nodes keep each other informed, each a process of its own, at two ends of a wire. Both hold
 * 1,000,000 records of others (or as many as are named). What a sync without change costs; how fast a
 * reader takes in signed records, each verified, and in how much memory; whether it goes on where it
 * was when it is killed; how long a warning takes, over a clean wire and a bad one.
 */
export async function run(): Promise<void> {
  const held = Number(process.argv[3] ?? 1_000_000)
  const template = await mkdtemp(join(tmpdir(), 'tocsin-bench-'))
  try {
    const begun = performance.now()
    await fillHome(template, held)
    const pair = await openPair(template)
    try {
      await write(pair)
      const minutes = ((performance.now() - begun) / 60_000).toFixed(1)
      console.log(`${held} records held by each and ${SYNCED} written, in ${minutes} min`)
      await firstSync(pair)
      await killed(pair)
      await noChange(pair)
      await warnings(pair, 'a clean link', LIMITS.warningMs)
      await setAll(pair.links, () => badWeather)
      await warnings(pair, '64 kbit/s with 20 % loss', LIMITS.badLinkWarningMs)
    } finally {
      await pair.close()
    }
    console.log(
      `load average ${loadavg()
        .map((one) => one.toFixed(1))
        .join(', ')}`,
    )
  } finally {
    await rm(template, { recursive: true, force: true })
  }
}

/** More to read, before the reader looks. */
async function write({ writer, reader, audience }: Pair): Promise<void> {
  await reader.ask('wait', { member: writer.organisation })
  await writer.ask('write', { audience, many: SYNCED })
}

async function firstSync({ reader, audience }: Pair): Promise<void> {
  const before = await reader.residentMb()
  let peak = before
  await reader.ask('readOn')
  const begun = performance.now()
  let first = 0
  for (let held = 0; held < SYNCED; ) {
    await pause(250)
    peak = Math.max(peak, await reader.residentMb())
    held = await reader.ask('held', { audience })
    // A node looks every two seconds whether it is to read on: that is no part of the speed.
    if (first === 0 && held > 0) first = performance.now() - begun
  }
  const seconds = (performance.now() - begun) / 1000
  const perSecond = SYNCED / seconds
  console.log(
    `first sync: ${perSecond.toFixed(0)} records a second, each verified, in ${seconds.toFixed(1)} s`,
  )
  console.log(`of these ${(first / 1000).toFixed(1)} s until the first were kept`)
  againstLimit('a record of the first sync', 1000 / perSecond, 1000 / LIMITS.perSecond, 'ms')
  againstLimit('memory of the reader for it', peak - before, LIMITS.extraMegabytes, 'MB more')
}

/** Kills the reader with -9 in the middle of the next sync, and starts it again. */
async function killed(pair: Pair): Promise<void> {
  const { writer, reader, audience } = pair
  await write(pair)
  await reader.ask('readOn')
  while ((await reader.ask('held', { audience })) < SYNCED * 1.42) await pause(50)
  await reader.kill()
  const held = await reader.ask('held', { audience })
  const next = await reader.ask('cursor')
  const again = held - (await writer.ask('upTo', { audience, next }))
  await reader.start()
  const atStart = await reader.ask('held', { audience })
  await reader.ask('readOn')
  while ((await reader.ask('held', { audience })) < SYNCED * 2) await pause(250)
  const [said, read] = [
    await writer.ask('fingerprint', { audience }),
    await reader.ask('fingerprint', { audience }),
  ]
  if (said !== read || atStart < held) throw new Error('the reader has not what was written')
  const got = held - SYNCED
  console.log(`killed with -9 after ${got} of ${SYNCED} more: ${again} of these were sent again`)
  againstLimit('sent again after kill -9', again, LIMITS.sentAgain, 'records')
  console.log('started again it went on from there, and both nodes have the same in the end')
}

async function noChange({ writer, reader }: Pair): Promise<void> {
  const next = await reader.ask('cursor')
  const { seconds, kilobytes } = await reader.ask('readNothing', {
    member: writer.organisation,
    next,
  })
  againstLimit('a sync without change', seconds, LIMITS.noChangeSeconds, 's')
  againstLimit('both its messages', kilobytes, LIMITS.noChangeKilobytes, 'kB')
}

/** From the commit at one node until it is readable at the other. */
async function warnings(
  { writer, reader, audience }: Pair,
  where: string,
  limit: number,
): Promise<void> {
  const times: number[] = []
  for (let sent = 0; sent < WARNINGS; sent += 1) {
    const object = warning(sent)
    const committed = await writer.ask('warn', { audience, object })
    const readable = await reader.ask('awaitObject', { id: object.id })
    times.push(readable - committed)
    await pause(Math.random() * 200)
  }
  const sorted = times.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(WARNINGS * share) - 1] ?? 0
  console.log(`a warning over ${where}: p50 ${at(0.5)} ms, longest ${at(1)} ms`)
  againstLimit(`a warning over ${where}, p95 of ${WARNINGS}`, at(0.95), limit, 'ms')
}

function warning(number: number): RecordedObject {
  const at = systemClock()
  return {
    type: 'atrocity-alert',
    spec_version: '2.1',
    id: `atrocity-alert--${crypto.randomUUID()}`,
    created: at,
    modified: at,
    object_marking_refs: [markingRef('TLP:AMBER')],
    headline: `Warning ${number}`,
  }
}
