import {
  createRootRouteWithContext,
  createRouter,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router'
import { Problem } from '@tocsin/domain/problem.ts'
import { countryRoutes } from '../countries/routes.tsx'
import { riskRoutes } from '../risk/routes.tsx'
import { sourceRoutes } from '../sources/routes.tsx'
import { type Shell, ShellContext } from './context.ts'
import { Frame } from './Frame.tsx'
import { FaultPage, HelpPage } from './HelpPage.tsx'
import { page } from './page.tsx'

export const rootRoute = createRootRouteWithContext<{ shell: Shell }>()({
  component: Root,
  notFoundComponent: () => <FaultPage code="request.not-found" details={{}} />,
})

function Root() {
  const { shell } = rootRoute.useRouteContext()
  return (
    <ShellContext value={shell}>
      <Frame>
        <Outlet />
      </Frame>
    </ShellContext>
  )
}

const routes = [
  ...riskRoutes(rootRoute),
  ...countryRoutes(rootRoute),
  ...sourceRoutes(rootRoute),
  page(
    rootRoute,
    '/help',
    async () => null,
    () => <HelpPage />,
  ),
]

/** The application's pages over a history: the browser's own, or one address on the server. */
export function createPages(shell: Shell, history: RouterHistory) {
  return createRouter({
    routeTree: rootRoute.addChildren(routes),
    history,
    context: { shell },
    // A page's answers stay while it is looked at; going somewhere asks anew.
    defaultStaleTime: 60_000,
    defaultErrorComponent: ({ error }) => (
      <FaultPage {...(error instanceof Problem ? error : new Problem('unexpected'))} />
    ),
  })
}
