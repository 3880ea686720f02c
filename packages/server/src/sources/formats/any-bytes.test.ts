import { gzipSync } from 'node:zlib'
import { Problem } from '@tocsin/domain/problem.ts'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readImportFile } from './read-file.ts'
import { readWhole } from './read-whole.ts'

const iso = fc.constantFrom('AFG', 'SRB', 'YEM', 'XXX', 'DDR', '')
const cell = fc.oneof(
  fc.integer({ min: -3, max: 3000 }).map(String),
  fc.constantFrom(
    'NA',
    '',
    'NaN',
    '1e3',
    '"a ""b"""',
    '"x\ny"',
    '"é\r\n"',
    'ü',
    'a"b',
    '"a"b',
    '#x',
  ),
)
const headers = [
  'country,period,series,value,low,high',
  'id,type_of_violence,country_id,date_start,date_end,deaths_civilians,best,low,high',
  'iso3,year,population,gdp_pc,infant_mortality',
  'untc_no,treaty,iso3,signed,bound,bound_by',
]
const row = fc
  .tuple(iso, fc.array(cell, { minLength: 4, maxLength: 9 }))
  .map(([country, cells]) => [country, ...cells].join(','))
const csv = fc
  .record({
    header: fc.constantFrom(...headers),
    rows: fc.array(row, { maxLength: 12 }),
    end: fc.constantFrom('\n', '\r\n'),
    bom: fc.constantFrom('', '\uFEFF'),
    last: fc.boolean(),
  })
  .map(({ header, rows, end, bom, last }) => bom + [header, ...rows].join(end) + (last ? end : ''))
const json = fc
  .array(
    fc.record({
      'indicator.id': cell,
      indicator: fc.record({ id: cell }),
      countryiso3code: iso,
      date: cell,
      value: fc.oneof(fc.double(), cell, fc.constant(null)),
      text: fc.string(),
    }),
    { maxLength: 6 },
  )
  .map((records) => JSON.stringify([{ page: 1, pages: 1 }, records]))
const text = fc.oneof(csv, json, fc.string(), fc.json())
const packed = fc
  .tuple(text, fc.constantFrom('plain', 'gzip', 'zip'))
  .map(([content, how]): Uint8Array => {
    if (how === 'gzip') return gzipSync(content)
    return how === 'zip' ? zipSync({ 'data.csv': strToU8(content) }) : strToU8(content)
  })
/** A file, and the same file with a stretch of it replaced by other bytes. */
const bytes = fc
  .tuple(packed, fc.option(fc.tuple(fc.nat(), fc.nat(), fc.uint8Array())))
  .map(([content, change]) => {
    if (change === null) return content
    const from = change[0] % (content.length + 1)
    const to = from + (change[1] % (content.length - from + 1))
    return Buffer.concat([content.subarray(0, from), change[2], content.subarray(to)])
  })

/** What a file says, or the problem it is refused with. Anything else that is thrown fails. */
async function outcome(...pieces: readonly Uint8Array[]): Promise<unknown> {
  try {
    const { largestBatch, ...said } = await readWhole(...pieces)
    return said
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect(error.code).toMatch(/^source\./)
    return { code: error.code, details: error.details }
  }
}

test('no bytes lead to anything but figures, bad rows and a problem with a sentence', async () => {
  const anything = fc.oneof(bytes, fc.uint8Array({ maxLength: 300 }))
  await fc.assert(
    fc.asyncProperty(anything, async (content) => void (await outcome(content))),
    { numRuns: 1500 },
  )
})

test('how the bytes of a file are cut into pieces changes nothing of what it says', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, fc.array(fc.nat(), { maxLength: 8 }), async (content, cuts) => {
      const at = [0, ...cuts.map((cut) => cut % (content.length + 1)), content.length]
      at.sort((a, b) => a - b)
      const pieces = at.slice(1).map((end, index) => content.subarray(at[index], end))
      expect(await outcome(...pieces)).toEqual(await outcome(content))
    }),
    { numRuns: 600 },
  )
})

test('pieces of text that end anywhere are read as one text', async () => {
  // Rows of 1 to 60 characters over many pieces of the reader's own size, with breaks in quotes.
  const rows = Array.from({ length: 20_000 }, (_, index) => {
    const country = index % 7 === 0 ? '"AFG"' : 'AFG'
    const note = '"é,\r\n""x"""'.repeat(index % 3) || '"-"'
    return `${country},${1000 + (index % 9000)},s.n${Math.floor(index / 9000)},${index},,,${note}`
  })
  const text = `country,period,series,value,low,high,note\r\n${rows.join('\r\n')}\r\n`
  const file = await readWhole(text)
  expect(file.rowsRead).toBe(20_000)
  expect(file.bad).toEqual([])
  expect(file.observations.map(({ value }) => value)).toEqual(rows.map((_, index) => index))
})

test('a long file is read in small batches, and a reader may stop early', async () => {
  let given = 0
  const rows = 300_000
  const bytes = (async function* () {
    yield Buffer.from(`${headers[1]}\n`)
    for (; given < rows; given += 1000) {
      const ids = Array.from({ length: 1000 }, (_, index) => given + index)
      const lines = ids.map((id) => `${id},3,700,2020-01-01,2020-01-02,4,4,3,9`)
      yield Buffer.from(`${lines.join('\n')}\n`)
    }
  })()
  const { batches } = await readImportFile(bytes)
  let read = 0
  for await (const batch of batches) {
    expect(batch.events.length + batch.bad.length).toBeLessThanOrEqual(5000)
    read += batch.events.length
    if (read > 100_000) break
  }
  expect(given).toBeLessThan(150_000)
})
