import type { AnyRoute } from '@tanstack/react-router'
import { getBody, listBodies, listDoors } from '@tocsin/api/bodies.ts'
import { type CountryCode, Day } from '@tocsin/domain/brand.ts'
import type { Search } from '../shell/address.ts'
import { page } from '../shell/page.tsx'

/** The day that the address asks for; none where it names none or something else. */
export const dayIn = (search: Search): Day | undefined => Day.safeParse(search['day']).data

export const bodyRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/bodies',
    needs: ['day'],
    ask: async ({ client, locale }, { search }) => {
      const found = await client(listBodies, { query: { day: dayIn(search), locale } })
      const { BodiesPage } = await import('./BodiesPage.tsx')
      return { BodiesPage, found }
    },
    draw: ({ BodiesPage, ...answer }, { search }) => <BodiesPage {...answer} search={search} />,
  }),
  page(root, {
    path: '/bodies/$body',
    needs: ['day'],
    ask: async ({ client, locale }, { params, search }) => {
      const opened = await client(getBody, {
        params: { body: params['body'] ?? '' },
        query: { day: dayIn(search), locale },
      })
      const { BodyPage } = await import('./BodyPage.tsx')
      return { BodyPage, opened }
    },
    draw: ({ BodyPage, ...answer }) => <BodyPage {...answer} />,
  }),
  page(root, {
    path: '/country/$country/doors',
    needs: ['day'],
    ask: async ({ client, locale }, { params, search }) => {
      const country = (params['country'] ?? '').toUpperCase() as CountryCode
      const doors = await client(listDoors, {
        params: { country },
        query: { day: dayIn(search), locale },
      })
      const { DoorsPage } = await import('./DoorsPage.tsx')
      return { DoorsPage, doors }
    },
    draw: ({ DoorsPage, ...answer }) => <DoorsPage {...answer} />,
  }),
]
