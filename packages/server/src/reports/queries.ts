import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { Report, type ReportId } from '@tocsin/domain/report.ts'
import type { Selectable } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { requirePerson } from '../identity/step-up.ts'

const reportOf = (row: Selectable<Schema['report']>): Report => ({
  id: row.id,
  organisation: row.organisation,
  matter: row.matter,
  year: row.year,
  number: row.number,
  kind: row.kind,
  what: row.what,
  fromDay: row.from_day,
  untilDay: row.until_day,
  country: row.country,
  place: row.place,
  precision: row.place_precision,
  groups: row.groups,
  harm: Report.shape.harm.parse(row.harm),
  sourceGrade: row.source_grade,
  informationGrade: row.information_grade,
  marking: row.marking,
  someoneAtRisk: row.someone_at_risk,
  isExercise: row.is_exercise,
  writtenBy: row.written_by,
  writtenAt: row.written_at,
})

export async function findReport(tx: Tx, id: ReportId): Promise<Report | undefined> {
  const row = await tx.selectFrom('report').selectAll().where('id', '=', id).executeTakeFirst()
  return row && reportOf(row)
}

export async function readReport(app: App, actor: Actor, id: ReportId): Promise<Report> {
  const report = await app.db.as(actor, (tx) => findReport(tx, id))
  if (!report) throw new Problem('report.not-found')
  return report
}

export async function listReportsOn(tx: Tx, matter: MatterId): Promise<Report[]> {
  const rows = await tx
    .selectFrom('report')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('written_at')
    .execute()
  return rows.map(reportOf)
}

type Wanted = {
  readonly loose: boolean
  /** Reports of exercises are never listed among real ones. */
  readonly exercise: boolean
  readonly limit: number
  readonly offset: number
}

/** The organisation's own reports, newest first. */
export async function listReports(
  app: App,
  actor: Actor,
  { loose, exercise, limit, offset }: Wanted,
): Promise<{ total: number; reports: Report[] }> {
  const { organisation } = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    // Row-level security says whose they are too; said here, the index is found that holds them in order.
    const kept = tx
      .selectFrom('report')
      .where('organisation', '=', organisation)
      .where('is_exercise', '=', exercise)
    const all = loose ? kept.where('matter', 'is', null) : kept
    const { total } = await all
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await all
      .selectAll()
      .orderBy('written_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .offset(offset)
      .execute()
    return { total, reports: rows.map(reportOf) }
  })
}

type Whose = { readonly organisation: OrganisationId; readonly exercise: boolean }

const countOf = (tx: Tx, { organisation, exercise }: Whose) =>
  tx
    .selectFrom('report')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('organisation', '=', organisation)
    .where('is_exercise', '=', exercise)

/** The question how many reports of the organisation stand on no matter yet. */
export const countLooseReports = (tx: Tx, whose: Whose) =>
  countOf(tx, whose).where('matter', 'is', null)

/** The question how many reports of the organisation were written later than that. */
export const countReportsSince = (tx: Tx, whose: Whose, since: Instant) =>
  countOf(tx, whose).where('written_at', '>', since)
