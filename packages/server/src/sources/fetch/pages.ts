import { Problem } from '@tocsin/domain/problem.ts'
import { z } from 'zod'
import { Again, type Asking, ask, bodyOf, persist } from './ask.ts'
import type { Mark, Part } from './part.ts'
import type { Paging } from './publishers.ts'

type Progress = (pages: number, all: number | null) => void

/** What a page says of itself and of the others. */
type PageFacts = { readonly pages: number; readonly total: number | null }

const Ucdp = z.object({
  TotalCount: z.int(),
  TotalPages: z.int(),
  Result: z.array(z.object()),
})
const WorldBank = z.tuple([
  z.object({ page: z.int(), pages: z.int(), total: z.int() }),
  z.array(z.object()).nullable(),
])
const Views = z.object({
  page_count: z.int(),
  row_count: z.int().nullish(),
  data: z.array(z.object()),
})

/** Where each interface begins to count, and what its pages say. */
const interfaces: Readonly<
  Record<Paging, { readonly first: number; readonly facts: (page: unknown) => PageFacts }>
> = {
  ucdp: {
    first: 0,
    facts: (page) => {
      const { TotalPages: pages, TotalCount: total } = Ucdp.parse(page)
      return { pages, total }
    },
  },
  'world-bank': {
    first: 1,
    facts: (page) => {
      const [{ pages, total }] = WorldBank.parse(page)
      return { pages, total }
    },
  },
  views: {
    first: 1,
    facts: (page) => {
      const { page_count: pages, row_count: total } = Views.parse(page)
      return { pages, total: total ?? null }
    },
  },
}

/** Fetches all pages of all addresses into one file, a page a line; what is whole is not asked again. */
export async function fetchPages(
  asking: Asking,
  { addresses, paging }: { readonly addresses: readonly string[]; readonly paging: Paging },
  part: Part,
  progress: Progress,
): Promise<void> {
  let before = 0
  for (const address of addresses) {
    const read = (page: number) => {
      const number = `page=${page + interfaces[paging].first}`
      const url = `${address}${address.includes('?') ? '&' : '?'}${number}`
      return persist(asking, () => readPage(asking, url, interfaces[paging].facts))
    }
    // How many pages there are stands only on a page: of an address half fetched the first is read again.
    const { text, said } = await read(0)
    const isHeld = part.mark.pages > before
    if (isHeld && isOther(said, part.mark, addresses)) {
      await part.begin()
      return fetchPages(asking, { addresses, paging }, part, progress)
    }
    const all = Math.max(1, said.pages)
    for (let page = Math.max(0, part.mark.pages - before); page < all; page++) {
      await part.add(Buffer.from(`${page === 0 ? text : (await read(page)).text}\n`))
      await part.note({ pages: before + page + 1, total: said.total })
      progress(before + page + 1, addresses.length === 1 ? all : null)
    }
    before += all
  }
}

/** Whether the publisher's figures changed since an earlier fetch broke off: pages would not fit together. */
const isOther = (said: PageFacts, mark: Mark, addresses: readonly string[]): boolean =>
  addresses.length === 1 && said.total !== mark.total

const mostBytes = 256 * 1024 ** 2

async function readPage(
  asking: Asking,
  url: string,
  facts: (page: unknown) => PageFacts,
): Promise<{ readonly text: string; readonly said: PageFacts }> {
  const controller = new AbortController()
  const stalled = setTimeout(() => controller.abort(), asking.stallMs)
  const answer = await ask(asking, url, {}, controller.signal).finally(() => clearTimeout(stalled))
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of bodyOf(answer, asking, controller)) {
    bytes += piece.length
    if (bytes > mostBytes) throw new Problem('request.too-large')
    pieces.push(piece)
  }
  const text = Buffer.concat(pieces).toString('utf8')
  const { host } = new URL(url)
  const page = parsed(text)
  // A page that breaks off is no JSON: the next try may bring all of it.
  if (page === undefined) throw new Again(new Problem('fetch.cut-off', { host }))
  try {
    return { text, said: facts(page) }
  } catch (error) {
    throw new Problem('fetch.bad-answer', { host }, { cause: error })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
