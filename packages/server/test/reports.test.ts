import * as docket from '@tocsin/api/docket.ts'
import * as reports from '@tocsin/api/reports.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { ReportForm, ReportId } from '@tocsin/domain/report.ts'
import { describe, expect, test } from 'vitest'
import { entriesOf, openMatter } from './test-docket.ts'
import { file, opening, reportForm } from './test-matters.ts'
import { startTestNode } from './test-node.ts'

describe('a report', () => {
  test('sent twice at once is filed once', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const form = reportForm()
    const filed = await Promise.all([1, 2, 3, 4].map(() => file(focal, form)))
    expect(new Set(filed.map(({ id, number }) => `${id} ${number}`)).size).toBe(1)
    expect((await file(focal, reportForm())).number).toBe(2)
    const body = opening()
    const opened = await Promise.all([1, 2, 3].map(() => focal.call(docket.openMatter, { body })))
    expect(new Set(opened.map(({ number }) => number))).toEqual(new Set([1]))
    expect(await entriesOf(focal, body.id)).toHaveLength(1)
  })

  test('that says what cannot be is refused, with the field, and nothing is filed', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const bad: readonly [Partial<ReportForm>, string][] = [
      [{ untilDay: '2026-03-01' as Day }, 'untilDay'],
      [{ fromDay: '2026-01-01' as Day, untilDay: '2025-12-31' as Day }, 'untilDay'],
      [{ harm: { killed: { low: 9, best: null, high: 3 } } }, 'harm.killed'],
      [{ harm: { killed: { low: 1, best: 9, high: 3 } } }, 'harm.killed'],
      [{ harm: { killed: { low: -1, best: null, high: 3 } } }, 'harm.killed.low'],
      [{ what: `safe\u202Etxet edit` }, 'what'],
      [{ what: 'x'.repeat(8001) }, 'what'],
      [{ what: '   ' }, 'what'],
      [{ groups: 'a\u0000b' }, 'groups'],
    ]
    for (const [parts, path] of bad) {
      const refused = await file(focal, reportForm(parts)).catch((error) => error)
      expect(refused.code, path).toBe('request.invalid')
      expect(refused.details.issues.map((one: { path: string }) => one.path)).toContain(path)
    }
    const listed = await focal.call(reports.listReports, {
      query: { loose: false, exercise: false, limit: 50, offset: 0 },
    })
    expect(listed.total).toBe(0)
    const hostile = "<img src=x onerror=alert(1)> {t} {0} %s '; drop table report; --"
    expect((await file(focal, reportForm({ what: hostile }))).what).toBe(hostile)
  })

  test('never mixes exercise and real, and stands on one matter only', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const matter = await openMatter(focal)
    const other = await openMatter(focal)
    const drill = await file(focal, reportForm({ isExercise: true }))
    const attach = (id: MatterId, report: ReportId) =>
      focal.call(reports.attachReport, { params: { matter: id, report } })
    await expect(attach(matter, drill.id)).rejects.toMatchObject({ code: 'report.other-kind' })
    await expect(file(focal, reportForm({ matter, isExercise: true }))).rejects.toMatchObject({
      code: 'report.other-kind',
    })
    const { id } = await file(focal, reportForm({ matter }))
    await attach(matter, id)
    await expect(attach(other, id)).rejects.toMatchObject({ code: 'report.attached' })
    expect(await entriesOf(focal, matter)).toHaveLength(2)
  })

  test('is read by its own organisation alone', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const neighbour = await node.as('focal-point', 'elsewhere')
    const { id: report } = await file(focal, reportForm())
    expect((await focal.call(reports.getReport, { params: { report } })).id).toBe(report)
    const tried = neighbour.call(reports.getReport, { params: { report } })
    await expect(tried).rejects.toMatchObject({ code: 'report.not-found' })
  })
})
