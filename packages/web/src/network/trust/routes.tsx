import type { AnyRoute } from '@tanstack/react-router'
import { listCountries } from '@tocsin/api/countries.ts'
import { listMembers } from '@tocsin/api/network-trust.ts'
import { page } from '../../shell/page.tsx'

export const trustRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/network/trust',
    ask: async ({ client, locale }) => {
      const [trust, places] = await Promise.all([
        client(listMembers, {}),
        client(listCountries, { query: { locale } }),
      ])
      const { TrustPage } = await import('./TrustPage.tsx')
      return { TrustPage, ...trust, places }
    },
    draw: ({ TrustPage, ...answer }) => <TrustPage {...answer} />,
  }),
]
