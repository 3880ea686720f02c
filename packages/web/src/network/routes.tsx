import type { AnyRoute } from '@tanstack/react-router'
import { listSharedAttachments } from '@tocsin/api/attachments.ts'
import { getMatter } from '@tocsin/api/docket.ts'
import { listReaders } from '@tocsin/api/matters.ts'
import { getNetwork } from '@tocsin/api/network.ts'
import { getShared, listShared, type SharedType } from '@tocsin/api/shared.ts'
import { getSharing, listGroups } from '@tocsin/api/sharing.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { page } from '../shell/page.tsx'
import { SHARED_PAGE, sharedFilters } from './shared-filters.ts'

/** On whose pages files stand. */
const holdsFiles: readonly SharedType[] = ['grouping', 'attachment']

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
      const id = params['id'] ?? ''
      const shared = await client(getShared, { params: { id } })
      const object = ObjectId.parse(shared.id)
      const files = holdsFiles.includes(shared.type)
        ? await client(listSharedAttachments, { params: { id: object } })
        : []
      const { SharedObjectPage } = await import('./SharedObjectPage.tsx')
      return { SharedObjectPage, shared, files }
    },
    draw: ({ SharedObjectPage, ...answer }) => <SharedObjectPage {...answer} />,
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
