import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient } from '@tocsin/api/client.ts'
import { getImport, importFile, listSources } from '@tocsin/api/sources.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ImportId } from '@tocsin/domain/source.ts'
import { expect, onTestFinished, test } from 'vitest'
import { startNodeProcess } from './node-process.ts'
import { startTestNode } from './test-node.ts'

const ROWS = 60_000
const YEARS = 60
const name = 'figures.csv'
const head = 'country,period,series,value,low,high\n'

function lines(from: number, until: number): Uint8Array {
  let text = ''
  for (let row = from; row < until; row++) {
    text += `TCD,${1960 + (row % YEARS)},test.s${Math.floor(row / YEARS)},${row},,\n`
  }
  return Buffer.from(text)
}

/** All rows; between the two halves it waits for what happens meanwhile. */
async function* figures(meanwhile: () => Promise<unknown>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(head)
  yield lines(0, ROWS / 2)
  await meanwhile()
  yield lines(ROWS / 2, ROWS)
}

async function give(client: Client, meanwhile: () => Promise<unknown> = async () => undefined) {
  const params = { import: newId<ImportId>() }
  return client(importFile, { params, query: { name }, stream: figures(meanwhile) })
}

async function operatorOf(home: string, url: string): Promise<Client> {
  const authorization = `Bearer ${await readFile(join(home, 'operator-token'), 'utf8')}`
  return createClient((path, init) => fetch(url + path, init), { authorization })
}

test('an import that is killed at half keeps nothing; given again it ends with the same content', async () => {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'tocsin-import-')))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const node = await startNodeProcess(home)
  const client = await operatorOf(home, node.url)
  const params = { import: newId<ImportId>() }
  const stream = figures(async () => {
    await expect
      .poll(async () => (await client(getImport, { params })).rowsRead, { timeout: 60_000 })
      .toBeGreaterThan(0)
    // How far it is is said in strides; what was sent is understood well before this.
    await sleep(500)
    await node.kill()
  })
  await expect(client(importFile, { params, query: { name }, stream })).rejects.toThrow(
    'fetch failed',
  )

  const again = await startNodeProcess(home)
  const after = await operatorOf(home, again.url)
  expect(await after(getImport, { params })).toMatchObject({ state: 'failed' })
  const heldOf = async (of: Client) => (await of(listSources, {})).filter(({ id }) => id !== null)
  expect(await heldOf(after)).toEqual([])
  expect(await give(after)).toMatchObject({ state: 'kept', rowsRead: ROWS })

  const untouched = await startTestNode()
  await give(untouched.operator)
  const [expected] = await heldOf(untouched.operator)
  expect(await heldOf(after)).toMatchObject([{ contentHash: expected?.contentHash, rows: ROWS }])
  await again.stop()
})
