import { connect, isIP } from 'node:net'
import type { Config } from '../config.ts'
import { type Finding, finding } from './finding.ts'

const WAIT_MS = 5_000

type Settings = Pick<Config, 'mail' | 'channels'>

const ports: Readonly<Record<string, number>> = {
  'smtp:': 587,
  'smtps:': 465,
  'http:': 80,
  'https:': 443,
  'smpp:': 2775,
  'smpps:': 3550,
}

/** Whether each way by which notices leave is set up, and whether its other end answers. */
export async function examineChannels({ mail, channels }: Settings): Promise<readonly Finding[]> {
  const { sms, smpp, webhook, push } = channels ?? {}
  const gateway = sms?.url ?? smpp?.url
  const all = [
    mail ? [placeOf(mail.url)] : finding('good', 'mail-off'),
    gateway ? [placeOf(gateway)] : finding('good', 'sms-off'),
    webhook ? placesOf(webhook.hosts) : finding('good', 'webhook-off'),
    push ? placesOf(push.hosts) : finding('good', 'push-off'),
  ]
  const looked = all.map((one) => ('state' in one ? [one] : Promise.all(one.map(examinePlace))))
  return (await Promise.all(looked)).flat()
}

type Place = { readonly host: string; readonly port: number }

function placeOf(url: string): Place {
  const { hostname, port, protocol } = new URL(url)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || ports[protocol]) }
}

/** A bare address on the list says which private ones count, and is nothing to reach. */
const placesOf = (hosts: readonly string[]): Place[] =>
  hosts.filter((host) => !isIP(host)).map((host) => placeOf(`https://${host}`))

async function examinePlace({ host, port }: Place): Promise<Finding> {
  const address = `${host}:${port}`
  return (await answers({ host, port }))
    ? finding('good', 'way-reached', { address })
    : finding('warning', 'way-unreachable', { address })
}

const answers = (place: Place): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ ...place, timeout: WAIT_MS })
    const end = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
