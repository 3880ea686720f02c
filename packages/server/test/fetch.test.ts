import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fetchSource } from '../src/sources/fetch/fetch-source.ts'
import { cut, file, json, type LocalPublisher, slow, startPublisher, status } from './publisher.ts'

const token = 'a-token-nobody-else-may-see'

/** Longer than a busy machine keeps a link waiting that is alive. */
const STALL_MS = 5_000

async function fetcher(
  { url }: LocalPublisher,
  environment = { TOCSIN_UCDP_TOKEN: token },
  stallMs = STALL_MS,
) {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-fetch-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return {
    folder,
    get: (name: string, release?: string) =>
      fetchSource(name, {
        fetch,
        folder,
        version: release,
        environment,
        mirror: url,
        stallMs,
        waitMs: 5,
      }),
  }
}

const csv = `country,period,series,value,low,high\n${'TCD,2024,test.a,1,,\n'.repeat(200)}`

describe('fetching a file', () => {
  test('goes on where a broken link stopped it', async () => {
    const publisher = await startPublisher(file(csv))
    publisher.next(cut(csv, 1000, 'break'))
    const { get } = await fetcher(publisher)
    const path = await get('ucdp-country-year')
    expect(await readFile(path, 'utf8')).toBe(csv)
    expect(publisher.asked.map(({ range }) => range)).toEqual([undefined, 'bytes=1000-'])
  })

  test('goes on in a later run, and begins anew when the file has changed meanwhile', async () => {
    const other = csv.replaceAll('2024', '2025')
    for (const [now, etag] of [
      [csv, '"1"'],
      [other, '"2"'],
    ] as const) {
      const publisher = await startPublisher(file(now, etag))
      publisher.next(...Array.from({ length: 5 }, () => cut(csv, 1000, 'break')))
      const { get, folder } = await fetcher(publisher)
      await expect(get('ucdp-country-year')).rejects.toMatchObject({ code: 'fetch.cut-off' })
      expect((await readdir(folder)).every((name) => /\.part(\.json)?$/.test(name))).toBe(true)
      expect(await readFile(await get('ucdp-country-year'), 'utf8')).toBe(now)
      expect(publisher.asked.at(-1)?.range).toBe('bytes=1000-')
      expect(await readdir(folder)).toHaveLength(1)
    }
  })

  test('is patient with a slow link, as long as anything comes', async () => {
    // Slower as a whole than a link may be silent, and never silent for so long.
    const publisher = await startPublisher(slow(csv, 400))
    const { get } = await fetcher(publisher, undefined, 1_500)
    expect(await readFile(await get('ucdp-country-year'), 'utf8')).toBe(csv)
    expect(publisher.asked).toHaveLength(1)
  })

  test('gives up on a link that says nothing more, and keeps what came', async () => {
    const publisher = await startPublisher(cut(csv, 500, 'stall'))
    const { get } = await fetcher(publisher, undefined, 300)
    await expect(get('ucdp-country-year')).rejects.toMatchObject({ code: 'fetch.stalled' })
  })

  test('waits as long as a busy publisher asks, tries again after an error, and gives up in the end', async () => {
    const publisher = await startPublisher(file(csv))
    publisher.next(status(429, { 'retry-after': '0' }), status(500), status(503))
    const { get } = await fetcher(publisher)
    expect(await readFile(await get('ucdp-country-year'), 'utf8')).toBe(csv)
    expect(publisher.asked).toHaveLength(4)
    const dead = await startPublisher(status(502))
    const failing = await fetcher(dead)
    await expect(failing.get('ucdp-country-year')).rejects.toMatchObject({
      code: 'fetch.busy',
      details: { status: 502 },
    })
    expect(dead.asked).toHaveLength(5)
  })

  test('says what to do when the release does not exist, or nobody answers', async () => {
    const publisher = await startPublisher(status(404))
    const { get } = await fetcher(publisher)
    await expect(get('ucdp-country-year', '999')).rejects.toMatchObject({ code: 'fetch.not-found' })
    expect(publisher.asked).toEqual([
      {
        path: '/downloads/organizedviolencecy/organizedviolencecy-999-csv.zip',
        range: undefined,
      },
    ])
    const nobody = await fetcher({ ...publisher, url: 'http://127.0.0.1:9' })
    await expect(nobody.get('inform')).rejects.toMatchObject({ code: 'fetch.unreachable' })
  })
})

/** Three pages of two events each, as UCDP's interface answers. */
const page = (number: number, total = 6) => ({
  TotalCount: total,
  TotalPages: 3,
  PreviousPageUrl: '',
  NextPageUrl: '',
  Result: [{ id: number * 2 }, { id: number * 2 + 1 }],
})
const pages = (total?: number) =>
  startPublisher((request, response) => {
    const number = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page'))
    const isKnown = request.headers['x-ucdp-access-token'] === token
    if (!isKnown) return status(401)(request, response)
    return json(page(number, total))(request, response)
  })
