import type { AnyRoute } from '@tanstack/react-router'
import { listCalls } from '@tocsin/api/channels.ts'
import { getWarning } from '@tocsin/api/warnings.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import { page } from '../shell/page.tsx'

export const channelRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/warnings/$warning/calls',
    ask: async ({ client }, { params }) => {
      const warning = (params['warning'] ?? '') as WarningId
      const [opened, calls] = await Promise.all([
        client(getWarning, { params: { warning } }),
        client(listCalls, { params: { warning } }),
      ])
      const { CallsPage } = await import('./CallsPage.tsx')
      return { CallsPage, opened, calls }
    },
    draw: ({ CallsPage, ...answer }) => <CallsPage {...answer} />,
  }),
]
