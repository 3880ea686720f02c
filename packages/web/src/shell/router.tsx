import {
  createRootRouteWithContext,
  createRouter,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router'
import { getSession } from '@tocsin/api/session.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { approvalRoutes } from '../approvals/routes.tsx'
import { auditRoutes } from '../audit/routes.tsx'
import { channelRoutes } from '../channels/routes.tsx'
import { countryRoutes } from '../countries/routes.tsx'
import { identityRoutes } from '../identity/routes.tsx'
import { SelfContext } from '../identity/self.ts'
import { peopleRoutes } from '../people/routes.tsx'
import { riskRoutes } from '../risk/routes.tsx'
import { sourceRoutes } from '../sources/routes.tsx'
import { readSearch, writeSearch } from './address.ts'
import { type Shell, ShellContext } from './context.ts'
import { FaultPage } from './FaultPage.tsx'
import { Frame } from './Frame.tsx'
import { HelpPage } from './HelpPage.tsx'
import { page } from './page.tsx'

export const rootRoute = createRootRouteWithContext<{ shell: Shell }>()({
  // Asked once: signing in or out loads a whole new page.
  loader: ({ context }) => context.shell.client(getSession, {}),
  staleTime: Number.POSITIVE_INFINITY,
  component: Root,
  notFoundComponent: () => <FaultPage error={new Problem('request.not-found')} />,
})

function Root() {
  const { shell } = rootRoute.useRouteContext()
  const { self } = rootRoute.useLoaderData()
  return (
    <ShellContext value={shell}>
      <SelfContext value={self}>
        <Frame>
          <Outlet />
        </Frame>
      </SelfContext>
    </ShellContext>
  )
}

const routes = [
  ...riskRoutes(rootRoute),
  ...countryRoutes(rootRoute),
  ...sourceRoutes(rootRoute),
  ...identityRoutes(rootRoute),
  ...peopleRoutes(rootRoute),
  ...approvalRoutes(rootRoute),
  ...auditRoutes(rootRoute),
  ...channelRoutes(rootRoute),
  page(rootRoute, { path: '/help', ask: async () => null, draw: () => <HelpPage /> }),
]

/** The application's pages over a history: the browser's own, or one address on the server. */
export function createPages(shell: Shell, history: RouterHistory) {
  return createRouter({
    routeTree: rootRoute.addChildren(routes),
    history,
    context: { shell },
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    // A page's answers stay while it is looked at; going somewhere asks anew.
    defaultStaleTime: 60_000,
    defaultErrorComponent: ({ error }) => <FaultPage error={error} />,
  })
}
