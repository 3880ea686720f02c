import type { Actor } from '@tocsin/domain/actor.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { requirePerson } from '../identity/step-up.ts'
import type { Claimed } from '../warnings/claims.ts'
import { noteArrival } from '../warnings/deliveries.ts'
import { writeParcels } from '../warnings/notices.ts'
import type { Channel } from './channel.ts'

const BETWEEN_LOOKS_MS = 600_000

/**
 * The way of those who are reached by voice: the notice waits in the outbox until somebody called.
 * It is looked at again now and then, so that nobody is called who has left the office meanwhile.
 */
export const openCallSheet = (): Channel => ({
  send: async () => ({
    state: 'deferred',
    reason: 'awaiting-call',
    detail: 'waits for a call',
    retryAfterMs: BETWEEN_LOOKS_MS,
  }),
  close: async () => undefined,
})

type Called =
  | { readonly outcome: 'reached'; readonly spokeWith: string; readonly said: string }
  | { readonly outcome: 'not-reached'; readonly said: string }

/**
 * Records a call with who made it. Whoever was reached has had the notice delivered, which is not
 * acknowledging: that stays their own act. Whoever was not is still to be called.
 */
export async function recordCall(
  app: App,
  actor: Actor,
  { delivery: id, call }: { readonly delivery: string; readonly call: string },
  called: Called,
): Promise<void> {
  requirePerson(actor)
  await app.db.as(actor, async (tx) => {
    const delivery = await tx
      .selectFrom('delivery')
      .selectAll()
      .where('id', '=', id)
      .where('channel', '=', 'call-sheet')
      .forUpdate()
      .executeTakeFirst()
    if (!delivery) throw new Problem('call.not-found')
    const { matter, notification } = delivery
    const { organisation } = await getMatter(tx, matter)
    if (!mayWorkOnMatter(actor, { organisation })) throw new Problem('permission.denied')
    if (await isRecorded(tx, matter, call)) return
    if (!(await isOwed(app, delivery))) throw new Problem('call.done')
    const now = app.clock()
    const isReached = called.outcome === 'reached'
    if (isReached) {
      await tx
        .updateTable('delivery')
        .set({ state: 'delivered', delivered_at: now, sent_at: now, reason: null })
        .where('id', '=', id)
        .execute()
      await noteArrival(tx, delivery, 'delivered', now)
    }
    const about = notification
      ? await tx
          .selectFrom('notification')
          .select(['authority', 'office'])
          .where('id', '=', notification)
          .executeTakeFirstOrThrow()
      : {}
    await appendEntry(app, tx, {
      matter,
      kind: 'notification.called',
      actor,
      text: called.said,
      facts: {
        ...about,
        call,
        delivery: id,
        outcome: called.outcome,
        ...(isReached && { spokeWith: called.spokeWith }),
      },
    })
  })
}

/** Whether somebody still waits to be called, and may be told what the notice says. */
async function isOwed(app: App, delivery: Claimed): Promise<boolean> {
  if (delivery.state !== 'queued' && delivery.state !== 'handing-over') return false
  const [written] = await writeParcels(app, [{ rows: [delivery] }])
  return written?.refused.size === 0
}

async function isRecorded(tx: Tx, matter: string, call: string): Promise<boolean> {
  const known = await tx
    .selectFrom('entry')
    .select('digest')
    .where('matter', '=', matter as never)
    .where('kind', '=', 'notification.called')
    .where(sql`facts ->> 'call'`, '=', call)
    .executeTakeFirst()
  return known !== undefined
}
