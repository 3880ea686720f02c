import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { hostOf, type Resolve } from './addresses.ts'
import type { FailureReason, Outcome } from './channel.ts'

export type Exchange = {
  readonly url: URL
  readonly method: string
  readonly headers?: Readonly<Record<string, string | number>>
  readonly body?: string | Buffer
}

/** What a request may reach, and how long it may take. */
export type Limits = {
  readonly resolve: Resolve
  readonly mayReach: (address: string, url: URL) => boolean
  /** Certificates of authorities that count besides the public ones. */
  readonly ca?: string
  /** The whole exchange, from the name to the last byte that is read. */
  readonly waitMs?: number
  /** Until there is a connection: one that is not there by then is dead. */
  readonly connectMs?: number
}

type Answered = { readonly status: number; readonly retryAfterMs?: number }
type Refused = { readonly reason: FailureReason; readonly detail: string }

const WAIT_MS = 15_000
const READ_BYTES = 4096

/**
 * One request, never a throw. Of the answer a few kilobytes are read and none of its words are
 * passed on.
 */
export async function exchange(exchanged: Exchange, limits: Limits): Promise<Answered | Refused> {
  const reached = await reach(exchanged, limits)
  return 'reason' in reached ? reached : reached.read(skim)
}

/** An answer that has begun to come; `read` takes its body within the limits of the whole exchange. */
type Reached = {
  readonly read: <T>(take: (response: IncomingMessage) => Promise<T>) => Promise<T | Refused>
}

/**
 * Sends one request, never a throw. The name is resolved once, each of its addresses must be allowed,
 * and the connection goes to one of exactly those. Redirects are not followed.
 */
export async function reach(
  exchanged: Exchange,
  { resolve, mayReach, ca, waitMs = WAIT_MS, connectMs = waitMs }: Limits,
): Promise<Reached | Refused> {
  const { url } = exchanged
  const signal = AbortSignal.timeout(waitMs)
  try {
    const host = hostOf(url)
    const addresses = isIP(host) ? [host] : await within(signal, resolve(host))
    if (addresses.length === 0) return { reason: 'unreachable', detail: 'ENOTFOUND' }
    if (!addresses.every((address) => mayReach(address, url))) {
      return { reason: 'refused-address', detail: 'address not allowed' }
    }
    const [address = host] = addresses.toSorted((a, b) => isIP(a) - isIP(b))
    const response = await send(exchanged, { address, signal, ca, connectMs })
    return { read: (take) => take(response).catch((error) => refusalOf(error, signal)) }
  } catch (error) {
    return refusalOf(error, signal)
  }
}

const within = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    }),
  ])

type Pinned = {
  readonly address: string
  readonly signal: AbortSignal
  readonly ca: string | undefined
  readonly connectMs: number
}

function send(
  { url, method, headers, body }: Exchange,
  { address, signal, ca, connectMs }: Pinned,
): Promise<IncomingMessage> {
  // Whatever the name says by now, the connection goes to the address that was looked at.
  const pinned: LookupFunction = (_host, { all }, done) => {
    const family = isIP(address)
    if (all) done(null, [{ address, family }])
    else done(null, address, family)
  }
  const open = url.protocol === 'https:' ? requestTls : requestPlain
  const options = { method, headers, signal, lookup: pinned, agent: false, ...(ca && { ca }) }
  return new Promise((resolve, reject) => {
    const request = open(url, options, resolve)
    const dead = Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' })
    const waiting = setTimeout(() => request.destroy(dead), connectMs)
    request.on('socket', (socket) => socket.once('connect', () => clearTimeout(waiting)))
    request.on('close', () => clearTimeout(waiting))
    request.on('error', reject)
    request.end(body)
  })
}

async function skim(response: IncomingMessage): Promise<Answered> {
  const retryAfterMs = waitAsked(response.headers['retry-after'])
  let read = 0
  for await (const part of response) {
    read += part.length
    if (read > READ_BYTES) break
  }
  return {
    status: response.statusCode ?? 0,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

const SHORTEST_MS = 1_000
const LONGEST_MS = 6 * 3_600_000

/** How long the other side asks to wait: seconds or a date, within sane bounds. */
function waitAsked(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const asked = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isNaN(asked) ? undefined : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, asked))
}

const isTls = (code: string): boolean =>
  /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH)/.test(code)

function refusalOf(error: unknown, signal: AbortSignal): Refused {
  if (signal.aborted) return { reason: 'timeout', detail: 'no answer in time' }
  const { code = 'unknown' } = error as { readonly code?: string }
  if (isTls(code)) return { reason: 'tls', detail: code }
  if (code.startsWith('HPE_')) return { reason: 'unexpected', detail: code }
  return { reason: code === 'ETIMEDOUT' ? 'timeout' : 'unreachable', detail: code }
}

/** What came of a request as the outbox understands it; `reference` names what was taken. */
export function outcomeOf(
  answer: Answered | Refused,
  taken: Extract<Outcome, { reference: string }>,
): Outcome {
  if ('reason' in answer) {
    const { reason, detail } = answer
    return { state: reason === 'refused-address' ? 'refused' : 'deferred', reason, detail }
  }
  const { status, retryAfterMs } = answer
  const detail = `HTTP ${status}`
  if (status >= 200 && status < 300) return taken
  const deferred = (reason: FailureReason): Outcome => ({
    state: 'deferred',
    reason,
    detail,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
  if (status === 401 || status === 403) return deferred('credentials')
  if (status === 408 || status === 425 || status === 429 || status >= 500) return deferred('busy')
  if (status === 413) return { state: 'refused', reason: 'too-large', detail }
  // A redirect is not followed: it would lead past the list of hosts that are allowed.
  const isElsewhere = status < 400 || status === 404 || status === 410
  return { state: 'refused', reason: isElsewhere ? 'refused-address' : 'refused-content', detail }
}
