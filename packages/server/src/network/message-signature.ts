import { createHash, createPrivateKey, createPublicKey, randomUUID } from 'node:crypto'
import type { Instant } from '@tocsin/domain/brand.ts'
import { publicKeyOf } from '@tocsin/records/jws.ts'
import { createSigner, createVerifier, httpbis } from 'http-message-signatures'
import { isInnerList, parseDictionary, serializeItem } from 'structured-headers'

/*
 * RFC 9421 signatures and RFC 9530 digests between nodes, so that whoever stands in the middle of
 * TLS can neither alter a request, nor answer it, nor send it again.
 */

/** Whose signature: an organisation's key, by name. */
export type SigningKey = { readonly kid: string; readonly seed: Uint8Array }

export type SignedRequest = {
  readonly method: string
  /** The whole address, exactly as it is asked for. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}
export type SignedAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** How long a request counts: long enough for a large one over a bad link. */
const LIFE_MS = 600_000
/** By how much two nodes' clocks may differ. */
const SKEW_MS = 120_000

const LABEL = 'tocsin'
const TAG = 'tocsin-node'
/** Names the organisation that is asked, so that no other node can be handed the same request. */
export const TO_HEADER = 'tocsin-to'

const ofRequest = ['@method', '@target-uri', 'content-digest', TO_HEADER] as const
const ofAnswer = ['@status', 'content-digest', 'signature;req'] as const

/** RFC 9530, of the bytes themselves. */
export const contentDigest = (body: Uint8Array): string =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`

/** The headers to send with a request: its own, each of them signed, and the signature. */
export async function signRequest(
  request: SignedRequest,
  key: SigningKey,
  at: Instant,
): Promise<Record<string, string>> {
  const own = Object.keys(request.headers).filter((name) => !isCovered(name))
  return signWith(key, at, [...ofRequest, ...own], request)
}

const isCovered = (name: string): boolean => ofRequest.some((one) => one === name)

/** The headers that bind an answer to the request it answers. */
export const signAnswer = (
  answer: SignedAnswer,
  request: SignedRequest,
  key: SigningKey,
  at: Instant,
): Promise<Record<string, string>> => signWith(key, at, ofAnswer, answer, request)

async function signWith(
  { kid, seed }: SigningKey,
  at: Instant,
  fields: readonly string[],
  message: SignedRequest | SignedAnswer,
  request?: SignedRequest,
): Promise<Record<string, string>> {
  const created = new Date(at)
  const jwk = {
    kty: 'OKP',
    crv: 'Ed25519',
    x: publicKeyOf(seed),
    d: Buffer.from(seed).toString('base64url'),
  }
  const config = {
    key: createSigner(createPrivateKey({ key: jwk, format: 'jwk' }), 'ed25519', kid),
    name: LABEL,
    fields: [...fields],
    params: ['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'],
    paramValues: {
      created,
      expires: new Date(created.getTime() + LIFE_MS),
      nonce: randomUUID(),
      keyid: kid,
      tag: TAG,
    },
  }
  const signed = request
    ? await httpbis.signMessage(config, message as SignedAnswer, request)
    : await httpbis.signMessage(config, message as SignedRequest)
  return lowerCased(signed.headers)
}

const lowerCased = (headers: Readonly<Record<string, string | string[]>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )

/** What a signature says of itself; nothing of it is believed before it is checked. */
export type Claimed = {
  readonly kid: string
  readonly nonce: string
  readonly created: number
  readonly expires: number
}

/**
 * Reads the one signature of a message: exactly ours, over at least what must be signed. Undefined
 * for anything else, so that there is one form and no second way in.
 */
export function readSignature(
  headers: Readonly<Record<string, unknown>>,
  required: 'request' | 'answer',
): Claimed | undefined {
  const inputs = dictionaryOf(headers['signature-input'])
  const signatures = dictionaryOf(headers['signature'])
  const input = inputs?.get(LABEL)
  if (inputs?.size !== 1 || signatures?.size !== 1 || !input || !isInnerList(input))
    return undefined
  const [items, params] = input
  const covered = new Set(items.map((item) => serializeItem(item).replaceAll('"', '')))
  const isWhole = (required === 'request' ? ofRequest : ofAnswer).every((field) =>
    covered.has(field),
  )
  const isTyped = required === 'answer' || !headers['content-type'] || covered.has('content-type')
  const [kid, nonce] = [params.get('keyid'), params.get('nonce')]
  const [created, expires] = [params.get('created'), params.get('expires')]
  const isOurs = params.get('tag') === TAG && params.get('alg') === 'ed25519'
  if (!isWhole || !isTyped || !isOurs || covered.size !== items.length) return undefined
  if (typeof kid !== 'string' || typeof nonce !== 'string') return undefined
  if (typeof created !== 'number' || typeof expires !== 'number') return undefined
  if (!/^[\w/-]{8,100}$/.test(kid) || !/^[\w-]{16,64}$/.test(nonce)) return undefined
  return { kid, nonce, created: created * 1000, expires: expires * 1000 }
}

function dictionaryOf(header: unknown) {
  try {
    return typeof header === 'string' ? parseDictionary(header) : undefined
  } catch {
    return undefined
  }
}

/** Whether it was made now, as far as two clocks can agree, and for no longer than it may count. */
export function isTimely({ created, expires }: Claimed, at: Instant): boolean {
  const now = Date.parse(at)
  const isShort = expires > created && expires - created <= LIFE_MS
  return isShort && created <= now + SKEW_MS && now <= expires + SKEW_MS
}

/** When a request that was timely can never be so again. */
export const overAt = ({ expires }: Claimed): Instant =>
  new Date(expires + SKEW_MS).toISOString() as Instant

/** Whether the signature is by this key (base64url) over the message as it came. */
export async function isSignedBy(
  publicKey: string,
  message: SignedRequest | SignedAnswer,
  request?: SignedRequest,
): Promise<boolean> {
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey }
    const verify = createVerifier(createPublicKey({ key: jwk, format: 'jwk' }), 'ed25519')
    const config = {
      keyLookup: async ({ keyid }: { keyid?: string }) => ({
        id: keyid ?? '',
        algs: ['ed25519'],
        verify,
      }),
      // The node's own clock counts (`isTimely`), not the machine's, by which the library would judge.
      tolerance: Number.MAX_SAFE_INTEGER,
    }
    const answer = request
      ? await httpbis.verifyMessage(config, message as SignedAnswer, request)
      : await httpbis.verifyMessage(config, message as SignedRequest)
    return answer === true
  } catch {
    return false
  }
}
