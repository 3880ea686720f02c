import { createHash } from 'node:crypto'
import type { Clock } from '@tocsin/domain/clock.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import webPush from 'web-push'
import type { Database } from '../database/database.ts'
import { hostOf, isPublic, type Resolve, resolveByName } from './addresses.ts'
import type { Channel, Message, Outcome } from './channel.ts'
import { noteDevices, type Subscription, subscriptionsOf } from './devices.ts'
import { pushKeys } from './node-keys.ts'
import { exchange, outcomeOf } from './request.ts'

export type PushSettings = {
  /** Exact hosts of push services; and private addresses they may have. */
  readonly hosts: readonly string[]
  readonly ca?: string
}

type Surroundings = {
  readonly db: Database
  readonly clock: Clock
  readonly home: string
  /** The node's own address, by which push services can ask who sends. */
  readonly origin: string
  readonly resolve?: Resolve
  readonly waitMs?: number
}

/** A device that is off for longer is told by other ways. */
const KEPT_SECONDS = 86_400

/** Whether a device's address belongs to a push service that this node speaks to. */
function isPushService(endpoint: string, hosts: readonly string[]): boolean {
  const url = URL.parse(endpoint)
  if (url?.protocol !== 'https:' || url.username !== '') return false
  return hosts.includes(url.port === '' ? hostOf(url) : `${hostOf(url)}:${url.port}`)
}

/**
 * Tells the devices of a person. What leaves is sealed for the device and says only that there is a
 * notice and which page opens it. A device that its push service no longer knows is taken off.
 */
export function openWebPush(
  { hosts, ca }: PushSettings,
  { db, clock, home, origin, resolve = resolveByName, waitMs }: Surroundings,
): Channel {
  const limits = {
    resolve,
    mayReach: (address: string) => isPublic(address) || hosts.includes(address),
    ...(ca !== undefined && { ca }),
    ...(waitMs !== undefined && { waitMs }),
  }
  const subject = origin.startsWith('https:') ? origin : `mailto:tocsin@${new URL(origin).hostname}`
  const tell = async (message: Message, { endpoint, p256dh, auth }: Subscription) => {
    if (!isPushService(endpoint, hosts)) return refused('host not on the list')
    const details = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      payloadOf(message),
      {
        vapidDetails: { subject, ...(await pushKeys(home)) },
        TTL: KEPT_SECONDS,
        urgency: 'high',
        // A repeat takes the place of what it repeats.
        topic: createHash('sha256').update(message.id).digest('base64url').slice(0, 32),
        contentEncoding: 'aes128gcm',
      },
    )
    const url = new URL(endpoint)
    const headers = details.headers as Record<string, string>
    const answer = await exchange({ url, method: 'POST', headers, body: details.body }, limits)
    return outcomeOf(answer, { state: 'sent', reference: message.id })
  }
  return {
    send: async (message) => {
      const kept = { db, home }
      const devices = await subscriptionsOf(kept, message.to)
      const outcomes = await Promise.all(
        devices.map(async (device) => ({ id: device.id, outcome: await tell(message, device) })),
      )
      const idsOf = (is: (outcome: Outcome) => boolean) =>
        outcomes.filter(({ outcome }) => is(outcome)).map(({ id }) => id)
      const told = idsOf((outcome) => 'reference' in outcome)
      const gone = idsOf((outcome) => outcome.state === 'refused' && isGone(outcome.detail))
      await noteDevices(kept, message.to, { gone, told, at: clock() })
      return bestOf(outcomes.map(({ outcome }) => outcome))
    },
    // Every person has devices of their own, on which a repeat replaces what it repeats.
    laneOf: (person) => person,
    accepts: (endpoint) => isPushService(endpoint, hosts),
    close: async () => undefined,
  }
}

const refused = (detail: string): Outcome => ({
  state: 'refused',
  reason: 'refused-address',
  detail,
})

/** What push services say of a device that has gone for good (RFC 8030). */
const isGone = (detail: string): boolean => detail === 'HTTP 404' || detail === 'HTTP 410'

/** One device told is told; else one that may be told later; else none. */
function bestOf(outcomes: readonly Outcome[]): Outcome {
  return (
    outcomes.find((outcome) => 'reference' in outcome) ??
    outcomes.find(({ state }) => state === 'deferred') ??
    outcomes[0] ??
    refused('no device')
  )
}

/** Words that fit every notice, in the reader's language, and the path of the page that opens it. */
function payloadOf({ locale, link, id }: Message): string {
  const t = translator(locale, catalogues[locale])
  const { pathname } = new URL(link)
  const tag = createHash('sha256').update(id).digest('hex').slice(0, 16)
  return JSON.stringify({ title: t('channel.push-title'), locale, path: pathname, tag })
}
