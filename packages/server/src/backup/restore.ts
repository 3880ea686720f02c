import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '@tocsin/domain/problem.ts'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { keepTombstonesOf, noteRestored } from '../network/restored.ts'
import { type CheckedBackup, checkBackup } from './check.ts'
import { type TableSection, type Trailer, walk } from './contents.ts'
import { isKept, listKept } from './kept-files.ts'
import type { BackupFacts } from './make.ts'
import { emptyDatabase, isEmpty, loosen, makeTables, tighten } from './structure.ts'
import { copyInStatement, listTables, quote, settle } from './tables.ts'

export type RestoreTarget = {
  readonly databaseUrl: string
  readonly home: string
  /** Whether what is there may go. */
  readonly replace: boolean
}

/**
 * Puts a backup in the place of a node's database and files: all of it in one transaction, or
 * nothing. A backup of an earlier version makes the tables of that version; the next start brings
 * them forward.
 */
export async function restoreBackup(target: RestoreTarget, file: string): Promise<BackupFacts> {
  const checked = await checkBackup(file)
  const draft = join(target.home, 'restore-draft')
  await rm(draft, { recursive: true, force: true })
  const client = new pg.Client(target.databaseUrl)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    await settle(client)
    await refuseInUse(client)
    // What was taken back since stays so, whatever state comes back.
    await keepTombstonesOf(client, target.home)
    await makeRoom(client, target)
    const files = await load(client, checked, file, draft)
    await noteRestored(target.home, checked.facts.madeAt)
    await client.query('commit')
    await putInPlace(target.home, draft, files)
    await client.query('analyze')
  } catch (error) {
    throw isUnfit(error) ? new Problem('backup.damaged', { file }, { cause: error }) : error
  } finally {
    await client.end()
    await rm(draft, { recursive: true, force: true })
  }
  return checked.facts
}

/** Rows that PostgreSQL does not take: of no such form, or pointing nowhere. */
function isUnfit(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')
}

/** A node that runs on this database would go on with what it remembers of the old one. */
async function refuseInUse(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ others: number }>(
    `select count(*)::int as others from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend'
       and pid <> pg_backend_pid()`,
  )
  if (rows[0]?.others !== 0) throw new Problem('backup.in-use')
}

async function makeRoom(client: pg.Client, { home, replace }: RestoreTarget): Promise<void> {
  if (replace) return emptyDatabase(client)
  const isBare = (await isEmpty(client)) && (await listKept(home)).length === 0
  if (!isBare) throw new Problem('backup.not-empty', { folder: home })
}

/** Fills the tables, and lays the files ready; answers their names. */
async function load(
  client: pg.Client,
  { sealed, header }: CheckedBackup,
  file: string,
  draft: string,
): Promise<readonly string[]> {
  await makeTables(client, header, file)
  const tables = await listTables(client)
  const known = new Map(tables.map((table) => [quote(table), table]))
  const bonds = await loosen(client, tables)
  const files: string[] = []
  await walk(sealed, file, {
    header: async () => undefined,
    section: async (section, content) => {
      if (section.kind === 'table') return loadTable(client, section, known, content, file)
      if (!isKept(section.path)) throw new Problem('backup.damaged', { file })
      files.push(section.path)
      const place = join(draft, section.path)
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      await pipeline(Readable.from(content), createWriteStream(place, { mode: 0o600, flush: true }))
    },
    sum: () => undefined,
    trailer: ({ sequences }) => setSequences(client, sequences),
  })
  await tighten(client, bonds)
  return files
}

async function loadTable(
  client: pg.Client,
  section: TableSection,
  known: ReadonlyMap<string, TableSection>,
  content: AsyncIterable<Buffer>,
  file: string,
): Promise<void> {
  const columns = new Set(known.get(quote(section))?.columns)
  // Made by a version whose queue, or whose own hands, had more than this one knows.
  if (section.columns.some((column) => !columns.has(column))) {
    throw new Problem('backup.newer', { file })
  }
  await pipeline(Readable.from(content), client.query(copyFrom(copyInStatement(section))))
}

async function setSequences(client: pg.Client, sequences: Trailer['sequences']): Promise<void> {
  for (const { schema, sequence, value, called } of sequences) {
    const name = quote({ schema, table: sequence })
    await client.query('select setval($1::regclass, $2, $3)', [name, value, called])
  }
}

/** The rows are in; now the keys they are sealed with. */
async function putInPlace(home: string, draft: string, files: readonly string[]): Promise<void> {
  const before = await listKept(home)
  for (const path of files) {
    const place = join(home, path)
    await mkdir(dirname(place), { recursive: true, mode: 0o700 })
    await rename(join(draft, path), place)
  }
  for (const path of before.filter((old) => !files.includes(old))) {
    await rm(join(home, path), { force: true })
  }
}
