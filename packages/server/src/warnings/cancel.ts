import { type Actor, system } from '@tocsin/domain/actor.ts'
import { maySignForMatter } from '@tocsin/domain/docket-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import type { App } from '../app.ts'
import { getMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { requireStepUp } from '../identity/step-up.ts'
import { queueNotices } from './outbox.ts'
import { stopWaiting } from './send.ts'

/** Cancels a warning that was sent: whoever was told of it is told that it no longer stands. */
export async function cancelWarning(
  app: App,
  actor: Actor,
  id: WarningId,
  { reasons }: { readonly reasons: string },
): Promise<void> {
  requireStepUp(app, actor)
  // As the system: the offices that were told may belong to other organisations.
  await app.db.as(system, async (tx) => {
    const row = await tx
      .selectFrom('warning')
      .select(['matter', 'organisation', 'state', 'number'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row || !maySignForMatter(actor, row)) throw new Problem('warning.not-found')
    if (row.state !== 'sent' && row.state !== 'expired') throw new Problem('warning.not-sent')
    const at = app.clock()
    const { matter } = row
    await tx.updateTable('warning').set({ state: 'cancelled' }).where('id', '=', id).execute()
    await stopWaiting(tx, at, matter, id)
    const facts = { warning: id, number: row.number }
    await appendEntry(app, tx, { matter, kind: 'warning.cancelled', actor, text: reasons, facts })
    const told = await tx
      .selectFrom('notification')
      .select(['id', 'post'])
      .where('warning', '=', id)
      .execute()
    const { excluded } = await getMatter(tx, matter)
    for (const { id: notification, post } of told) {
      const of = { matter, notification, post, excluded }
      await queueNotices(app, tx, { ...of, step: 'first', name: 'cancelled' })
    }
  })
}

/** Marks warnings whose time is over and says so on the record, so that somebody looks again. */
export async function expireWarnings(app: App): Promise<void> {
  await app.db.as(system, async (tx) => {
    const ended = await tx
      .updateTable('warning')
      .set({ state: 'expired' })
      .where('state', '=', 'sent')
      .where('expires_at', '<=', app.clock())
      .returning(['id', 'matter', 'number'])
      .execute()
    for (const { id, matter, number } of ended) {
      const facts = { warning: id, number }
      await appendEntry(app, tx, { matter, kind: 'warning.expired', actor: system, facts })
    }
  })
}
