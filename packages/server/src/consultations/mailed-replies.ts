import type * as api from '@tocsin/api/mailed-replies.ts'
import type { Input, Output } from '@tocsin/api/route.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'
import type { Contribution, ContributionId } from '@tocsin/domain/contribution.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { contribute } from './contribute.ts'
import { findContribution, findPlace } from './store.ts'

/** What the reader wrote by mail for this room and has not said yet, the oldest first. */
export async function listMailed(
  app: App,
  actor: Actor,
  id: ConsultationId,
  { thread }: Input<typeof api.listMailedReplies>['query'],
): Promise<Output<typeof api.listMailedReplies>> {
  requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    await findPlace(tx, id, thread)
    const rows = await tx
      .selectFrom('mailed_reply')
      .selectAll()
      .where('consultation', '=', id)
      .where('thread', 'is not distinct from', thread ?? null)
      .where('settled_at', 'is', null)
      .orderBy('received_at')
      .orderBy('id')
      .execute()
    const replies = rows.map((row) => ({
      id: row.id,
      replyTo: row.reply_to,
      text: row.text ?? '',
      attachments: row.attachments,
      receivedAt: row.received_at,
    }))
    return { replies }
  })
}

type Which = { readonly consultation: ConsultationId; readonly contribution: ContributionId }

/**
 * Says what came by mail, as its writer has it now. That it answers what has been taken back since is left out. What
 * was said stands, and the mail is settled, together.
 */
export async function sayMailed(
  app: App,
  actor: Actor,
  { consultation, contribution }: Which,
  said: Input<typeof api.sayMailedReply>['body'],
): Promise<Contribution> {
  requirePerson(actor)
  const { thread, replyTo } = await app.db.as(actor, async (tx) => {
    const row = await getMailed(tx, { consultation, contribution })
    const thread = row.thread ?? undefined
    const { audience } = await findPlace(tx, consultation, thread)
    const target = await findContribution(tx, audience, row.reply_to)
    return { thread, replyTo: target ? row.reply_to : null }
  })
  const saying = { ...said, replyTo, writtenAt: null, translates: null }
  const settle = (tx: Tx) => settleMailed(tx, contribution, 'said', app.clock())
  return contribute(app, actor, { consultation, contribution, thread, settle }, saying)
}

/** Discarded, nothing of it is kept; twice is once. */
export async function discardMailed(app: App, actor: Actor, which: Which): Promise<void> {
  requirePerson(actor)
  await app.db.as(actor, async (tx) => {
    await getMailed(tx, which)
    const at = app.clock()
    if (!(await settleMailed(tx, which.contribution, 'discarded', at))) return
    const deed = { at, actor, subject: which.consultation }
    const details = { contribution: which.contribution }
    await recordAudit(tx, { ...deed, act: 'consultation.mail-discarded', details })
  })
}

async function getMailed(tx: Tx, { consultation, contribution }: Which) {
  const row = await tx
    .selectFrom('mailed_reply')
    .selectAll()
    .where('id', '=', contribution)
    .where('consultation', '=', consultation)
    .executeTakeFirst()
  if (!row) throw new Problem('consultation.no-such-mail')
  return row
}

/** Answers whether it was still waiting. */
async function settleMailed(
  tx: Tx,
  id: ContributionId,
  outcome: 'said' | 'discarded',
  at: Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('mailed_reply')
    .set({ text: null, settled_at: at, outcome })
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
