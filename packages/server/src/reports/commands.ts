import type { Actor } from '@tocsin/domain/actor.ts'
import { isMoreClosed } from '@tocsin/domain/audience.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import type { Matter, MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Report, ReportForm, ReportId } from '@tocsin/domain/report.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { holdId, takeNumber } from '../docket/numbering.ts'
import { requireOpenMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { requirePerson } from '../identity/step-up.ts'
import { findReport } from './queries.ts'

export async function fileReport(app: App, actor: Actor, form: ReportForm): Promise<Report> {
  if (!mayWork(actor)) throw new Problem('permission.denied')
  const { organisation, person } = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    await holdId(tx, form.id)
    const known = await findReport(tx, form.id)
    if (known) return known
    const at = app.clock()
    if (form.untilDay > nextDay(at)) {
      throw new Problem('request.invalid', { issues: [{ path: 'untilDay', code: 'future' }] })
    }
    const matter = form.matter === null ? undefined : await matterFor(tx, actor, form, form.matter)
    const what = form.isExercise ? 'drill-report' : 'report'
    const { fromDay, untilDay, precision, harm, sourceGrade, informationGrade, ...same } = form
    const { someoneAtRisk, isExercise, ...plain } = same
    await tx
      .insertInto('report')
      .values({
        ...plain,
        organisation,
        ...(await takeNumber(tx, { organisation, at, what })),
        from_day: fromDay,
        until_day: untilDay,
        place_precision: precision,
        harm: JSON.stringify(harm),
        source_grade: sourceGrade,
        information_grade: informationGrade,
        someone_at_risk: someoneAtRisk,
        is_exercise: isExercise,
        written_by: person,
        written_at: at,
      })
      .execute()
    await recordAudit(tx, { at, actor, act: 'reports.filed', subject: form.id })
    const filed = await findReport(tx, form.id)
    if (!filed) throw new Problem('report.not-found')
    if (matter) await noteReport(app, tx, actor, matter, filed)
    return filed
  })
}

/** Somewhere on earth it is tomorrow already. */
const nextDay = (at: string): string =>
  new Date(Date.parse(at) + 86_400_000).toISOString().slice(0, 10)

async function matterFor(
  tx: Tx,
  actor: Actor,
  { isExercise }: Pick<Report, 'isExercise'>,
  id: MatterId,
): Promise<Matter> {
  const matter = await requireOpenMatter(tx, actor, id)
  if (matter.isExercise !== isExercise) throw new Problem('report.other-kind')
  return matter
}

/**
 * The record says what was reported and how it is graded; where it came from it never says. Where
 * the report is for fewer eyes than the matter, its words stay with the report.
 */
async function noteReport(
  app: App,
  tx: Tx,
  actor: Actor,
  { id, marking }: Matter,
  report: Report,
): Promise<void> {
  await appendEntry(app, tx, {
    matter: id,
    kind: 'report.attached',
    actor,
    text: isMoreClosed(report.marking, marking) ? null : report.what,
    facts: {
      report: report.id,
      year: report.year,
      number: report.number,
      kind: report.kind,
      grade: `${report.sourceGrade}${report.informationGrade}`,
      fromDay: report.fromDay,
      untilDay: report.untilDay,
      reportedAt: report.writtenAt,
    },
  })
}

export async function attachReport(
  app: App,
  actor: Actor,
  { matter: id, report: reportId }: { readonly matter: MatterId; readonly report: ReportId },
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const report = await findReport(tx, reportId)
    if (!report) throw new Problem('report.not-found')
    if (report.matter === id) return
    if (report.matter !== null) throw new Problem('report.attached')
    const matter = await matterFor(tx, actor, report, id)
    await tx.updateTable('report').set({ matter: id }).where('id', '=', reportId).execute()
    await noteReport(app, tx, actor, matter, report)
  })
}
