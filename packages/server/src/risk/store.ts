import { gunzipSync, gzipSync } from 'node:zlib'
import type { Instant, Sha256 } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { Edition, type EditionId, InputKind, type KeptInput } from '@tocsin/domain/risk.ts'
import type { Tx } from '../database/database.ts'
import type { EditionFigures } from './edition-figures.ts'
import { type FrozenEdition, type PublishedFigures, sha256 } from './freeze.ts'
import { newestFirst } from './lineage.ts'
import type { ReadFile } from './published-files.ts'

/** Every edition the node keeps, newest first. */
export async function listKept(tx: Tx): Promise<Edition[]> {
  const rows = await tx.selectFrom('risk_edition').select('statement').execute()
  return rows.map(({ statement }) => Edition.parse(statement)).sort(newestFirst)
}

export async function isKept(tx: Tx, id: EditionId): Promise<boolean> {
  const found = await tx.selectFrom('risk_edition').select('id').where('id', '=', id).execute()
  return found.length > 0
}

/** The exact text of everything an edition computed. */
export async function readFiguresText(tx: Tx, id: EditionId): Promise<string> {
  const row = await tx
    .selectFrom('risk_edition')
    .select('figures')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('edition.not-found', { edition: id })
  return row.figures
}

type Figures = EditionFigures | PublishedFigures

// An edition never changes, so what was read once under its hash stays right in every process.
const remembered = new Map<string, Figures>()
const mostRemembered = 16

/** What an edition computed. A Problem when the kept text is not the one its statement names. */
export async function readFigures(tx: Tx, edition: Edition): Promise<Figures> {
  const known = remembered.get(edition.figuresHash)
  if (known) return known
  const text = await readFiguresText(tx, edition.id)
  if (sha256(text) !== edition.figuresHash) {
    throw new Problem('edition.altered', { edition: edition.id })
  }
  const figures = JSON.parse(text) as Figures
  const [oldest] = remembered.keys()
  if (remembered.size >= mostRemembered && oldest) remembered.delete(oldest)
  remembered.set(edition.figuresHash, figures)
  return figures
}

/** Keeps an edition for good; one already kept under this name stays as it is. Says whether it was new. */
export async function keepEdition(
  tx: Tx,
  { edition, figures }: FrozenEdition,
  at: Instant,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('risk_edition')
    .values({
      id: edition.id,
      data_year: edition.dataYear,
      statement: JSON.stringify(edition),
      figures,
      figures_hash: edition.figuresHash,
      kept_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Keeps a file byte for byte; the same file again changes nothing. */
export async function keepFile(tx: Tx, file: ReadFile, at: Instant): Promise<KeptInput> {
  const kind = InputKind.safeParse(file.kind)
  if (!kind.success) throw new Problem('risk.unused-file', { file: file.name, kind: file.kind })
  const kept = {
    sha256: sha256(file.bytes),
    kind: kind.data,
    name: file.name,
    rows: file.rows.length,
  }
  await tx
    .insertInto('risk_input')
    .values({ ...kept, content: gzipSync(file.bytes), kept_at: at })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute()
  return kept
}

/** A kept file: its name, and its bytes as they were. */
export async function readKeptFile(
  tx: Tx,
  hash: Sha256,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const row = await tx
    .selectFrom('risk_input')
    .select(['name', 'content'])
    .where('sha256', '=', hash)
    .executeTakeFirst()
  if (!row) throw new Problem('risk.input-not-kept', { sha256: hash })
  return { name: row.name, bytes: gunzipSync(row.content) }
}
