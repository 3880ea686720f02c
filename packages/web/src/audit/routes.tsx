import type { AnyRoute } from '@tanstack/react-router'
import { listAudit, verifyAudit } from '@tocsin/api/audit.ts'
import { page } from '../shell/page.tsx'
import { filtersIn } from './filters.ts'

const LIMIT = 50

export const auditRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/audit',
    needs: ['person', 'act', 'from', 'until', 'before', 'check'],
    ask: async ({ client }, { search }) => {
      const before = Number(search['before']) || undefined
      const query = { ...filtersIn(search), before, limit: LIMIT }
      const [log, check] = await Promise.all([
        client(listAudit, { query }),
        search['check'] ? client(verifyAudit, {}) : undefined,
      ])
      const { AuditPage } = await import('./AuditPage.tsx')
      return { AuditPage, log, check }
    },
    draw: ({ AuditPage, ...answer }, { search }) => <AuditPage {...answer} search={search} />,
  }),
]
