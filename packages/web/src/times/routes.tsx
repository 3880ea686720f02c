import type { AnyRoute } from '@tanstack/react-router'
import { getPublicTimes, getTimes } from '@tocsin/api/times.ts'
import { Day } from '@tocsin/domain/brand.ts'
import { page } from '../shell/page.tsx'

export const timesRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/docket/times',
    needs: ['from', 'until', 'exercise'],
    ask: async ({ client }, { search }) => {
      const query = {
        from: Day.safeParse(search['from']).data,
        until: Day.safeParse(search['until']).data,
        exercise: search['exercise'] === 'true',
      }
      const times = await client(getTimes, { query })
      const { DocketTimesPage } = await import('./DocketTimesPage.tsx')
      return { DocketTimesPage, times }
    },
    draw: ({ DocketTimesPage, times }) => <DocketTimesPage times={times} />,
  }),
  page(root, {
    path: '/times',
    needs: ['year'],
    ask: async ({ client }, { search }) => {
      const year = Number(search['year']) || undefined
      const times = await client(getPublicTimes, { query: { year } })
      const { PublicTimesPage } = await import('./PublicTimesPage.tsx')
      return { PublicTimesPage, times }
    },
    draw: ({ PublicTimesPage, times }) => <PublicTimesPage times={times} />,
  }),
]
