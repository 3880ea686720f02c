import { createReadStream } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { getImport, importFile, listSources, removeVintage } from '@tocsin/api/sources.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ImportId, ImportReport } from '@tocsin/domain/source.ts'
import { syntheticEvents } from './import/synthetic-events.ts'
import { type NodeProcess, startNodeProcess } from './node-process/start-node.ts'
import { againstLimit } from './report/against-limit.ts'

const data = fileURLToPath(new URL('../../shared/data/', import.meta.url))
const files = [
  ['ucdp/ged-events/ged_v24_1_mexico_1989-2023.csv.gz', 18_957],
  ['ucdp/ged-events/ged_syria_652_201601-201911.csv.gz', 16_566],
  ['ucdp/yearly/organizedviolencecy_v25_1.csv', 6936],
] as const
const many = 1_000_000
const limits = { seconds: 3, extraMegabytes: 300 }

/**
 * How long real files take from the first byte sent to the end of the transaction, what a million rows
 * cost in memory, and whether an import killed at half and given again ends with the same content.
 */
export async function run(): Promise<void> {
  const node = await startNodeProcess()
  try {
    for (const [path, rows] of files) {
      const { report, seconds } = await give(node, createReadStream(data + path))
      againstLimit(`${path}, ${report.rowsRead} rows`, seconds, limits.seconds, 's')
      if (report.state !== 'kept' || report.rowsRead !== rows) fail(`it ended as ${report.state}`)
    }
    const before = await node.residentBytes()
    const { report, seconds, highest } = await give(node, syntheticEvents(many))
    if (report.state !== 'kept' || report.rowsRead !== many) fail(`it ended as ${report.state}`)
    const extra = (highest - before) / 1024 ** 2
    againstLimit(
      `${many} rows in ${seconds.toFixed(1)} s: memory`,
      extra,
      limits.extraMegabytes,
      'MB',
    )
    const hash = await removeNewest(node)
    await killAtHalf(node)
    await give(node, syntheticEvents(many))
    const same = (await removeNewest(node)) === hash
    console.log(`killed at half and given again: the content is ${same ? 'the same' : 'OTHER'}`)
    if (!same) process.exitCode = 1
  } finally {
    await node.stop()
  }
}

type Given = { readonly report: ImportReport; readonly seconds: number; readonly highest: number }

async function give(node: NodeProcess, stream: AsyncIterable<Uint8Array>): Promise<Given> {
  const client = await node.operator()
  let highest = 0
  const looking = new AbortController()
  const watched = (async () => {
    while (!looking.signal.aborted) {
      highest = Math.max(highest, await node.residentBytes())
      await pause(50)
    }
  })()
  const start = performance.now()
  const params = { import: newId<ImportId>() }
  const query = { name: 'bench.csv' }
  const report = await client(importFile, { params, query, stream })
  const seconds = (performance.now() - start) / 1000
  looking.abort()
  await watched
  return { report, seconds, highest }
}

/** Gives the million rows, kills the node when half of them are read, and starts it again. */
async function killAtHalf(node: NodeProcess): Promise<void> {
  const client = await node.operator()
  const params = { import: newId<ImportId>() }
  const query = { name: 'bench.csv' }
  const broken = client(importFile, { params, query, stream: syntheticEvents(many) }).then(
    () => fail('it ended before it was killed'),
    () => undefined,
  )
  for (;;) {
    const { rowsRead } = await client(getImport, { params }).catch(() => ({ rowsRead: 0 }))
    if (rowsRead > many / 2) break
    await pause(100)
  }
  await node.crash()
  await broken
  const after = await node.operator()
  const { state, problem } = await after(getImport, { params })
  const held = await after(listSources, {})
  console.log(`killed at half: ${state}, ${problem?.code}`)
  if (held.filter(({ id }) => id !== null).length !== files.length) fail('something was kept')
}

/** Removes what was imported last and answers with the fingerprint of its rows. */
async function removeNewest(node: NodeProcess): Promise<string | null> {
  const client = await node.operator()
  const [newest] = await client(listSources, {})
  if (!newest?.id) return fail('nothing was kept')
  await client(removeVintage, { params: { vintage: newest.id } })
  return newest.contentHash
}

function fail(why: string): never {
  throw new Error(why)
}
