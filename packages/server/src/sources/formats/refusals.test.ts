import { gzipSync } from 'node:zlib'
import { type Problem, problems } from '@tocsin/domain/problem.ts'
import { RowReason } from '@tocsin/domain/source.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readImportFile } from './read-file.ts'
import { readWhole } from './read-whole.ts'

const header = 'country,period,series,value,low,high'
const table = (...rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`
const afg = 'AFG,2020,a.b,1,0,2'

const event = {
  id: '1',
  type_of_violence: '3',
  country_id: '700',
  date_start: '2020-01-01',
  date_end: '2020-01-02',
  deaths_civilians: '4',
  best: '4',
  low: '3',
  high: '9',
  latitude: '34.5',
  longitude: '69.1',
}
const events = (...changes: readonly Partial<typeof event>[]): string =>
  `${[
    Object.keys(event).join(','),
    ...changes.map((change) => Object.values({ ...event, ...change }).join(',')),
  ].join('\n')}\n`

// A value that a sentence asks for and the problem lacks makes the translator throw.
const sentence = translator('en', catalogues.en)

const refused = (content: string | Uint8Array) => ({
  toMatchObject: async (expected: object): Promise<void> => {
    const error = await readWhole(content).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject(expected)
    const { code, details } = error as Problem
    sentence(`problem.${code}`, details as Record<string, string>)
  },
})

describe('a whole file is refused', () => {
  test('when it is empty, or holds only blank lines', async () => {
    await refused('').toMatchObject({ code: 'source.empty' })
    await refused('\n \n\r\n').toMatchObject({ code: 'source.empty' })
    await refused(gzipSync('')).toMatchObject({ code: 'source.empty' })
  })

  test('when it breaks off inside quotes or within its last row', async () => {
    await refused(`${table(afg)}ALB,2020,"a.b`).toMatchObject({
      code: 'source.cut-off',
      details: { line: 3 },
    })
    await refused(`${table(afg)}ALB,2020,a`).toMatchObject({
      code: 'source.cut-off',
      details: { line: 3 },
    })
    await refused(`[${JSON.stringify(event)},{"id":2`).toMatchObject({ code: 'source.cut-off' })
  })

  test('when columns are missing, with a sentence that names them and the strange ones', async () => {
    const renamed = events({}).replace('best', 'bst').replace('low,', 'lo,')
    await refused(renamed).toMatchObject({
      code: 'source.wrong-columns',
      details: {
        source: 'UCDP Georeferenced Event Dataset',
        missing: 'best, low',
        unknown: 'bst, lo',
      },
    })
  })

  test('when its columns belong to no known file, with a sentence that names them', async () => {
    await refused('when,what\n1,2\n').toMatchObject({
      code: 'source.not-recognised',
      details: { columns: 'when, what' },
    })
    await refused('[{"a":1,"b":{"c":2}}]').toMatchObject({
      code: 'source.not-recognised',
      details: { columns: 'a, b.c' },
    })
  })

  test('when it is UTF-16 or Latin-1 where UTF-8 is wanted, with the line', async () => {
    const text = events({})
    await refused(Buffer.from(`\uFEFF${text}`, 'utf16le')).toMatchObject({
      code: 'source.not-utf8',
      details: { line: 1 },
    })
    await refused(Buffer.from(text, 'utf16le')).toMatchObject({ code: 'source.not-utf8' })
    const latin1 = Buffer.from(`${table(afg, afg)}C\u00F4te,2020,a.b,1,,\n`, 'latin1')
    await refused(latin1).toMatchObject({ code: 'source.not-utf8', details: { line: 4 } })
  })

  test('when a line has no end, without being read to its end', async () => {
    let read = 0
    const endless = (async function* () {
      yield Buffer.from(table(afg))
      for (; read < 1000; read += 1) yield Buffer.alloc(1024 ** 2, 'x')
    })()
    await expect(all(endless)).rejects.toMatchObject({
      code: 'source.line-too-long',
      details: { line: 3 },
    })
    expect(read).toBeLessThan(10)
    const header = (async function* () {
      for (read = 0; read < 1000; read += 1) yield Buffer.alloc(1024 ** 2, 'x')
    })()
    await expect(all(header)).rejects.toMatchObject({ code: 'source.line-too-long' })
    expect(read).toBeLessThan(10)
  })

  test('when a record of JSON has no end, or brackets only open', async () => {
    await refused(`[{"id":"${'x'.repeat(1_200_000)}"}]`).toMatchObject({
      code: 'source.line-too-long',
    })
    await refused('['.repeat(100_000)).toMatchObject({ code: 'source.not-json' })
    await refused('[{"id":1}}]').toMatchObject({ code: 'source.not-json' })
  })

  test('when it unpacks to far more than it should, before it is unpacked', async () => {
    const blank = Buffer.alloc(96 * 1024 ** 2, '\n')
    const bombs = [gzipSync(blank), zipSync({ 'a.csv': blank }), zipSync({ 'a.pdf': blank })]
    for (const bomb of bombs) {
      await refused(bomb).toMatchObject({ code: 'source.unpacks-too-large' })
    }
  })

  test('when its archive is damaged, cut off, or holds no data file or several', async () => {
    const csv = Buffer.from(table(afg))
    const gzip = gzipSync(csv)
    const zip = zipSync({ 'a.csv': csv })
    const code = 'source.damaged'
    await refused(gzip.subarray(0, gzip.length - 12)).toMatchObject({ code })
    await refused(zip.subarray(0, 45)).toMatchObject({ code })
    const changed = zipSync({ 'a.csv': [csv, { level: 0 }] })
    changed[changed.indexOf(0x61, 40)] = 0x62
    await refused(changed).toMatchObject({ code })
    await refused(changed.subarray(0, changed.length - 70)).toMatchObject({ code })
    const broken = Buffer.from(gzip)
    broken.fill(0xff, 12, 20)
    await refused(broken).toMatchObject({ code })
    await refused(zipSync({ 'a.pdf': csv })).toMatchObject({ code: 'source.archive-without-data' })
    await refused(zipSync({ 'a.csv': csv, 'b.json': csv })).toMatchObject({
      code: 'source.archive-many',
      details: { files: 'a.csv, b.json' },
    })
  })
})

