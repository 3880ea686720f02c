import type { AnyRoute } from '@tanstack/react-router'
import * as sources from '@tocsin/api/sources.ts'
import { page } from '../shell/page.tsx'
import { DataPage } from './DataPage.tsx'

export const sourceRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/data',
    ask: async ({ client }) => ({ sources: await client(sources.listSources, {}) }),
    draw: (answer) => <DataPage {...answer} />,
  }),
]
