import { system } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Claimed } from '../warnings/claims.ts'
import { noteArrival, noteFailure } from '../warnings/deliveries.ts'
import type { Receipt } from './channel.ts'
import { idIn, isTokenFor } from './token.ts'

/** Takes what a gateway says at the address it was given for one delivery. */
export async function takeReceiptAt(
  app: App,
  token: string,
  state: Receipt['state'] | undefined,
): Promise<void> {
  const id = idIn(token)
  if (!id || !(await isTokenFor(app.node.home, 'receipt', id, token)))
    throw new Problem('channel.receipt-unknown')
  // On its way is not there yet: such a report changes nothing.
  if (!state) return
  await app.db.as(system, async (tx) => {
    const delivery = await lock(tx, 'id', id)
    if (!delivery) throw new Problem('channel.receipt-unknown')
    if (!(await settleReceipt(app, tx, delivery, state))) throw new Problem('channel.receipt-early')
  })
}

/** Takes a receipt that came by the channel itself; false while its delivery is not written down. */
export async function takeReceipt(app: App, { reference, state }: Receipt): Promise<boolean> {
  return app.db.as(system, async (tx) => {
    const delivery = await lock(tx, 'reference', reference)
    return delivery ? settleReceipt(app, tx, delivery, state) : false
  })
}

const lock = (tx: Tx, by: 'id' | 'reference', value: string): Promise<Claimed | undefined> =>
  tx
    .selectFrom('delivery')
    .selectAll()
    .where(by, '=', value)
    .where('channel', 'in', ['sms', 'webhook'])
    .forUpdate()
    .executeTakeFirst()

/** False when the answer to the hand-over must be written down first. */
async function settleReceipt(
  app: App,
  tx: Tx,
  delivery: Claimed,
  state: Receipt['state'],
): Promise<boolean> {
  const now = app.clock()
  if (delivery.delivered_at !== null) return true
  if (state === 'delivered') {
    await tx
      .updateTable('delivery')
      .set({ state: 'delivered', delivered_at: now, reason: null })
      .where('id', '=', delivery.id)
      .execute()
    await noteArrival(tx, delivery, 'delivered', now)
    return true
  }
  if (delivery.state === 'handing-over') return false
  if (delivery.state !== 'sent') return true
  const reason = 'undelivered'
  await tx
    .updateTable('delivery')
    .set({ state: 'failed', reason })
    .where('id', '=', delivery.id)
    .execute()
  await noteFailure(app, tx, delivery, reason)
  return true
}

const arrived = ['1', 'delivrd', 'delivered']
const lost = ['2', '16', 'undeliv', 'undelivered', 'expired', 'rejectd', 'rejected', 'failed']

/** A status as gateways write it (Kannel's numbers, SMPP's words); undefined while it is on its way. */
export function stateIn(status: string): Receipt['state'] | undefined {
  const word = status.toLowerCase()
  if (arrived.includes(word)) return 'delivered'
  return lost.includes(word) ? 'undelivered' : undefined
}
