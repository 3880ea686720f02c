import type { AnyRoute } from '@tanstack/react-router'
import { getPlan } from '@tocsin/api/action-plans.ts'
import { listAgendasOf } from '@tocsin/api/agendas.ts'
import { listDoors } from '@tocsin/api/bodies.ts'
import { listConsultations } from '@tocsin/api/consultations.ts'
import { listCountries } from '@tocsin/api/countries.ts'
import { getClockSettings, getMatter } from '@tocsin/api/docket.ts'
import { listEntries, listMatters, listReaders } from '@tocsin/api/matters.ts'
import { getReport, listReports } from '@tocsin/api/reports.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { ReportId } from '@tocsin/domain/report.ts'
import { dayIn } from '../bodies/routes.tsx'
import { page } from '../shell/page.tsx'
import { filtersIn } from './matter-filters.ts'

/** Entries of the record on a page, and loose reports to choose from. */
const ENTRIES = 50
const REPORTS = 100

export const matterRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/matters',
    needs: ['state', 'level', 'text', 'exercise', 'offset'],
    ask: async ({ client, locale }, { search }) => {
      const [found, places] = await Promise.all([
        client(listMatters, { query: filtersIn(search) }),
        client(listCountries, { query: { locale } }),
      ])
      const { MattersPage } = await import('./MattersPage.tsx')
      return { MattersPage, found, places }
    },
    draw: ({ MattersPage, ...answer }, { search }) => <MattersPage {...answer} search={search} />,
  }),
  page(root, {
    path: '/matters/new',
    needs: ['report'],
    ask: async ({ client, locale }, { search }) => {
      const wanted = ReportId.safeParse(search['report']).data
      const [readers, places, report] = await Promise.all([
        client(listReaders, {}),
        client(listCountries, { query: { locale } }),
        wanted ? client(getReport, { params: { report: wanted } }) : undefined,
      ])
      const { OpenMatterPage } = await import('./OpenMatterPage.tsx')
      return { OpenMatterPage, readers, places, report }
    },
    draw: ({ OpenMatterPage, ...answer }) => <OpenMatterPage {...answer} />,
  }),
  page(root, {
    path: '/matters/$matter',
    needs: ['before', 'act', 'day'],
    ask: async ({ client, locale }, { params, search }) => {
      const matter = (params['matter'] ?? '') as MatterId
      const before = Number(search['before']) || undefined
      const [opened, plan, agendas, settings, { rooms }, earlier] = await Promise.all([
        client(getMatter, { params: { matter } }),
        client(getPlan, { params: { matter } }),
        client(listAgendasOf, { params: { matter } }),
        client(getClockSettings, {}),
        client(listConsultations, { query: { matter, exercise: false } }),
        before
          ? client(listEntries, { params: { matter }, query: { before, limit: ENTRIES } })
          : undefined,
      ])
      const query = { loose: true, exercise: opened.matter.isExercise, limit: REPORTS, offset: 0 }
      const reports = search['act'] === 'report' ? await client(listReports, { query }) : undefined
      const code = opened.matter.country
      const doors = code
        ? await client(listDoors, {
            params: { country: code },
            query: { day: dayIn(search), locale },
          }).catch((error) => {
            // Another member may know a State that this node has no name for.
            if (error instanceof Problem && error.code === 'country.not-found') return undefined
            throw error
          })
        : undefined
      const { MatterPage } = await import('./MatterPage.tsx')
      const found = reports?.reports ?? []
      return { MatterPage, opened, plan, agendas, settings, rooms, earlier, loose: found, doors }
    },
    draw: ({ MatterPage, ...answer }, { search }) => (
      <MatterPage key={answer.opened.matter.id} {...answer} search={search} />
    ),
  }),
]
