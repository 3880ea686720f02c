import type { AnyRoute } from '@tanstack/react-router'
import { getPlan, listPlans, readNote } from '@tocsin/api/action-plans.ts'
import { listOffices } from '@tocsin/api/warnings.ts'
import { NoteId } from '@tocsin/domain/article-54.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { page } from '../shell/page.tsx'
import { overviewIn } from './overview-filters.ts'

/** The acts whose form offers offices to choose from. */
const choosing = ['plan', 'decided', 'schedule']

export const actionPlanRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/matters/$matter/plan',
    needs: ['act', 'note', 'language'],
    ask: async ({ client, locale }, { params, search }) => {
      const matter = (params['matter'] ?? '') as MatterId
      const note = NoteId.safeParse(search['note']).data
      const language = Locale.safeParse(search['language']).data ?? locale
      const [plan, offices, opened] = await Promise.all([
        client(getPlan, { params: { matter } }),
        choosing.includes(search['act'] ?? '') ? client(listOffices, {}) : [],
        note ? client(readNote, { params: { note }, query: { locale: language } }) : undefined,
      ])
      const { PlanPage } = await import('./PlanPage.tsx')
      return { PlanPage, plan, offices, opened }
    },
    draw: ({ PlanPage, ...answer }, { search }) => (
      <PlanPage key={answer.plan.matter.id} {...answer} search={search} />
    ),
  }),
  page(root, {
    path: '/plans',
    needs: ['status', 'due', 'lead', 'exercise', 'offset'],
    ask: async ({ client }, { search }) => {
      const found = await client(listPlans, { query: overviewIn(search) })
      const { OverviewPage } = await import('./OverviewPage.tsx')
      return { OverviewPage, found }
    },
    draw: ({ OverviewPage, ...answer }, { search }) => <OverviewPage {...answer} search={search} />,
  }),
]
