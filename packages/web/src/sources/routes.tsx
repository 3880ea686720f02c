import type { AnyRoute } from '@tanstack/react-router'
import * as sources from '@tocsin/api/sources.ts'
import { page } from '../shell/page.tsx'

export const sourceRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/data',
    ask: async ({ client }) => {
      const answer = { sources: await client(sources.listSources, {}) }
      const { DataPage } = await import('./DataPage.tsx')
      return { DataPage, ...answer }
    },
    draw: ({ DataPage, ...answer }) => <DataPage {...answer} />,
  }),
]
