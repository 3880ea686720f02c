import { Problem, ProblemCode } from '@tocsin/domain/problem.ts'
import type { Input, Output, Route } from './route.ts'

export type Client = <R extends Route>(route: R, input: Input<R>) => Promise<Output<R>>

/** How a request leaves: the platform's `fetch`, or the server's own door when it renders a page. */
export type Transport = (path: string, init: RequestInit) => Promise<Response>

type Loose = {
  readonly params?: Record<string, string>
  readonly query?: Record<string, unknown>
  readonly body?: unknown
  readonly stream?: AsyncIterable<Uint8Array> | Blob
}

/** A client for any route: fills the path, sends the body, checks the answer against the route. */
export function createClient(transport: Transport, headers: Record<string, string> = {}): Client {
  return async (route, input) => {
    const response = await transport(addressOf(route, input), requestOf(route, input, headers))
    if (!response.ok) throw await problemOf(response)
    return route.response.parse(await answerIn(response, route)) as never
  }
}

async function answerIn(response: Response, { sends, produces }: Route): Promise<unknown> {
  if (sends) return new Uint8Array(await response.arrayBuffer())
  return produces ? response.text() : response.json()
}

/** The path and query of a call, as text: what a link or a download button points to. */
export function addressOf<R extends Route>(route: R, input: Input<R>): string {
  const { params, query } = input as Loose
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params?.[name] ?? ''),
  )
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`
}

function requestOf<R extends Route>(
  route: R,
  input: Input<R>,
  headers: Record<string, string>,
): RequestInit {
  const { body, stream } = input as Loose
  if (stream) {
    const type = { 'content-type': 'application/octet-stream' }
    // Node's fetch takes any async iterable as a body and wants `duplex`; the DOM's types know neither.
    const init = { method: route.method, headers: { ...headers, ...type }, duplex: 'half' }
    return { ...init, body: stream as unknown as BodyInit }
  }
  if (body === undefined) return { method: route.method, headers }
  const type = { 'content-type': 'application/json' }
  return { method: route.method, headers: { ...headers, ...type }, body: JSON.stringify(body) }
}

/** What the node refused, as it named it. */
export async function problemOf(response: Response): Promise<Problem> {
  const answer = await response.json().catch(() => ({}))
  const code = ProblemCode.safeParse(answer.code)
  return new Problem(code.success ? code.data : 'unexpected', answer.details ?? {})
}
