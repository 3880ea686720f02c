import { type Actor, system } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { type ImportId, ImportReport } from '@tocsin/domain/source.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Batch } from './formats/format.ts'

const badShown = 1000

/** Publishers' own files have figures outside of their bounds: kept, with the bounds widened, and told. */
const isLeftOut = ({ reason }: Batch['bad'][number]): boolean => reason !== 'bounds'
const noteEveryMs = 500

/** Notes an import that begins. One of this id that has ended already is answered instead. */
export async function startImport(
  app: App,
  actor: Actor,
  id: ImportId,
  file: string,
): Promise<ImportReport | undefined> {
  return app.db.as(actor, async (tx) => {
    const report = JSON.stringify(beginning(id, file))
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('source_import')
      .values({ id, file, report, started_at: app.clock() })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 1n) return undefined
    const earlier = await readImport(tx, id)
    if (earlier.state === 'running') throw new Problem('source.import-running', { file })
    return earlier
  })
}

/** How far an import is, or how it ended. */
export async function readImport(tx: Tx, id: ImportId): Promise<ImportReport> {
  const row = await tx
    .selectFrom('source_import')
    .select('report')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('source.import-not-found', { import: id })
  return ImportReport.parse(row.report)
}

/** What an earlier run of the node left unfinished has kept nothing: it says so. */
export async function endInterrupted(app: App): Promise<void> {
  await app.db.as(system, async (tx) => {
    const rows = await tx.selectFrom('source_import').select(['id', 'report']).execute()
    for (const { id, report } of rows) {
      const earlier = ImportReport.parse(report)
      if (earlier.state !== 'running') continue
      const problem = { code: 'source.interrupted', details: { file: earlier.file } } as const
      await write(tx, id, { ...earlier, state: 'failed', problem })
    }
  })
}

export type Progress = {
  readonly rowsRead: number
  readonly badRows: number
  readonly leftOut: number
  readonly note: (news: Pick<ImportReport, 'format'>) => void
  readonly add: (batch: Batch) => void
  readonly end: (
    news: Partial<Pick<ImportReport, 'state' | 'vintage' | 'problem'>>,
  ) => Promise<ImportReport>
}

/** Keeps the report of an import up to date while it runs, outside of its transaction. */
export function followImport(app: App, id: ImportId, file: string): Progress {
  let report: ImportReport = beginning(id, file)
  let noted = 0
  let writing: Promise<unknown> = Promise.resolve()
  const save = () => {
    writing = writing.then(() => app.db.as(system, (tx) => write(tx, id, report)))
    return writing
  }
  return {
    get rowsRead() {
      return report.rowsRead
    },
    get badRows() {
      return report.badRows
    },
    get leftOut() {
      return report.leftOut
    },
    note: (news) => {
      report = { ...report, ...news }
    },
    add: ({ bad, rowsRead, leftOut, bytesRead }) => {
      report = {
        ...report,
        bytesRead,
        rowsRead: report.rowsRead + rowsRead,
        leftOut: report.leftOut + leftOut,
        badRows: report.badRows + bad.filter(isLeftOut).length,
        adjusted: report.adjusted + bad.filter((row) => !isLeftOut(row)).length,
        bad: [...report.bad, ...bad.slice(0, badShown - report.bad.length)],
      }
      if (Date.now() - noted < noteEveryMs) return
      noted = Date.now()
      // What cannot be noted now is noted with the next stretch, or at the end.
      save().catch(() => undefined)
    },
    end: async (news) => {
      report = { ...report, ...news }
      await writing.catch(() => undefined)
      await app.db.as(system, (tx) => write(tx, id, report))
      return report
    },
  }
}

const beginning = (id: ImportId, file: string): ImportReport => ({
  id,
  file,
  state: 'running',
  format: null,
  bytesRead: 0,
  rowsRead: 0,
  leftOut: 0,
  badRows: 0,
  adjusted: 0,
  bad: [],
  problem: null,
  vintage: null,
})

async function write(tx: Tx, id: ImportId, report: ImportReport): Promise<void> {
  await tx
    .updateTable('source_import')
    .set({ report: JSON.stringify(report) })
    .where('id', '=', id)
    .execute()
}
