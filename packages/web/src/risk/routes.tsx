import type { AnyRoute } from '@tanstack/react-router'
import * as countries from '@tocsin/api/countries.ts'
import * as risk from '@tocsin/api/risk.ts'
import { page } from '../shell/page.tsx'
import { editionIn } from './edition-choice.ts'
import { WorldPage } from './WorldPage.tsx'

export const riskRoutes = (root: AnyRoute) => [
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
    path: '/editions',
    needs: ['from', 'to'],
    ask: async ({ client, locale }, { search }) => {
      const [editions, places] = await Promise.all([
        client(risk.listEditions, {}),
        client(countries.listCountries, { query: { locale } }),
      ])
      // Without a choice: the newest, set against the one before it.
      const edition = editions.find(({ id }) => id === search['to']) ?? editions[0]
      const other = editions.find(({ id }) => id === search['from']) ?? editions[1]
      const comparison =
        edition && other && edition.id !== other.id
          ? await client(risk.compareEditions, { params: { edition: edition.id, other: other.id } })
          : null
      const { EditionsPage } = await import('./EditionsPage.tsx')
      return { EditionsPage, editions, comparison, places }
    },
    draw: ({ EditionsPage, ...answer }) => <EditionsPage {...answer} />,
  }),
  page(root, {
    path: '/scores',
    ask: async ({ client, locale }) => {
      const [scores, places] = await Promise.all([
        client(risk.getScores, {}),
        client(countries.listCountries, { query: { locale } }),
      ])
      const { ScoresPage } = await import('./ScoresPage.tsx')
      return { ScoresPage, scores, places }
    },
    draw: ({ ScoresPage, ...answer }) => <ScoresPage {...answer} />,
  }),
]
