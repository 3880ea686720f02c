import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BundleCount } from '@tocsin/api/bundles.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Refusal } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { AgeKey } from '@tocsin/records/age.ts'
import { type BagFile, bagLimit, type CheckedBag } from '@tocsin/records/bag.ts'
import { type BundleFault, checkBundle, readBundle } from '@tocsin/records/bundle.ts'
import { readKept } from '@tocsin/records/record.ts'
import { readStrictJson } from '@tocsin/records/strict-json.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { checkCarried, isAboutLogs } from './bundle-proofs.ts'
import { unpackInRounds } from './carriers.ts'
import { ownAgeKeys } from './own-keys.ts'
import { receiveRecord } from './receive.ts'
import { inOrder } from './receive-all.ts'

/** No disk that comes by hand needs to hold more. */
const LARGEST = 8 * 1024 ** 3

const Envelope = z.object({ objects: z.array(z.unknown()).default([]) })

/**
 * Reads a bundle, each record through the one door that those by line come through as well. The whole
 * of it is checked before the first record is taken, so that one that is damaged leaves nothing;
 * after that it says how far it is. A Problem names what is wrong with the bundle.
 */
export async function importBundle(
  app: App,
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
): Promise<AsyncGenerator<BundleCount>> {
  const folder = await mkdtemp(join(app.node.home, 'bundle-'))
  const file = join(folder, 'sealed')
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await pipeline(Readable.from(upTo(LARGEST, bytes)), createWriteStream(file, { mode: 0o600 }))
    const keys = await app.db.as(system, (tx) => ownAgeKeys(app, tx))
    const checked = await checkBundle(streamOf(file), keys)
    if ('fault' in checked) throw new Problem(problemOf(checked.fault), checked)
    return takeIn(app, actor, { file, keys, bag: checked.bag, remove })
  } catch (error) {
    await remove()
    throw error
  }
}

async function* upTo(limit: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = limit
  for await (const part of bytes) {
    left -= part.length
    if (left < 0) throw new Problem('bundle.too-large')
    yield part
  }
}

const streamOf = (file: string) =>
  Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>

function problemOf(fault: BundleFault) {
  if (fault === 'foreign') return 'bundle.foreign'
  if (fault === 'not-hybrid') return 'bundle.not-a-bundle'
  return fault === 'altered' ? 'bundle.damaged' : 'bundle.not-whole'
}

type Spooled = {
  readonly file: string
  readonly keys: readonly AgeKey[]
  readonly bag: CheckedBag
  readonly remove: () => Promise<void>
}

async function* takeIn(
  app: App,
  actor: Actor,
  { file, keys, bag, remove }: Spooled,
): AsyncGenerator<BundleCount> {
  const count = { kept: 0, known: 0, proven: 0, wrongProofs: 0, refused: 0 }
  const reasons = new Set<string>()
  const said = (): BundleCount => ({ ...count, reasons: [...reasons].sort() })
  try {
    for await (const one of readBundle(streamOf(file), keys, bag)) {
      if (isAboutLogs(one)) {
        const worth = await checkCarried(app, one)
        if (worth) count[worth] += 1
        continue
      }
      for await (const result of takeEnvelope(app, one)) {
        if (result === 'kept' || result === 'known') count[result] += 1
        else {
          count.refused += 1
          reasons.add(result)
        }
      }
      yield said()
    }
    const entry = { at: app.clock(), actor, organisation: null, subject: 'bundle' }
    const act = { act: 'network.bundle-read', details: said() }
    await app.db.as(actor, (tx) => recordAudit(tx, { ...entry, ...act }))
    yield said()
  } finally {
    await remove()
  }
}

/** What is not understood is counted, and what stands after it looked at all the same. */
async function* takeEnvelope(
  app: App,
  { bytes }: BagFile,
): AsyncGenerator<'kept' | 'known' | Refusal> {
  const read = readStrictJson(bytes, bagLimit.bytes)
  const envelope = Envelope.safeParse('value' in read ? read.value : undefined).data
  if (!envelope) {
    yield 'not-a-record'
    return
  }
  yield* takeObjects(app, envelope.objects)
}

async function* takeObjects(
  app: App,
  objects: readonly unknown[],
): AsyncGenerator<'kept' | 'known' | Refusal> {
  for await (const { taken, faults } of unpackInRounds(app, objects)) {
    yield* faults
    for (const { record, wasSealed } of inOrder(taken)) {
      const author = authorOf(record)
      yield author ? await receiveRecord(app, record, author, { wasSealed }) : 'not-readable'
    }
  }
}

/** Whoever carried the disk proves nothing: each record comes from whoever signed it. */
function authorOf(record: Parameters<typeof readKept>[0]) {
  try {
    return readKept(record).header.org
  } catch {
    return undefined
  }
}
