import { createHash, randomUUID } from 'node:crypto'
import { createSigner, httpbis } from 'http-message-signatures'
import { hostOf, isPublic, type Resolve, resolveByName } from './addresses.ts'
import type { Channel, Message, Outcome } from './channel.ts'
import { nodeKey } from './node-keys.ts'
import { exchange, outcomeOf } from './request.ts'

export type WebhookSettings = {
  /** Exact hosts, each with its port where that is not 443; and private addresses they may have. */
  readonly hosts: readonly string[]
  /** Certificates of an authority of one's own. */
  readonly ca?: string
}

type Surroundings = {
  /** The folder whose vault holds the key. */
  readonly home: string
  readonly resolve?: Resolve
  readonly waitMs?: number
}

/** What a receiver must find signed, and how long a signature counts. */
const signed = [
  '@method',
  '@target-uri',
  'content-digest',
  'content-type',
  'content-length',
  'idempotency-key',
]
const SIGNATURE_MS = 300_000

/**
 * Hands notices to machines: a POST of JSON under an RFC 9421 signature, to hosts on the list and
 * nowhere else. A private or loopback address counts only if the address itself is on the list.
 */
export function openWebhook(
  { hosts, ca }: WebhookSettings,
  { home, resolve = resolveByName, waitMs }: Surroundings,
): Channel {
  const limits = {
    resolve,
    mayReach: (address: string) => isPublic(address) || hosts.includes(address),
    ...(ca !== undefined && { ca }),
    ...(waitMs !== undefined && { waitMs }),
  }
  return {
    send: async (message): Promise<Outcome> => {
      const url = addressOf(message.to)
      if (!url || !isListed(url, hosts)) {
        return { state: 'refused', reason: 'refused-address', detail: 'host not on the list' }
      }
      const { kid, key } = await nodeKey(home)
      const name = createHash('sha256').update(message.id).digest('hex').slice(0, 40)
      const body = JSON.stringify(payloadOf(message, name))
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
        // The same on every attempt, so that a notice that comes twice is known.
        'idempotency-key': `"${name}"`,
      }
      const created = new Date()
      const values = {
        created,
        expires: new Date(created.getTime() + SIGNATURE_MS),
        nonce: randomUUID(),
        keyid: kid,
        tag: 'tocsin-notice',
      }
      const request = { method: 'POST', url: url.href, headers }
      const signing = {
        key: createSigner(key, 'ed25519', kid),
        name: 'tocsin',
        fields: signed,
        params: ['created', 'expires', 'nonce', 'alg', 'keyid', 'tag'],
        paramValues: values,
      }
      const sealed = await httpbis.signMessage(signing, request)
      const exchanged = { url, method: 'POST' as const, headers: { ...headers, ...sealed.headers } }
      const answer = await exchange({ ...exchanged, body }, limits)
      // A machine that took it has it: there is nothing more to wait for.
      return outcomeOf(answer, { state: 'delivered', reference: name })
    },
    laneOf: (to) => addressOf(to)?.host ?? '',
    close: async () => undefined,
  }
}

function addressOf(text: string): URL | undefined {
  const url = URL.parse(text)
  const isPlain = url?.username === '' && url.password === '' && url.hash === ''
  return url && isPlain && url.protocol === 'https:' ? url : undefined
}

const isListed = (url: URL, hosts: readonly string[]): boolean =>
  hosts.includes(url.port === '' ? hostOf(url) : `${hostOf(url)}:${url.port}`)

/** The notice as its reader may have it; the words were chosen where the notice was written. */
const payloadOf = (message: Message, id: string) => ({
  id,
  subject: message.subject,
  text: message.text,
  symbol: message.symbol,
  link: message.link,
  locale: message.locale,
  again: message.again,
})