const idsIn = (text: string): number[] =>
  text
    .trim()
    .split('\n')
    .flatMap((line) => JSON.parse(line).Result.map(({ id }: { id: number }) => id))

describe('fetching pages', () => {
  test('asks for each once, with the token in the header alone', async () => {
    const publisher = await pages()
    const { get } = await fetcher(publisher)
    const path = await get('ucdp-ged')
    expect(idsIn(await readFile(path, 'utf8'))).toEqual([0, 1, 2, 3, 4, 5])
    expect(publisher.asked.map(({ path: asked }) => asked)).toEqual(
      [0, 1, 2].map((number) => `/api/gedevents/25.1?pagesize=1000&page=${number}`),
    )
    expect(JSON.stringify(publisher.asked)).not.toContain(token)
  })

  test('tries a page that broke off again, and goes on in a later run with the pages that lack', async () => {
    const publisher = await pages()
    const half = JSON.stringify(page(1)).slice(0, 40)
    const broken = (_: unknown, response: Parameters<ReturnType<typeof json>>[1]) => {
      response.writeHead(200).end(half)
    }
    publisher.next(json(page(0)), ...Array.from({ length: 5 }, () => broken))
    const { get } = await fetcher(publisher)
    await expect(get('ucdp-ged')).rejects.toMatchObject({ code: 'fetch.cut-off' })
    const before = publisher.asked.length
    expect(idsIn(await readFile(await get('ucdp-ged'), 'utf8'))).toEqual([0, 1, 2, 3, 4, 5])
    expect(publisher.asked.slice(before).map(({ path }) => path.slice(-1))).toEqual(['0', '1', '2'])
  })

  test('begins anew when the figures changed between two runs', async () => {
    const publisher = await pages(7)
    publisher.next(json(page(0)), status(404))
    const { get } = await fetcher(publisher)
    await expect(get('ucdp-ged')).rejects.toMatchObject({ code: 'fetch.not-found' })
    expect(idsIn(await readFile(await get('ucdp-ged'), 'utf8'))).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('says that an answer has another form than the interface promises', async () => {
    const publisher = await startPublisher(json({ message: 'moved' }))
    const { get } = await fetcher(publisher)
    await expect(get('ucdp-ged')).rejects.toMatchObject({ code: 'fetch.bad-answer' })
    await expect(get('wdi')).rejects.toMatchObject({ code: 'fetch.bad-answer' })
  })

  test('puts the World Bank’s indicators into one file', async () => {
    const record = (value: string) => [
      { page: 1, pages: 1, total: 1 },
      [{ indicator: { id: value }, value: 1 }],
    ]
    const publisher = await startPublisher(({ url = '' }, response) =>
      json(record(url.split('/')[5]?.split('?')[0] ?? ''))({} as never, response),
    )
    const { get } = await fetcher(publisher)
    const text = await readFile(await get('wdi'), 'utf8')
    const named = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)[1][0].indicator.id)
    expect(named).toEqual(['SP.POP.TOTL', 'NY.GDP.PCAP.KD', 'SP.DYN.IMRT.IN'])
  })
})

describe('a token', () => {
  test('that lacks or is refused is asked for, with where to get one, and never said', async () => {
    const publisher = await pages()
    const without = await fetcher(publisher, { TOCSIN_UCDP_TOKEN: '' })
    const home = 'https://ucdp.uu.se/apidocs/'
    await expect(without.get('ucdp-ged')).rejects.toMatchObject({
      code: 'fetch.token-needed',
      details: { home },
    })
    expect(publisher.asked).toEqual([])
    const wrong = await fetcher(publisher, { TOCSIN_UCDP_TOKEN: 'wrong-token' })
    const refusal = await wrong.get('ucdp-ged').catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'fetch.token-refused', details: { home } })
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain('wrong-token')
  })

  test('is never sent to another host', async () => {
    const elsewhere = await startPublisher(json(page(0)))
    const publisher = await startPublisher(status(302, { location: `${elsewhere.url}/stolen` }))
    const { get } = await fetcher(publisher)
    await expect(get('ucdp-ged')).rejects.toMatchObject({ code: 'fetch.other-host' })
    expect(elsewhere.asked).toEqual([])
  })
})

test('what cannot simply be fetched says where to register, and an unknown name says which there are', async () => {
  const publisher = await startPublisher(status(500))
  const { get } = await fetcher(publisher)
  await expect(get('vdem')).rejects.toMatchObject({
    code: 'fetch.register',
    details: { home: 'https://www.v-dem.net/data/' },
  })
  await expect(get('nothing')).rejects.toMatchObject({ code: 'fetch.unknown-name' })
  expect(publisher.asked).toEqual([])
})
