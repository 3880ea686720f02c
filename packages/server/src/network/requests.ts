import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { Clock } from '@tocsin/domain/clock.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { KeyOf } from '@tocsin/records/jws.ts'
import { hostOf, isPublic, resolveByName } from '../channels/addresses.ts'
import { reach } from '../channels/request.ts'
import {
  contentDigest,
  isSignedBy,
  isTimely,
  readSignature,
  type SignedRequest,
  type SigningKey,
  signRequest,
  TO_HEADER,
} from './message-signature.ts'

/** What is asked of another node. */
export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** From the root of its address: `/taxii2/`. */
  readonly path: `/${string}`
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly contentType?: string
  /** Further headers, in small letters; they are signed with the rest. */
  readonly headers?: Readonly<Record<string, string>>
  /** The whole exchange, from the name to the last byte. */
  readonly waitMs?: number
  readonly maxBytes?: number
}

export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

type Peer = {
  readonly address: string
  readonly to: OrganisationId
  readonly key: SigningKey
  readonly keyOf: KeyOf
  readonly clock: Clock
}

const WAIT_MS = 60_000
/** At 20 % loss of packets, one connection in 170 takes longer: it is tried again. */
const CONNECT_MS = 15_000
const MAX_BYTES = 16 * 1_048_576

/**
 * Whether a node may be called there: by TLS, or plainly at an address of one's own network that is
 * written out as such. No name ever leads into the own network.
 */
export function isNodeAddress(address: string): boolean {
  const url = URL.parse(address)
  if (!url || url.href !== `${url.origin}/`) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isOwnNetwork(hostOf(url)))
}

const isOwnNetwork = (host: string): boolean => isIP(host) !== 0 && !isPublic(host)

/** Signs, asks, and reads no more than the limit of an answer whose signature is good. */
export async function callNode(call: Call, peer: Peer): Promise<Answer> {
  const { waitMs = WAIT_MS, maxBytes = MAX_BYTES } = call
  const request = await sealed(call, peer)
  const url = new URL(request.url)
  const limits = { ...limitsOf(url), waitMs }
  const sent = { ...request, url, ...(call.body && { body: Buffer.from(call.body) }) }
  const reached = await reach(sent, limits)
  if ('reason' in reached) throw unreachable(reached)
  const answer = await reached.read((response) => readAnswer(response, maxBytes))
  if (answer && 'reason' in answer) throw unreachable(answer)
  if (!answer || !(await isGenuine(answer, request, peer))) {
    throw new Problem('member.bad-answer', { status: String(answer?.status ?? '') })
  }
  return answer
}

/** Fetches a file that proves itself, from the address or below it. Undefined where there is none. */
export async function fetchFile(address: string, maxBytes: number): Promise<string | undefined> {
  const url = new URL(address)
  const limits = { ...limitsOf(url), waitMs: WAIT_MS }
  const headers = { 'accept-encoding': 'identity' }
  const reached = await reach({ url, method: 'GET', headers }, limits)
  if ('reason' in reached) throw unreachable(reached)
  const answer = await reached.read((response) => readAnswer(response, maxBytes))
  if (answer && 'reason' in answer) throw unreachable(answer)
  if (answer?.status === 404) return undefined
  if (answer?.status !== 200) {
    throw new Problem('member.bad-answer', { status: String(answer?.status ?? '') })
  }
  return answer.body.toString('utf8')
}

const limitsOf = (url: URL) => ({
  connectMs: CONNECT_MS,
  resolve: resolveByName,
  mayReach: (address: string) => isPublic(address) || address === hostOf(url),
})

const unreachable = ({ reason, detail }: { reason: string; detail: string }) =>
  new Problem('member.unreachable', { reason, detail })

async function sealed(call: Call, { address, to, key, clock }: Peer): Promise<SignedRequest> {
  const { method, path, query = {}, body, contentType = 'application/json', headers = {} } = call
  const url = new URL(path, address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  // A path may name another host (`//host`); it is the member that is asked, or nobody.
  if (url.origin !== new URL(address).origin) throw new Problem('member.not-found')
  const request = {
    method,
    url: url.href,
    headers: {
      ...headers,
      'content-digest': contentDigest(body ?? new Uint8Array()),
      [TO_HEADER]: to,
      ...(body && { 'content-type': contentType }),
    },
  }
  const signed = await signRequest(request, key, clock())
  // What a proxy on the way may rewrite is not signed.
  const length = body && { 'content-length': String(body.byteLength) }
  return { ...request, headers: { ...signed, 'accept-encoding': 'identity', ...length } }
}

/** Undefined where it is larger than was asked for. */
async function readAnswer(
  response: IncomingMessage,
  maxBytes: number,
): Promise<Answer | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of response) {
    length += part.length
    if (length > maxBytes) return undefined
    parts.push(part)
  }
  const { statusCode = 0, headers } = response
  return { status: statusCode, headers, body: Buffer.concat(parts) }
}

/** By a key of exactly the organisation that was asked, over this answer to this request. */
async function isGenuine(
  { status, headers, body }: Answer,
  request: SignedRequest,
  { to, keyOf, clock }: Peer,
): Promise<boolean> {
  const claimed = readSignature(headers, 'answer')
  const key = claimed && keyOf(claimed.kid, to)
  if (!claimed || key === undefined || !isTimely(claimed, clock())) return false
  if (headers['content-digest'] !== contentDigest(body)) return false
  return isSignedBy(key, { status, headers: headers as Record<string, string> }, request)
}
