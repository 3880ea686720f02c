import { type AnyRoute, createRoute, redirect } from '@tanstack/react-router'
import { getCalendar } from '@tocsin/api/calendar.ts'
import { listCountries } from '@tocsin/api/countries.ts'
import { getDocket } from '@tocsin/api/docket.ts'
import { getSession } from '@tocsin/api/session.ts'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { actorOf } from '../identity/self.ts'
import type { Shell } from '../shell/context.ts'
import { page } from '../shell/page.tsx'

/** Enough for a morning, and drawn at once on a slow telephone; the others on request. */
const FIRST_ROWS = 50
const MOST_ROWS = 200

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
    needs: ['exercise', 'rows'],
    ask: async ({ client }, { search }) => {
      const exercise = search['exercise'] === 'true'
      const wanted = { exercise, rows: search['rows'] === 'most' ? MOST_ROWS : FIRST_ROWS }
      const first = await client(getDocket, { query: wanted })
      const { DocketPage } = await import('./DocketPage.tsx')
      return { DocketPage, first, wanted }
    },
    draw: ({ DocketPage, ...answer }) => <DocketPage {...answer} />,
  }),
  page(root, {
    path: '/docket/calendar',
    ask: async ({ client, locale }) => {
      const [calendar, docket, places] = await Promise.all([
        client(getCalendar, {}),
        client(getDocket, { query: { exercise: false, rows: MOST_ROWS } }),
        client(listCountries, { query: { locale } }),
      ])
      const { CalendarPage } = await import('./CalendarPage.tsx')
      return { CalendarPage, calendar, matters: docket.rows, places }
    },
    draw: ({ CalendarPage, ...answer }) => <CalendarPage {...answer} />,
  }),
]
