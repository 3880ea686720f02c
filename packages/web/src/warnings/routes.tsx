import type { AnyRoute } from '@tanstack/react-router'
import { getMatter } from '@tocsin/api/docket.ts'
import { getWarning, listOffices, listWarnings } from '@tocsin/api/warnings.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import { page } from '../shell/page.tsx'

export const warningRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/warnings',
    ask: async ({ client }) => {
      const rows = await client(listWarnings, { query: {} })
      return { rows, ...(await import('./WarningsPage.tsx')) }
    },
    draw: ({ WarningsPage, rows }) => <WarningsPage rows={rows} />,
  }),
  page(root, {
    path: '/matters/$matter/warnings/new',
    needs: ['replaces'],
    ask: async ({ client }, { params, search }) => {
      const matter = (params['matter'] ?? '') as MatterId
      const warning = search['replaces'] as WarningId | undefined
      const [opened, rows, replaced] = await Promise.all([
        client(getMatter, { params: { matter } }),
        client(listWarnings, { query: { matter } }),
        warning ? client(getWarning, { params: { warning } }) : undefined,
      ])
      const { NewWarningPage } = await import('./NewWarningPage.tsx')
      return { NewWarningPage, opened, rows, replaced }
    },
    draw: ({ NewWarningPage, ...answer }) => <NewWarningPage {...answer} />,
  }),
  page(root, {
    path: '/warnings/$warning',
    ask: async ({ client }, { params }) => {
      const warning = (params['warning'] ?? '') as WarningId
      const opened = await client(getWarning, { params: { warning } })
      const isDraft = opened.warning.state === 'draft'
      // Whoever only reads chooses no offices, and is not told which there are.
      const offices = isDraft
        ? await client(listOffices, {}).catch((error: unknown) => {
            if (error instanceof Problem && error.code === 'permission.denied') return []
            throw error
          })
        : []
      const { WarningPage } = await import('./WarningPage.tsx')
      return { WarningPage, opened, offices }
    },
    draw: ({ WarningPage, opened, offices }) => (
      <WarningPage key={opened.warning.id} opened={opened} offices={offices} />
    ),
  }),
]
