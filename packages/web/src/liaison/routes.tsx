import type { AnyRoute } from '@tanstack/react-router'
import { getLiaison, getMatterLiaison } from '@tocsin/api/liaison.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { page } from '../shell/page.tsx'

export const liaisonRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/liaison',
    needs: ['exercise'],
    ask: async ({ client }, { search }) => {
      const desk = await client(getLiaison, { query: { exercise: search['exercise'] === 'true' } })
      const { LiaisonPage } = await import('./LiaisonPage.tsx')
      return { LiaisonPage, desk }
    },
    draw: ({ LiaisonPage, desk }, { search }) => <LiaisonPage desk={desk} search={search} />,
  }),
  page(root, {
    path: '/matters/$matter/liaison',
    ask: async ({ client }, { params }) => {
      const matter = (params['matter'] ?? '') as MatterId
      const found = await client(getMatterLiaison, { params: { matter } })
      const { MatterLiaisonPage } = await import('./MatterLiaisonPage.tsx')
      return { MatterLiaisonPage, found }
    },
    draw: ({ MatterLiaisonPage, found }, { search }) => (
      <MatterLiaisonPage key={found.matter.id} found={found} search={search} />
    ),
  }),
]