async function all(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const { batches } = await readImportFile(bytes)
  for await (const _ of batches);
}

describe('a row is told with its line and reason', () => {
  const bad = async (content: string) =>
    (await readWhole(content)).bad.map(({ line, reason, details }) => {
      sentence(`sources.row.${reason}`, details)
      return [line, reason]
    })

  test('when a figure is no number, or none that a figure can be', async () => {
    const values = ['NaN', 'abc', 'Infinity', '0x1F', '1,5e', '1 000', '']
    const rows = values.map((value) => `AFG,2020,a.b,"${value}",,`)
    expect(await bad(table(afg.replace('2020', '1999'), ...rows))).toEqual([
      ...values.slice(0, -1).map((_, index) => [index + 3, 'not-a-number']),
      [9, 'missing'],
    ])
  })

  test('when deaths are negative or an event has none stated', async () => {
    const changes = [{ best: '-1' }, { deaths_civilians: '-4' }, { low: '' }, { high: 'NA' }]
    expect(await bad(events(...changes))).toEqual([
      [2, 'negative'],
      [3, 'negative'],
      [4, 'missing'],
      [5, 'missing'],
    ])
  })

  test('when its country is unknown or its State had ended', async () => {
    expect(await bad(table('XXX,2020,a.b,1,,', ',2020,a.b,1,,'))).toEqual([
      [2, 'unknown-country'],
      [3, 'missing'],
    ])
    expect(await bad(events({ country_id: '999' }, { country_id: '680' }))).toEqual([
      [2, 'unknown-country'],
      [3, 'ended-country'],
    ])
  })

  test('when it stands there twice; the first is kept', async () => {
    const twice = await readWhole(table(afg, 'AFG,2021,a.b,1,,', 'AFG,2020,a.b,7,,'))
    expect(twice.bad).toEqual([{ line: 4, reason: 'duplicate', details: { key: 'AFG 2020' } }])
    expect(twice.observations.map(({ value }) => value)).toEqual([1, 1])
    expect(await bad(events({}, { best: '5' }, { id: '2' }))).toEqual([[3, 'duplicate']])
  })

  test('when its bounds do not hold the figure, which is kept within wider ones', async () => {
    const file = await readWhole(
      table('AFG,2020,a.b,5,6,7', 'AFG,2021,a.b,5,1,4', 'ALB,2021,a.b,1,0,2'),
    )
    expect(file.bad).toEqual([
      { line: 2, reason: 'bounds', details: { low: '6', value: '5', high: '7' } },
      { line: 3, reason: 'bounds', details: { low: '1', value: '5', high: '4' } },
    ])
    expect(file.observations.map(({ low, value, high }) => [low, value, high])).toEqual([
      [5, 5, 7],
      [1, 5, 5],
      [0, 1, 2],
    ])
    const deaths = await readWhole(events({ low: '8', high: '9' }))
    expect(deaths.bad).toMatchObject([{ line: 2, reason: 'bounds' }])
    expect(deaths.events).toMatchObject([{ low: 4, best: 4, high: 9 }])
  })

  test('when its dates are none, or the end lies before the start', async () => {
    const changes = [
      { date_start: '2020-02-30' },
      { date_end: 'yesterday' },
      { date_start: '2020-01-03' },
      { date_start: '2020-01-01T00:00:00', date_end: '2020-01-01 00:00:00.000' },
    ]
    expect(await bad(events(...changes))).toEqual([
      [2, 'not-a-date'],
      [3, 'not-a-date'],
      [4, 'date-order'],
    ])
    expect(await bad(table('AFG,2020-13,a.b,1,,', 'AFG,20,a.b,1,,'))).toEqual([
      [2, 'not-a-date'],
      [3, 'not-a-date'],
    ])
  })

  test('when its place, its type of violence or its series cannot be', async () => {
    const changes = [{ latitude: '91' }, { longitude: '-181' }, { type_of_violence: '4' }]
    expect(await bad(events(...changes))).toEqual([
      [2, 'out-of-range'],
      [3, 'out-of-range'],
      [4, 'violence'],
    ])
    expect(await bad(table('AFG,2020,A b,1,,'))).toEqual([[2, 'series']])
  })

  test('when its cells are too few or too many or its quotes do not match', async () => {
    const rows = ['AFG,2020', `${afg},,`, 'AFG,2020,"a"b",1,,', 'ALB,2020,a.b,1,,']
    expect(await bad(table(...rows))).toEqual([
      [2, 'cells'],
      [3, 'cells'],
      [4, 'quotes'],
    ])
  })

  test('when a record of JSON is not well formed; lines count inside quotes too', async () => {
    const json = JSON.stringify(event)
    expect(await bad(`[${json},\n{"id":2,},\n\n${json}]`)).toEqual([
      [2, 'not-json'],
      [4, 'duplicate'],
    ])
    const quoted = `${header},note\n${afg},"two\nlines"\nXXX,2020,a.b,1,,,\n`
    expect(await bad(quoted)).toEqual([[4, 'unknown-country']])
  })
})

test('a data file is read from its archive, beside a licence and what macOS adds', async () => {
  const csv = Buffer.from(table(afg))
  const other = Buffer.from('Terms')
  const zip = zipSync({ 'LICENSE.txt': other, '__MACOSX/._a.csv': other, 'x/a.csv': csv })
  for (const packed of [zip, gzipSync(csv), csv]) {
    const file = await readWhole(packed)
    expect(file).toMatchObject({ format: 'observations', bad: [], bytesRead: packed.length })
    expect(file.observations).toEqual([
      { country: 'AFG', period: '2020', series: 'a.b', value: 1, low: 0, high: 2 },
    ])
  }
})

test('every reason and every problem of a file has its sentence', () => {
  const named = RowReason.options.map((reason) => `sources.row.${reason}`)
  const keys = Object.keys(catalogues.en)
  expect(keys.filter((key) => key.startsWith('sources.row.')).sort()).toEqual(named.sort())
  const codes = Object.keys(problems).filter((code) => code.startsWith('source.'))
  for (const code of codes) expect(keys).toContain(`problem.${code}`)
})
