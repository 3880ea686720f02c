import type { AnyRoute } from '@tanstack/react-router'
import { listApprovals } from '@tocsin/api/approvals.ts'
import { listChannels } from '@tocsin/api/channels.ts'
import { getPublicView, listProviders } from '@tocsin/api/settings.ts'
import { page } from '../shell/page.tsx'

export const approvalRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/approvals',
    ask: async ({ client }) => ({
      approvals: await client(listApprovals, {}),
      ...(await import('./ApprovalsPage.tsx')),
    }),
    draw: ({ ApprovalsPage, approvals }) => <ApprovalsPage approvals={approvals} />,
  }),
  page(root, {
    path: '/settings',
    ask: async ({ client }) => {
      const [view, outside, channels] = await Promise.all([
        client(getPublicView, {}),
        client(listProviders, {}),
        client(listChannels, {}),
      ])
      const { SettingsPage } = await import('./SettingsPage.tsx')
      return { SettingsPage, view, outside, channels }
    },
    draw: ({ SettingsPage, ...answer }) => <SettingsPage {...answer} />,
  }),
]
