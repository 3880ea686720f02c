import { Agent } from 'node:http'
import { constants, setPriority } from 'node:os'
import { json } from 'node:stream/consumers'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { openFeed, type Sender } from './members.ts'
import { type Envelope, envelopeOf, post } from './signed-post.ts'

/*
 * A process of its own: a member that sends as fast as it can, on many connections, until it is ended.
 * Says on its standard output, as JSON and a line each second, what it has sent and was answered.
 */

/** What it is told on its standard input. */
export type Order = {
  readonly base: string
  readonly to: OrganisationId
  readonly connections: number
  readonly sender: Omit<Sender, 'seed'> & { readonly seed: string }
}

export type Flooded = { readonly bytes: number; readonly answers: Readonly<Record<string, number>> }

const MB = 1_048_576

// The node of a member is another machine: here it must not take the processor from what it floods.
setPriority(constants.priority.PRIORITY_LOW)

const order = (await json(process.stdin)) as Order
const { base, to, connections } = order
const sender: Sender = { ...order.sender, seed: Buffer.from(order.sender.seed, 'base64') }
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const answers: Record<string, number> = {}
let bytes = 0

/** Every kind that is bad in its own way, and what is good and too much. */
function makeEnvelopes(): readonly Envelope[] {
  const feed = openFeed(sender, to)
  const valid = [feed.first(), ...Array.from({ length: 400 }, (_, n) => feed.next(`Flood ${n}`))]
  const forged = valid.map((one, n) => ({ ...one, content: `Forged ${n}` }))
  const junk = Array.from({ length: 1000 }, (_, n) => ({ id: n, text: 'junk '.repeat(800) }))
  const many = Array.from({ length: 1000 }, () => ({}))
  return [
    JSON.stringify({ objects: valid }),
    JSON.stringify({ objects: forged }),
    JSON.stringify({ objects: junk }),
    JSON.stringify({ objects: many }),
    `{"objects":[{"deep":${'['.repeat(2 * MB)}${']'.repeat(2 * MB)}}]}`,
    `{"objects":[${'x'.repeat(4 * MB)}`,
    JSON.stringify({ objects: [{ text: 'x'.repeat(7 * MB) }] }),
    JSON.stringify({ objects: [{ text: 'oversize'.repeat(3 * MB) }] }),
  ].map(envelopeOf)
}

const envelopes = makeEnvelopes()
setInterval(() => console.log(JSON.stringify({ bytes, answers } satisfies Flooded)), 1000)
await Promise.all(
  Array.from({ length: connections }, async (_, begun) => {
    for (let turn = begun; ; turn += 1) {
      const envelope = envelopes[turn % envelopes.length] as Envelope
      const { sent, status } = await post(envelope, sender, { base, to, agent })
      bytes += sent
      answers[status || 'hung up'] = (answers[status || 'hung up'] ?? 0) + 1
    }
  }),
)
