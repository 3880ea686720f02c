import type { AnyRoute } from '@tanstack/react-router'
import { listOrgans, readAgenda, readRules } from '@tocsin/api/agendas.ts'
import { listBodies } from '@tocsin/api/bodies.ts'
import { listOffices } from '@tocsin/api/warnings.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { OrganId } from '@tocsin/domain/trigger-rule.ts'
import { page } from '../shell/page.tsx'

const organIn = (params: Readonly<Record<string, string>>): OrganId => {
  const organ = OrganId.safeParse(params['organ']).data
  if (!organ) throw new Problem('agenda.not-found')
  return organ
}

export const agendaRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/agendas',
    needs: ['act'],
    ask: async ({ client, locale }, { search }) => {
      const isSettingUp = search['act'] !== undefined
      const [found, offices, bodies] = await Promise.all([
        client(listOrgans, {}),
        isSettingUp ? client(listOffices, {}) : [],
        isSettingUp ? client(listBodies, { query: { locale } }) : undefined,
      ])
      const { OrgansPage } = await import('./OrgansPage.tsx')
      return { OrgansPage, found, offices, bodies: bodies?.bodies ?? [] }
    },
    draw: ({ OrgansPage, ...answer }, { search }) => <OrgansPage {...answer} search={search} />,
  }),
  page(root, {
    path: '/agendas/$organ',
    needs: ['show', 'exercise'],
    ask: async ({ client }, { params, search }) => {
      const query = {
        show: search['show'] === 'answered' ? ('answered' as const) : ('standing' as const),
        exercise: search['exercise'] === 'true',
      }
      const found = await client(readAgenda, { params: { organ: organIn(params) }, query })
      const { AgendaPage } = await import('./AgendaPage.tsx')
      return { AgendaPage, found }
    },
    draw: ({ AgendaPage, found }, { search }) => <AgendaPage found={found} search={search} />,
  }),
  page(root, {
    path: '/agendas/$organ/rules',
    ask: async ({ client }, { params }) => {
      const found = await client(readRules, { params: { organ: organIn(params) } })
      const { RulesPage } = await import('./RulesPage.tsx')
      return { RulesPage, found }
    },
    draw: ({ RulesPage, found }, { search }) => <RulesPage {...found} search={search} />,
  }),
]
