import { ChannelKind } from '@tocsin/domain/notification.ts'
import type { App } from '../app.ts'
import type { Message, Outcome } from '../channels/channel.ts'
import { beat } from '../docket/heartbeat.ts'
import { CLAIM_MS, type Claimed, claimParcels, type Parcel, renewClaims } from './claims.ts'
import { type Handed, settleDeliveries } from './deliveries.ts'
import { type Written, writeParcels } from './notices.ts'

/** On one channel: what a process that dies had in hand is what may leave twice. */
const IN_HAND = 50

/**
 * Hands over whatever is due until nothing is, or the node stops; answers how many it tried. Any
 * number of processes may do so at once: a row is claimed by one. A row whose process ended is handed
 * over again, marked. Each channel goes its own way: one that does not answer holds up no other.
 */
export async function drainOutbox(app: App, isOver: () => boolean = () => false): Promise<number> {
  const drained = await Promise.all(
    ChannelKind.options.map((channel) => drainChannel(app, channel, isOver)),
  )
  return drained.reduce((all, one) => all + one, 0)
}

const nothing: Written = { message: undefined, refused: new Map() }

async function drainChannel(
  app: App,
  channel: ChannelKind,
  isOver: () => boolean,
): Promise<number> {
  const inHand = new Map<string, Claimed>()
  const running = new Set<Promise<void>>()
  const settle = inLots((lot: readonly (readonly Handed[])[]) => settleDeliveries(app, lot.flat()))
  const run = async (parcel: Parcel, written: Written): Promise<void> => {
    try {
      await settle(await handOver(app, parcel, written))
    } catch (error) {
      // Nothing was written down: the rows come back when their claim is over, marked.
      app.log.warn({ error, channel }, 'outbox')
    }
    for (const { id } of parcel.rows) inHand.delete(id)
  }
  const renewing = setInterval(() => {
    renewClaims(app, [...inHand.values()]).catch((error) => app.log.warn({ error }, 'outbox'))
    // Ten thousand take minutes: that they are being handed over is a sign of life.
    beat(app, 'notices').catch((error) => app.log.warn({ error }, 'outbox'))
  }, CLAIM_MS / 3)
  try {
    for (let tried = 0; ; ) {
      const hasRoom = !isOver() && inHand.size <= IN_HAND / 2
      const parcels = hasRoom ? await claimParcels(app, channel, IN_HAND - inHand.size) : []
      const rows = parcels.flatMap((parcel) => parcel.rows)
      for (const row of rows) inHand.set(row.id, row)
      const written = await writeParcels(app, parcels)
      for (const [index, parcel] of parcels.entries()) {
        const handing = run(parcel, written[index] ?? nothing).finally(() =>
          running.delete(handing),
        )
        running.add(handing)
      }
      tried += rows.length
      if (running.size === 0) return tried
      if (!hasRoom || rows.length === 0) await Promise.race(running)
    }
  } finally {
    clearInterval(renewing)
  }
}

/** Hands a written notice to its channel; rows that their reader must not have any more stay here. */
async function handOver(
  app: App,
  { rows }: Parcel,
  { message, refused }: Written,
): Promise<readonly Handed[]> {
  // Written too slowly: somebody else has them in hand by now.
  const own = rows.filter((row) => (row.claimed_until ?? '') > app.clock())
  if (own.length < rows.length) return []
  const stays = own.flatMap((row): Handed[] => {
    const detail = refused.get(row.id)
    return detail === undefined
      ? []
      : [{ delivery: row, outcome: { state: 'refused', reason: 'gone', detail } }]
  })
  const leaves = own.filter(({ id }) => !refused.has(id))
  const [first] = leaves
  if (!first || !message) return stays
  const outcome = await send(app, first.channel, message)
  return [...stays, ...leaves.map((delivery) => ({ delivery, outcome }))]
}

async function send(app: App, channel: ChannelKind, message: Message): Promise<Outcome> {
  const way = app.channels[channel]
  if (!way) return { state: 'refused', reason: 'not-configured', detail: channel }
  return way.send(message)
}

/** Writes what comes in as it comes: what arrives while one lot is written is the next lot. */
function inLots<T>(write: (lot: readonly T[]) => Promise<void>): (one: T) => Promise<void> {
  const lot: T[] = []
  let writing: Promise<void> = Promise.resolve()
  return (one) => {
    lot.push(one)
    if (lot.length === 1) {
      const before = writing.catch(() => undefined)
      writing = before.then(() => write(lot.splice(0)))
    }
    return writing
  }
}
