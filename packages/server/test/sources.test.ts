import { createReadStream, readFileSync } from 'node:fs'
import type { Client } from '@tocsin/api/client.ts'
import { getCountry } from '@tocsin/api/countries.ts'
import * as api from '@tocsin/api/sources.ts'
import { CountryCode } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { ImportId, ImportReport } from '@tocsin/domain/source.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { sharedData, withoutSharedData } from './shared-data.ts'
import { startTestNode, type TestNode } from './test-node.ts'

type Content = AsyncIterable<Uint8Array> | Blob
type More = { leaveOutBad?: 'yes' }

const give = (client: Client, stream: Content, more: More = {}): Promise<ImportReport> =>
  client(api.importFile, {
    params: { import: newId<ImportId>() },
    query: { name: 'file.csv', ...more },
    stream,
  })

const header = 'country,period,series,value,low,high\n'
const table = (...rows: string[]) => new Blob([header, ...rows.map((row) => `${row}\n`)])

async function rowsIn({ databaseUrl }: TestNode): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query(`select
    (select count(*)::int from vintage) vintages,
    (select count(*)::int from observation) observations,
    (select count(*)::int from ged_event) events`)
  await client.end()
  return rows[0]
}

const chad = CountryCode.parse('TCD')
const seriesOf = async (client: Client, name: string) => {
  const { series } = await client(getCountry, { params: { country: chad } })
  return series.find((one) => one.series === name)
}

describe('importing a file', () => {
  test('keeps it once: the same content again changes nothing', async () => {
    const node = await startTestNode()
    const first = await give(node.operator, table('TCD,2024,test.a,1,,', 'TCD,2025,test.a,2,1,3'))
    expect(first).toMatchObject({ state: 'kept', rowsRead: 2, badRows: 0 })
    const again = await give(node.operator, table('TCD,2024,test.a,1,,', 'TCD,2025,test.a,2,1,3'))
    expect(again).toMatchObject({ state: 'unchanged', vintage: first.vintage })
    expect(await rowsIn(node)).toEqual({ vintages: 1, observations: 2, events: 0 })
    const [newest] = await node.operator(api.listSources, {})
    expect(newest).toMatchObject({ id: first.vintage, rows: 2, lastPeriod: '2025' })
  })

  test('that is sent twice under one id is one import', async () => {
    const node = await startTestNode()
    const params = { import: newId<ImportId>() }
    const query = { name: 'file.csv' }
    const stream = table('TCD,2024,test.a,1,,')
    const first = await node.operator(api.importFile, { params, query, stream })
    expect(await node.operator(api.importFile, { params, query, stream })).toEqual(first)
    expect(await node.operator(api.getImport, { params })).toEqual(first)
  })

  test('with a bad row takes in nothing and names the line; the others are kept if one asks for it', async () => {
    const node = await startTestNode()
    const file = () => table('TCD,2024,test.a,1,,', 'TCD,2025,test.a,many,,', 'QQQ,2025,test.a,1,,')
    const refused = await give(node.operator, file())
    expect(refused).toMatchObject({ state: 'refused', rowsRead: 3, badRows: 2, vintage: null })
    expect(refused.bad.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'not-a-number'],
      [4, 'unknown-country'],
    ])
    expect(await rowsIn(node)).toEqual({ vintages: 0, observations: 0, events: 0 })
    const kept = await give(node.operator, file(), { leaveOutBad: 'yes' })
    expect(kept).toMatchObject({ state: 'kept', badRows: 2 })
    expect(await rowsIn(node)).toMatchObject({ observations: 1 })
  })

  test('that is no data file says what is wrong and takes in nothing', async () => {
    const node = await startTestNode()
    const answer = await give(node.operator, new Blob(['a,b\n1,2\n']))
    expect(answer).toMatchObject({ state: 'failed', problem: { code: 'source.not-recognised' } })
    const empty = await give(node.operator, new Blob([header]))
    expect(empty).toMatchObject({ state: 'failed', problem: { code: 'source.no-rows' } })
    expect(await rowsIn(node)).toMatchObject({ vintages: 0, observations: 0 })
  })

  test('is for those who may, and leaves an entry in the audit log', async () => {
    const node = await startTestNode()
    const reader = await node.as('reader')
    await expect(give(reader.call, table('TCD,2024,test.a,1,,'))).rejects.toMatchObject({
      code: 'permission.denied',
    })
    const analyst = await node.as('analyst')
    const { vintage } = await give(analyst.call, table('TCD,2024,test.a,1,,'))
    const client = new pg.Client({ connectionString: node.databaseUrl })
    await client.connect()
    const { rows } = await client.query('select act, subject from audit_entry order by seq desc')
    await client.end()
    expect(rows[0]).toEqual({ act: 'sources.imported', subject: vintage })
  })
})

describe('imported figures', () => {
  const series = 'ucdp.deaths.one-sided'

  test('count before those that ship, period by period, and go when the file is removed', async () => {
    const node = await startTestNode()
    const shipped = await seriesOf(node.operator, series)
    const { vintage } = await give(
      node.operator,
      table(`TCD,2024,${series},77,70,80`, `TCD,2025,${series},5,4,6`),
    )
    const now = await seriesOf(node.operator, series)
    expect(now?.observations.slice(-2)).toEqual([
      { period: '2024', value: 77, low: 70, high: 80 },
      { period: '2025', value: 5, low: 4, high: 6 },
    ])
    expect(now?.observations.slice(0, -2)).toEqual(shipped?.observations.slice(0, -1))
    expect(now?.source.name).toBe('observations')
    expect(now?.earlier).toEqual([shipped?.source])
    const later = await give(node.operator, table(`TCD,2024,${series},78,70,80`))
    expect((await seriesOf(node.operator, series))?.observations.at(-2)?.value).toBe(78)
    for (const id of [later.vintage, vintage]) {
      if (id) await node.operator(api.removeVintage, { params: { vintage: id } })
    }
    expect(await seriesOf(node.operator, series)).toEqual(shipped)
    expect(await rowsIn(node)).toEqual({ vintages: 0, observations: 0, events: 0 })
  })

  test('that may not be passed on are kept from visitors', async () => {
    const node = await startTestNode()
    await give(node.operator, table('TCD,2025,test.closed,5,,'))
    expect(await seriesOf(node.operator, 'test.closed')).toBeDefined()
    expect(await seriesOf((await node.as('reader')).call, 'test.closed')).toBeDefined()
    expect(await seriesOf(node.visitor, 'test.closed')).toBeUndefined()
    const listed = await node.visitor(api.listSources, {})
    expect(listed.map(({ name }) => name)).not.toContain('observations')
  })
})

describe.skipIf(withoutSharedData)('the publishers’ files', () => {
  const files = [
    ['starter-pack/embed-ok/ucdp_country_year_1989-2024.csv', 6936, 'ucdp-country-year'],
    ['ucdp/ged-events/ged_v24_1_mexico_1989-2023.csv.gz', 18_957, 'ucdp-ged'],
  ] as const

  test.each(files)('are taken in: %s', async (path, rows, format) => {
    const node = await startTestNode()
    const kept = await give(node.operator, createReadStream(sharedData + path))
    expect(kept).toMatchObject({ state: 'kept', format, rowsRead: rows, badRows: 0 })
    if (format === 'ucdp-ged') {
      const { observations } = await rowsIn(node)
      expect(observations).toBeGreaterThan(200)
    }
    const again = await give(node.operator, new Blob([readFileSync(sharedData + path)]))
    expect(again).toMatchObject({ state: 'unchanged', vintage: kept.vintage })
  })
})
