import type { AnyRoute } from '@tanstack/react-router'
import { listOwnContacts } from '@tocsin/api/contacts.ts'
import { listCountries } from '@tocsin/api/countries.ts'
import { listCredentials } from '@tocsin/api/credentials.ts'
import { readNoticePreference } from '@tocsin/api/notices.ts'
import { listSessions, listSignInWays } from '@tocsin/api/session.ts'
import type { Shell } from '../shell/context.ts'
import { page } from '../shell/page.tsx'

/** Only whoever opens these pages loads them: most readers never sign in. */
export const identityRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/sign-in',
    ask: async ({ client }) => ({
      ways: await client(listSignInWays, {}),
      ...(await import('./SignInPage.tsx')),
    }),
    draw: ({ SignInPage, ways }, { search }) => <SignInPage ways={ways} search={search} />,
  }),
  page(root, {
    path: '/set-up',
    ask: askEnrolment,
    draw: ({ EnrolPage, ...answer }) => <EnrolPage kind="set-up" {...answer} />,
  }),
  page(root, {
    path: '/join',
    ask: askEnrolment,
    draw: ({ EnrolPage, ...answer }) => <EnrolPage kind="join" {...answer} />,
  }),
  page(root, {
    path: '/account',
    ask: async ({ client }) => {
      const [credentials, sessions, ways, own, notices] = await Promise.all([
        client(listCredentials, {}),
        client(listSessions, {}),
        client(listSignInWays, {}),
        client(listOwnContacts, {}),
        client(readNoticePreference, {}),
      ])
      const { AccountPage } = await import('./AccountPage.tsx')
      return { AccountPage, credentials, sessions, ways, own, notices }
    },
    draw: ({ AccountPage, ...answer }) => <AccountPage {...answer} />,
  }),
]

async function askEnrolment({ client, locale }: Shell) {
  const [{ passkeyOrigin }, places] = await Promise.all([
    client(listSignInWays, {}),
    // A node that is closed to visitors does not tell them its list of States.
    client(listCountries, { query: { locale } }).catch(() => []),
  ])
  const { EnrolPage } = await import('./EnrolPage.tsx')
  return { EnrolPage, passkeyOrigin, places }
}
