import type { AnyRoute } from '@tanstack/react-router'
import type { Client } from '@tocsin/api/client.ts'
import { listCountries } from '@tocsin/api/countries.ts'
import { listMatters } from '@tocsin/api/matters.ts'
import { getReport, listReports } from '@tocsin/api/reports.ts'
import { getSession } from '@tocsin/api/session.ts'
import { MatterId } from '@tocsin/domain/matter.ts'
import type { ReportId } from '@tocsin/domain/report.ts'
import { page } from '../shell/page.tsx'
import { PAGE } from './page-size.ts'

/** Loose reports that are shown for triage, and matters to choose from. */
const LOOSE = 100
const MATTERS = 200

/** The open matters that a report can be put on: the organisation's own, drills among them. */
async function listOwnMatters(client: Client) {
  const query = { state: 'open', limit: MATTERS, offset: 0 } as const
  const [{ self }, real, drills] = await Promise.all([
    client(getSession, {}),
    client(listMatters, { query: { ...query, exercise: false } }),
    client(listMatters, { query: { ...query, exercise: true } }),
  ])
  return [...real.matters, ...drills.matters].filter(
    ({ organisation }) => organisation === self?.organisation.id,
  )
}

export const reportRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/reports',
    needs: ['offset', 'exercise'],
    ask: async ({ client }, { search }) => {
      const offset = Math.max(0, Number(search['offset']) || 0)
      const exercise = search['exercise'] === 'true'
      const [loose, all] = await Promise.all([
        client(listReports, { query: { loose: true, exercise, limit: LOOSE, offset: 0 } }),
        client(listReports, { query: { loose: false, exercise, limit: PAGE, offset } }),
      ])
      const { ReportsPage } = await import('./ReportsPage.tsx')
      return { ReportsPage, loose, all }
    },
    draw: ({ ReportsPage, ...answer }, { search }) => <ReportsPage {...answer} search={search} />,
  }),
  page(root, {
    path: '/reports/new',
    needs: ['matter'],
    ask: async ({ client, locale }, { search }) => {
      const [places, matters] = await Promise.all([
        client(listCountries, { query: { locale } }),
        listOwnMatters(client),
      ])
      const wanted = MatterId.safeParse(search['matter']).data
      const today = new Date().toISOString().slice(0, 10)
      const { NewReportPage } = await import('./NewReportPage.tsx')
      return { NewReportPage, places, matters, wanted, today }
    },
    draw: ({ NewReportPage, ...answer }) => <NewReportPage {...answer} />,
  }),
  page(root, {
    path: '/reports/$report',
    ask: async ({ client, locale }, { params }) => {
      const report = (params['report'] ?? '') as ReportId
      const [held, places] = await Promise.all([
        client(getReport, { params: { report } }),
        client(listCountries, { query: { locale } }),
      ])
      const matters = held.matter === null ? await listOwnMatters(client) : []
      const { ReportPage } = await import('./ReportPage.tsx')
      return { ReportPage, report: held, places, matters }
    },
    draw: ({ ReportPage, ...answer }) => <ReportPage key={answer.report.id} {...answer} />,
  }),
]
