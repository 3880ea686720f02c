import { type AnyRoute, createRoute } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Shell } from './context.ts'

type Place = {
  readonly params: Readonly<Record<string, string>>
  readonly search: Readonly<Record<string, string>>
}

/**
 * A page at a path: what it asks the API for, and what it draws of that. The query of the address is
 * plain text, so that every state of a page can be linked to and works without script.
 */
export function page<Answer>(
  parent: AnyRoute,
  path: string,
  ask: (shell: Shell, place: Place) => Promise<Answer>,
  draw: (answer: Answer, place: Place) => ReactNode,
) {
  const route = createRoute({
    getParentRoute: () => parent,
    path,
    validateSearch: (search: Record<string, unknown>): Record<string, string> =>
      Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)])),
    loaderDeps: ({ search }) => ({ search }),
    loader: ({ context, params, deps }) =>
      ask((context as { shell: Shell }).shell, { params, search: deps.search }),
    component: function Page() {
      const answer = route.useLoaderData() as Answer
      return draw(answer, { params: route.useParams(), search: route.useSearch() })
    },
  })
  return route
}
