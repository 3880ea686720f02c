import type { AnyRoute } from '@tanstack/react-router'
import { listCountries } from '@tocsin/api/countries.ts'
import { listInvitations } from '@tocsin/api/enrolment.ts'
import { getOrganisation, listOrganisations } from '@tocsin/api/people.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { page } from '../shell/page.tsx'

export const peopleRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/people',
    ask: async ({ client, locale }) => {
      const [organisations, places] = await Promise.all([
        client(listOrganisations, {}),
        client(listCountries, { query: { locale } }),
      ])
      const { OrganisationsPage } = await import('./OrganisationsPage.tsx')
      return { OrganisationsPage, organisations, places }
    },
    draw: ({ OrganisationsPage, ...answer }) => <OrganisationsPage {...answer} />,
  }),
  page(root, {
    path: '/people/$organisation',
    ask: async ({ client, locale }, { params }) => {
      const organisation = (params['organisation'] ?? '') as OrganisationId
      const [held, places, invitations] = await Promise.all([
        client(getOrganisation, { params: { organisation } }),
        client(listCountries, { query: { locale } }),
        // Only some may invite; everybody else sees the page without invitations.
        client(listInvitations, {}).catch((error: unknown) => {
          if (error instanceof Problem && error.code === 'permission.denied') return undefined
          throw error
        }),
      ])
      const { OrganisationPage } = await import('./OrganisationPage.tsx')
      return { OrganisationPage, ...held, places, invitations }
    },
    draw: ({ OrganisationPage, ...answer }) => (
      <OrganisationPage key={answer.organisation.id} {...answer} />
    ),
  }),
]
