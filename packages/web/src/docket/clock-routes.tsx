import type { AnyRoute } from '@tanstack/react-router'
import { getClockOverview } from '@tocsin/api/clocks.ts'
import { page } from '../shell/page.tsx'

export const clockRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/docket/clocks',
    ask: async ({ client }) => ({
      overview: await client(getClockOverview, {}),
      ...(await import('./ClocksPage.tsx')),
    }),
    draw: ({ ClocksPage, overview }) => <ClocksPage {...overview} />,
  }),
]
