import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Asking } from './ask.ts'
import { fetchFile } from './file.ts'
import { fetchPages } from './pages.ts'
import { openPart } from './part.ts'
import { type Publication, publications } from './publishers.ts'

type Options = {
  readonly fetch: typeof fetch
  /** Where files are put; kept between fetches, so that one that broke off can go on. */
  readonly folder: string
  /** The release; else the one the list of publications names. */
  readonly version?: string | undefined
  /** Publishers' tokens by the name of their variable. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Stands in front of every address instead of the publisher's own host: a mirror, or a test. */
  readonly mirror?: string | undefined
  readonly stallMs?: number
  readonly waitMs?: number
  /** Bytes or pages so far, and of all if that is known. */
  readonly progress?: (done: number, all: number | null) => void
}

const defaults = { stallMs: 30_000, waitMs: 1000 }

/** Fetches what a publisher offers under a name, and answers with the path of the whole file. */
export async function fetchSource(name: string, options: Options): Promise<string> {
  const publication = publications.find((one) => one.name === name)
  if (!publication) {
    const names = publications.map((one) => one.name).join(', ')
    throw new Problem('fetch.unknown-name', { name, names })
  }
  const { home, way } = publication
  if (way === 'register') throw new Problem('fetch.register', { name, home })
  const asking = { ...defaults, ...options, token: tokenOf(publication, options), home }
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const version = options.version ?? publication.version
  const path = join(options.folder, fileName(publication, version))
  return fetchTo(path, publication, asking, version, options)
}

async function fetchTo(
  path: string,
  publication: Exclude<Publication, { way: 'register' }>,
  asking: Asking,
  version: string,
  { mirror, progress = () => undefined }: Options,
): Promise<string> {
  const place = (address: string) =>
    placed(address.replace('{version}', encodeURIComponent(version)), mirror)
  if (publication.way === 'file') {
    const address = place(publication.address)
    const part = await openPart(path, address)
    await fetchFile(asking, address, part, progress)
    await part.finish()
    return path
  }
  const addresses = publication.addresses.map(place)
  const part = await openPart(path, addresses.join(' '))
  await fetchPages(asking, { addresses, paging: publication.paging }, part, progress)
  await part.finish()
  return path
}

function tokenOf({ token, home }: Publication, { environment }: Options): string | undefined {
  if (token === null) return undefined
  const value = environment[token]
  if (!value) throw new Problem('fetch.token-needed', { home })
  return value
}

function fileName({ name, way }: Publication, version: string): string {
  const safe = version.replace(/[^\w.-]/g, '_')
  return `${name}${safe && `-${safe}`}${way === 'pages' ? '.json' : '.download'}`
}

function placed(address: string, mirror: string | undefined): string {
  if (mirror === undefined) return address
  const { pathname, search } = new URL(address)
  return new URL(pathname + search, mirror).href
}
