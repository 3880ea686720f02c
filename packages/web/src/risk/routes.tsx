import type { AnyRoute } from '@tanstack/react-router'
import { createRoute, redirect } from '@tanstack/react-router'
import * as countries from '@tocsin/api/countries.ts'
import * as risk from '@tocsin/api/risk.ts'
import { page } from '../shell/page.tsx'
import { editionIn } from './edition-choice.ts'
import { ScoresPage } from './ScoresPage.tsx'
import { WorldPage } from './WorldPage.tsx'

export const riskRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: () => {
      throw redirect({ href: '/world' })
    },
  }),
  page(root, {
    path: '/world',
    needs: ['edition'],
    ask: async ({ client, locale }, { search }) => {
      const editions = await client(risk.listEditions, {})
      const edition = editionIn(editions, search['edition'])
      const [figures, places] = await Promise.all([
        client(risk.getEdition, { params: { edition: edition.id } }),
        client(countries.listCountries, { query: { locale } }),
      ])
      return { ...figures, editions, edition, places }
    },
    draw: (answer, { search }) => <WorldPage {...answer} search={search} />,
  }),
  page(root, {
    path: '/scores',
    ask: async ({ client, locale }) => {
      const [scores, places] = await Promise.all([
        client(risk.getScores, {}),
        client(countries.listCountries, { query: { locale } }),
      ])
      return { scores, places }
    },
    draw: (answer) => <ScoresPage {...answer} />,
  }),
]
