import type { AnyRoute } from '@tanstack/react-router'
import { listCountries } from '@tocsin/api/countries.ts'
import { listInvitations } from '@tocsin/api/enrolment.ts'
import { getOrganisation, listOrganisationContacts, listOrganisations } from '@tocsin/api/people.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { page } from '../shell/page.tsx'

function unlessDenied(error: unknown): undefined {
  const denied = ['permission.denied', 'organisation.not-found']
  if (error instanceof Problem && denied.includes(error.code)) return undefined
  throw error
}

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
      const [held, places, invitations, contacts] = await Promise.all([
        client(getOrganisation, { params: { organisation } }),
        client(listCountries, { query: { locale } }),
        // Only some may invite and keep the list; everybody else sees the page without either.
        client(listInvitations, {}).catch(unlessDenied),
        client(listOrganisationContacts, { params: { organisation } }).catch(unlessDenied),
      ])
      const { OrganisationPage } = await import('./OrganisationPage.tsx')
      return { OrganisationPage, ...held, places, invitations, contacts }
    },
    draw: ({ OrganisationPage, ...answer }) => (
      <OrganisationPage key={answer.organisation.id} {...answer} />
    ),
  }),
]
