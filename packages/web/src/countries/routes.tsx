import type { AnyRoute } from '@tanstack/react-router'
import * as countries from '@tocsin/api/countries.ts'
import * as risk from '@tocsin/api/risk.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { editionIn } from '../risk/edition-choice.ts'
import { page } from '../shell/page.tsx'

export const countryRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/country/$country',
    needs: ['edition'],
    ask: async ({ client }, { params, search }) => {
      const country = (params['country'] ?? '').toUpperCase() as CountryCode
      const [held, editions] = await Promise.all([
        client(countries.getCountry, { params: { country } }),
        client(risk.listEditions, {}),
      ])
      const edition = editionIn(editions, search['edition'])
      // Territories and the smallest States are in no model; their page shows what is held on them.
      const estimate = await client(risk.getCountryRisk, {
        params: { edition: edition.id, country },
      }).catch((error) => {
        if (error instanceof Problem && error.code === 'edition.no-such-country') return null
        throw error
      })
      const { CountryPage } = await import('./CountryPage.tsx')
      return { CountryPage, ...held, edition, newest: editions[0] === edition, estimate }
    },
    draw: ({ CountryPage, ...answer }, { search }) => <CountryPage {...answer} search={search} />,
  }),
]
