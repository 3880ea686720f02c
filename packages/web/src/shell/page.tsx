import { type AnyRoute, createRoute } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Search } from './address.ts'
import type { Shell } from './context.ts'

export type Place = {
  readonly params: Readonly<Record<string, string>>
  readonly search: Search
}

type Page<Answer> = {
  readonly path: string
  /** What the page asks the API for. */
  readonly ask: (shell: Shell, place: Place) => Promise<Answer>
  /** The parts of the query that change what is asked; the others only change what is drawn. */
  readonly needs?: readonly string[]
  readonly draw: (answer: Answer, place: Place) => ReactNode
}

/**
 * A page at a path: what it asks the API for, and what it draws of that. The query of the address is
 * plain text, so that every state of a page can be linked to and works without script.
 */
export function page<Answer>(parent: AnyRoute, { path, ask, needs = [], draw }: Page<Answer>) {
  const route = createRoute({
    getParentRoute: () => parent,
    path,
    validateSearch: (search: Record<string, unknown>): Record<string, string> =>
      Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)])),
    loaderDeps: ({ search }) => ({
      search: Object.fromEntries(Object.entries(search).filter(([name]) => needs.includes(name))),
    }),
    loader: ({ context, params, deps }) =>
      ask((context as { shell: Shell }).shell, { params, search: deps.search as Search }),
    component: function Page() {
      const answer = route.useLoaderData() as Answer
      return draw(answer, { params: route.useParams(), search: route.useSearch() as Search })
    },
  })
  return route
}
