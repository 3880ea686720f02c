import type { AnyRoute } from '@tanstack/react-router'
import { getMatter } from '@tocsin/api/docket.ts'
import { listReaders } from '@tocsin/api/matters.ts'
import { getNetwork } from '@tocsin/api/network.ts'
import { getShared, listShared } from '@tocsin/api/shared.ts'
import { getSharing, listGroups } from '@tocsin/api/sharing.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { page } from '../shell/page.tsx'
import { SHARED_PAGE, sharedFilters } from './shared-filters.ts'

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
  page(root, {
    path: '/network/shared',
    needs: ['type', 'organisation', 'country', 'text', 'exercise', 'offset'],
    ask: async ({ client }, { search }) => {
      const filters = sharedFilters(search)
      const offset = Number(search['offset']) || 0
      const found = await client(listShared, { query: { ...filters, limit: SHARED_PAGE, offset } })
      const { SharedPage } = await import('./SharedPage.tsx')
      return { SharedPage, found, filters }
    },
    draw: ({ SharedPage, ...answer }, { search }) => <SharedPage {...answer} search={search} />,
  }),
  page(root, {
    path: '/network/shared/$id',
    ask: async ({ client }, { params }) => {
      const shared = await client(getShared, { params: { id: params['id'] ?? '' } })
      const { SharedObjectPage } = await import('./SharedObjectPage.tsx')
      return { SharedObjectPage, shared }
    },
    draw: ({ SharedObjectPage, shared }) => <SharedObjectPage shared={shared} />,
  }),
  page(root, {
    path: '/matters/$matter/sharing',
    ask: async ({ client }, { params }) => {
      const matter = (params['matter'] ?? '') as MatterId
      const one = { params: { matter } }
      const { SharingPage } = await import('./SharingPage.tsx')
      const { readProposals } = await import('./sharing-proposals.ts')
      const opened = await client(getMatter, one)
      const [audiences, readers, groups, proposals] = await Promise.all([
        client(getSharing, one),
        client(listReaders, {}),
        client(listGroups, {}),
        readProposals(client, opened),
      ])
      return { SharingPage, opened, audiences, readers, groups, proposals }
    },
    draw: ({ SharingPage, ...answer }) => <SharingPage {...answer} />,
  }),
]
