import {
  createRootRouteWithContext,
  createRouter,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router'
import { countDue } from '@tocsin/api/docket.ts'
import { getSession } from '@tocsin/api/session.ts'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { actionPlanRoutes } from '../action-plans/routes.tsx'
import { agendaRoutes } from '../agendas/routes.tsx'
import { approvalRoutes } from '../approvals/routes.tsx'
import { auditRoutes } from '../audit/routes.tsx'
import { bodyRoutes } from '../bodies/routes.tsx'
import { channelRoutes } from '../channels/routes.tsx'
import { consultationRoutes } from '../consultations/routes.tsx'
import { countryRoutes } from '../countries/routes.tsx'
import { clockRoutes } from '../docket/clock-routes.tsx'
import { docketRoutes } from '../docket/routes.tsx'
import { exerciseRoutes } from '../exercises/routes.tsx'
import { identityRoutes } from '../identity/routes.tsx'
import { actorOf, SelfContext } from '../identity/self.ts'
import { liaisonRoutes } from '../liaison/routes.tsx'
import { matterRoutes } from '../matters/routes.tsx'
import { networkRoutes } from '../network/routes.tsx'
import { trustRoutes } from '../network/trust/routes.tsx'
import { withdrawalRoutes } from '../network/withdrawal/routes.tsx'
import { peopleRoutes } from '../people/routes.tsx'
import { reportRoutes } from '../reports/routes.tsx'
import { riskRoutes } from '../risk/routes.tsx'
import { sourceRoutes } from '../sources/routes.tsx'
import { timesRoutes } from '../times/routes.tsx'
import { warningRoutes } from '../warnings/routes.tsx'
import { readSearch, writeSearch } from './address.ts'
import { isUnreachable } from './answers.ts'
import { type Shell, ShellContext } from './context.ts'
import { FaultPage } from './FaultPage.tsx'
import { Frame } from './Frame.tsx'
import { HelpPage } from './HelpPage.tsx'
import { page } from './page.tsx'

export const rootRoute = createRootRouteWithContext<{ shell: Shell }>()({
  // Asked once: signing in or out loads a whole new page.
  loader: async ({ context }) => {
    const { client } = context.shell
    const { self } = await client(getSession, {})
    if (!mayUseDocket(actorOf(self))) return { self, due: undefined }
    const counted = await client(countDue, {}).catch((fault: unknown) => {
      // Without a link what was kept is read, and no count is shown that may be wrong by now.
      if (!isUnreachable(fault)) throw fault
      return undefined
    })
    return { self, due: counted?.due }
  },
  staleTime: Number.POSITIVE_INFINITY,
  component: Root,
  notFoundComponent: () => <FaultPage error={new Problem('request.not-found')} />,
})

function Root() {
  const { shell } = rootRoute.useRouteContext()
  const { self, due } = rootRoute.useLoaderData()
  return (
    <ShellContext value={shell}>
      <SelfContext value={self}>
        <Frame due={due}>
          <Outlet />
        </Frame>
      </SelfContext>
    </ShellContext>
  )
}

const routes = [
  ...docketRoutes(rootRoute),
  ...riskRoutes(rootRoute),
  ...agendaRoutes(rootRoute),
  ...consultationRoutes(rootRoute),
  ...countryRoutes(rootRoute),
  ...bodyRoutes(rootRoute),
  ...sourceRoutes(rootRoute),
  ...identityRoutes(rootRoute),
  ...peopleRoutes(rootRoute),
  ...approvalRoutes(rootRoute),
  ...auditRoutes(rootRoute),
  ...matterRoutes(rootRoute),
  ...actionPlanRoutes(rootRoute),
  ...liaisonRoutes(rootRoute),
  ...reportRoutes(rootRoute),
  ...timesRoutes(rootRoute),
  ...trustRoutes(rootRoute),
  ...warningRoutes(rootRoute),
  ...withdrawalRoutes(rootRoute),
  ...clockRoutes(rootRoute),
  ...exerciseRoutes(rootRoute),
  ...channelRoutes(rootRoute),
  ...networkRoutes(rootRoute),
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
