import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Problem } from '@tocsin/domain/problem.ts'
import pg from 'pg'
import { encodeContent, encodeStatement, firstLine } from './container.ts'
import { type Header, openSum, type Section, type Trailer } from './contents.ts'
import { listKept } from './kept-files.ts'
import { copyOut, listTables, readSequences, settle } from './tables.ts'

/** What a backup holds, for whoever asks whether it is whole. */
export type BackupFacts = {
  readonly madeAt: string
  readonly tables: number
  readonly rows: number
  readonly files: number
  readonly bytes: number
  readonly sha256: string
}

const BATCH_BYTES = 128 * 1024
// Rows of figures and JSON shrink about as well at 4 as at the default 6, in half the time.
const GZIP_LEVEL = 4

export type BackupSource = {
  readonly databaseUrl: string
  readonly home: string
  readonly product: string
}

/**
 * Writes everything the node knows, as of one moment, to one new file that only its owner may read.
 * The file appears when it is whole. The node may go on working meanwhile.
 */
export async function makeBackup(source: BackupSource, file: string): Promise<BackupFacts> {
  await refuseExisting(file)
  const draft = `${file}.${randomBytes(6).toString('hex')}.part`
  const client = new pg.Client(source.databaseUrl)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await settle(client)
    // Where the owner of the tables cannot pass row-level security, the node itself reads every row.
    await client.query(`select set_config('tocsin.kind', 'system', true)`)
    const handle = await open(draft, 'wx', 0o600)
    const facts = await writeFile(handle, readAll(client, source)).finally(() => handle.close())
    await rename(draft, file)
    return facts
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw asProblem(error, file)
  } finally {
    await client.end()
  }
}

async function refuseExisting(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found) throw new Problem('backup.exists', { file })
}

const reasons = new Set(['ENOSPC', 'ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR'])

function asProblem(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!reasons.has(code)) return error
  return new Problem('backup.not-written', { file, reason: code }, { cause: error })
}

type Totals = { madeAt: string; tables: number; rows: number; files: number }

type Parts = { readonly bytes: AsyncIterable<Buffer>; readonly totals: Totals }

async function writeFile(handle: FileHandle, { bytes, totals }: Parts): Promise<BackupFacts> {
  const seal = createHash('sha256')
  seal.update(firstLine)
  await handle.appendFile(firstLine)
  const keep = async (packed: AsyncIterable<Buffer>) => {
    for await (const chunk of packed) {
      seal.update(chunk)
      await handle.appendFile(chunk)
    }
  }
  await pipeline(Readable.from(bytes), createGzip({ level: GZIP_LEVEL }), keep)
  const sum = seal.digest()
  await handle.appendFile(sum)
  await handle.sync()
  const { size } = await handle.stat()
  return { ...totals, bytes: size, sha256: sum.toString('hex') }
}

function readAll(client: pg.Client, source: BackupSource): Parts {
  const totals: Totals = { madeAt: new Date().toISOString(), tables: 0, rows: 0, files: 0 }
  return { totals, bytes: frames(client, source, totals) }
}

async function* frames(
  client: pg.Client,
  { home, product }: BackupSource,
  totals: Totals,
): AsyncGenerator<Buffer> {
  yield encodeStatement('H', await readHeader(client, product, totals.madeAt))
  for (const table of await listTables(client)) {
    totals.rows += yield* section(table, copyOut(client, table))
    totals.tables += 1
  }
  for (const path of await listKept(home)) {
    yield* section({ kind: 'file', path }, [await readFile(join(home, path))])
    totals.files += 1
  }
  const sections = totals.tables + totals.files
  const trailer: Trailer = { sections, sequences: await readSequences(client) }
  yield encodeStatement('Z', trailer)
}

async function readHeader(client: pg.Client, product: string, madeAt: string): Promise<Header> {
  const there = await client.query<{ name: string | null }>(
    `select to_regclass('public.migration')::text as name`,
  )
  if (!there.rows[0]?.name) throw new Problem('backup.nothing')
  const { rows } = await client.query<Header['migrations'][number]>(
    `select name, hash, ran_at::text as "ranAt" from migration order by name`,
  )
  const version = await client.query<{ version: string }>(
    "select current_setting('server_version') as version",
  )
  return { madeAt, product, postgres: version.rows[0]?.version ?? '', migrations: rows }
}

/** The frames of one section; answers how many lines it had. */
async function* section(
  statement: Section,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<Buffer, number> {
  yield encodeStatement('S', statement)
  const sum = openSum()
  for await (const batch of inBatches(content)) {
    sum.add(batch)
    yield* encodeContent(batch)
  }
  const total = sum.end()
  yield encodeStatement('E', total)
  return total.rows
}

/** PostgreSQL sends a message a row; a frame a row would cost more than the row. */
async function* inBatches(
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<Buffer> {
  let batch: Buffer[] = []
  let size = 0
  for await (const chunk of content) {
    batch.push(chunk)
    size += chunk.length
    if (size < BATCH_BYTES) continue
    yield Buffer.concat(batch)
    batch = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(batch)
}
