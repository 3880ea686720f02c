import type { AnyRoute } from '@tanstack/react-router'
import { getNetwork } from '@tocsin/api/network.ts'
import { page } from '../shell/page.tsx'

export const networkRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/network',
    ask: async ({ client }) => {
      const view = await client(getNetwork, {})
      const { NetworkPage } = await import('./NetworkPage.tsx')
      return { NetworkPage, view }
    },
    draw: ({ NetworkPage, view }) => <NetworkPage view={view} />,
  }),
]
