import { setTimeout as pause } from 'node:timers/promises'
import { Problem } from '@tocsin/domain/problem.ts'

/** How publishers are asked. Times in milliseconds. */
export type Asking = {
  readonly fetch: typeof fetch
  /** Sent in the header the publisher wants; never part of an address. */
  readonly token: string | undefined
  /** After so long without a byte the link counts as dead. */
  readonly stallMs: number
  /** The first wait before asking again; each next one is twice as long. */
  readonly waitMs: number
  /** Where the publication says a token or account is got. */
  readonly home: string
}

const tries = 5
const longestWaitMs = 120_000
const mostRedirects = 5

/** Thrown for what another try may mend: a busy or broken publisher, a broken link. */
export class Again extends Error {
  readonly problem: Problem
  readonly waitMs: number | undefined
  constructor(problem: Problem, waitMs?: number) {
    super(problem.code, { cause: problem })
    this.problem = problem
    this.waitMs = waitMs
  }
}

/** Does a step up to five times, waiting longer each time, or as long as the publisher asks for. */
export async function persist<T>({ waitMs }: Asking, step: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof Again)) throw error
      if (tried === tries) throw error.problem
      await pause(Math.min(error.waitMs ?? waitMs * 2 ** (tried - 1), longestWaitMs))
    }
  }
}

/** Asks for an address once. A refusal becomes a Problem that says what to do. */
export async function ask(
  asking: Asking,
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  let url = new URL(address)
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const answer = await reach(asking, url, headers, signal)
    const location = answer.headers.get('location')
    if (answer.status < 300 || answer.status >= 400 || !location) return checked(answer, asking)
    await answer.body?.cancel()
    const next = new URL(location, url)
    // A token goes to the publisher it is for and to nobody else; nothing leaves encryption.
    const leaves = next.host !== url.host && asking.token !== undefined
    if (leaves || (url.protocol === 'https:' && next.protocol !== 'https:')) {
      throw new Problem('fetch.other-host', { from: url.host, to: next.host })
    }
    url = next
  }
  throw new Problem('fetch.bad-answer', { host: url.host })
}

async function reach(
  { fetch: send, token }: Asking,
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  const own = { 'accept-encoding': 'identity', ...(token && { 'x-ucdp-access-token': token }) }
  try {
    return await send(url, { headers: { ...own, ...headers }, redirect: 'manual', signal })
  } catch {
    // The cause may hold the headers that were sent: it is not kept.
    const code = signal.aborted ? 'fetch.stalled' : 'fetch.unreachable'
    throw new Again(new Problem(code, { host: url.host }))
  }
}

const busy = new Set([429, 500, 502, 503, 504])

async function checked(answer: Response, { token, home }: Asking): Promise<Response> {
  const { status } = answer
  if (answer.ok || status === 416) return answer
  await answer.body?.cancel()
  const host = new URL(answer.url || home).host
  if (status === 401 || status === 403) {
    throw new Problem(token ? 'fetch.token-refused' : 'fetch.token-needed', { home })
  }
  if (status === 404 || status === 410) throw new Problem('fetch.not-found', { host, home })
  const problem = new Problem('fetch.busy', { host, status })
  if (!busy.has(status)) throw problem
  throw new Again(problem, retryAfter(answer))
}

/** The publisher's own wish: seconds, or a date. */
function retryAfter({ headers }: Response): number | undefined {
  const wish = headers.get('retry-after')
  if (wish === null) return undefined
  const seconds = Number(wish)
  const waitMs = Number.isNaN(seconds) ? Date.parse(wish) - Date.now() : seconds * 1000
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs)
}

/** The pieces of a body; a link that says nothing for too long, or breaks, may be tried again. */
export async function* bodyOf(
  answer: Response,
  { stallMs }: Asking,
  controller: AbortController,
): AsyncGenerator<Uint8Array> {
  const host = new URL(answer.url).host
  if (!answer.body) return
  let timer = setTimeout(() => controller.abort(), stallMs)
  try {
    for await (const piece of answer.body) {
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(), stallMs)
      yield piece
    }
  } catch {
    const code = controller.signal.aborted ? 'fetch.stalled' : 'fetch.cut-off'
    throw new Again(new Problem(code, { host }))
  } finally {
    clearTimeout(timer)
  }
}
