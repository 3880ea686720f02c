import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { ChannelKind } from '@tocsin/domain/notification.ts'
import type { App } from '../app.ts'
import type { Message, Outcome } from '../channels/channel.ts'
import { beat } from '../docket/heartbeat.ts'
import {
  CLAIM_MS,
  type Claimed,
  claimParcels,
  type Parcel,
  releaseClaims,
  renewClaims,
} from './claims.ts'
import { type Handed, settleDeliveries } from './deliveries.ts'
import { openLanes } from './lanes.ts'
import { type Written, writeParcels } from './notices.ts'

/** On one channel: taken and written ahead of time, so that none waits for the database. */
const IN_HAND = 20
/** What was written longer ago is written again: what its reader may have can have changed. */
const FRESH_MS = 5_000

/**
 * Hands over whatever is due until nothing is, or the node stops; answers how many it tried. Any
 * number of processes may do so at once: a row is claimed by one. A row whose process ended is handed
 * over again, marked. Each channel goes its own way: one that does not answer holds up no other.
 */
export async function drainOutbox(
  app: App,
  over: AbortSignal = new AbortController().signal,
): Promise<number> {
  const drained = await Promise.all(
    ChannelKind.options.map((channel) => drainChannel(app, channel, over)),
  )
  return drained.reduce((all, one) => all + one, 0)
}

const nothing: Written = { message: undefined, refused: new Map() }

/**
 * In a lane the next notice is begun when what became of the one before is written down. So a
 * process that dies leaves one in doubt in each lane, and no more than one leaves twice.
 */
async function drainChannel(app: App, channel: ChannelKind, over: AbortSignal): Promise<number> {
  const inHand = new Map<string, Claimed>()
  const running = new Set<Promise<void>>()
  const inLane = openLanes()
  const settle = inLots((lot: readonly (readonly Handed[])[]) => settleDeliveries(app, lot.flat()))
  const run = async (parcel: Parcel, written: Written): Promise<void> => {
    const writtenAt = app.clock()
    try {
      await inLane(laneOf(app, channel, written), async () => {
        // Not begun, so that it can wait for whoever starts next.
        if (over.aborted) return releaseClaims(app, ownOf(parcel))
        const isFresh = addMilliseconds(writtenAt, FRESH_MS) > app.clock()
        const [now = nothing] = isFresh ? [written] : await writeParcels(app, [parcel])
        await settle(await handOver(app, ownOf(parcel), now))
      })
    } catch (error) {
      // Nothing was written down: the rows come back when their claim is over, marked.
      app.log.warn({ error, channel }, 'outbox')
    }
    for (const { id } of parcel.rows) inHand.delete(id)
  }
  /** The rows of a parcel, unless one of them took too long and is somebody else's by now. */
  const ownOf = ({ rows }: Parcel): readonly Claimed[] => {
    const now = app.clock()
    const own = rows.flatMap(({ id }) => inHand.get(id) ?? [])
    return own.every(({ claimed_until }) => (claimed_until ?? '') > now) ? own : []
  }
  const renew = async () => {
    const until = await renewClaims(app, [...inHand.values()])
    for (const [id, row] of inHand) {
      const claimed_until = until.get(id)
      if (claimed_until) inHand.set(id, { ...row, claimed_until })
    }
    // Ten thousand take minutes: that they are being handed over is a sign of life.
    await beat(app, 'notices')
  }
  const renewing = setInterval(() => {
    renew().catch((error) => app.log.warn({ error }, 'outbox'))
  }, CLAIM_MS / 3)
  try {
    for (let tried = 0; ; ) {
      const hasRoom = !over.aborted && inHand.size <= IN_HAND / 2
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

/** Where a channel leads to several places, one that is slow holds up no other. */
const laneOf = (app: App, channel: ChannelKind, { message }: Written): string =>
  message ? (app.channels[channel]?.laneOf?.(message.to) ?? '') : ''

/** Hands a written notice to its channel; rows that their reader must not have any more stay here. */
async function handOver(
  app: App,
  own: readonly Claimed[],
  { message, refused }: Written,
): Promise<readonly Handed[]> {
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
