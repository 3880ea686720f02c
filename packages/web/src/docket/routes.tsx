import { type AnyRoute, createRoute, redirect } from '@tanstack/react-router'
import { getCalendar } from '@tocsin/api/calendar.ts'
import { listCountries } from '@tocsin/api/countries.ts'
import { getDocket } from '@tocsin/api/docket.ts'
import { getSession } from '@tocsin/api/session.ts'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { actorOf } from '../identity/self.ts'
import type { Shell } from '../shell/context.ts'
import { page } from '../shell/page.tsx'

export const docketRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    // Whoever works on matters begins with them; everybody else with the world.
    beforeLoad: async ({ context }) => {
      const { self } = await (context as { shell: Shell }).shell.client(getSession, {})
      throw redirect({ href: mayUseDocket(actorOf(self)) ? '/docket' : '/world' })
    },
  }),
  page(root, {
    path: '/docket',
    needs: ['exercise'],
    ask: async ({ client }, { search }) => {
      const isExercise = search['exercise'] === 'true'
      const first = await client(getDocket, { query: { exercise: isExercise } })
      const { DocketPage } = await import('./DocketPage.tsx')
      return { DocketPage, first, isExercise }
    },
    draw: ({ DocketPage, ...answer }) => <DocketPage {...answer} />,
  }),
  page(root, {
    path: '/docket/calendar',
    ask: async ({ client, locale }) => {
      const [calendar, docket, places] = await Promise.all([
        client(getCalendar, {}),
        client(getDocket, { query: { exercise: false } }),
        client(listCountries, { query: { locale } }),
      ])
      const { CalendarPage } = await import('./CalendarPage.tsx')
      return { CalendarPage, calendar, matters: docket.rows, places }
    },
    draw: ({ CalendarPage, ...answer }) => <CalendarPage {...answer} />,
  }),
]
