import { type Actor, Role } from '@tocsin/domain/actor.ts'
import { Act, type Approval, isWaiting, mayApprove } from '@tocsin/domain/approval.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { Selectable } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'

export const approvalOf = (row: Selectable<Schema['approval']>): Approval => ({
  id: row.id,
  act: Act.parse(row.act),
  sha256: row.sha256,
  organisation: row.organisation,
  proposerRoles: Role.array().parse(row.proposer_roles),
  approverRoles: Role.array().parse(row.approver_roles),
  proposer: row.proposer,
  proposedAt: row.proposed_at,
  expiresAt: row.expires_at,
  state: row.state,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  reason: row.reason,
})

/** The proposals the actor may see, the latest first, with those that wait for them marked. */
export async function listApprovals(app: App, actor: Actor) {
  const rows = await app.db.as(actor, (tx) =>
    tx
      .selectFrom('approval')
      .leftJoin('person', 'person.id', 'approval.proposer')
      .selectAll('approval')
      .select('person.name as proposerName')
      .orderBy('proposed_at', 'desc')
      .orderBy('approval.id', 'desc')
      .limit(200)
      .execute(),
  )
  return rows.map(({ proposerName, ...row }) => {
    const approval = approvalOf(row)
    const waitsForMe = isWaiting(approval, app.clock()) && mayApprove(actor, approval)
    return { ...approval, proposerName, waitsForMe }
  })
}

/** How many acts wait for this person to approve them. */
export async function countApprovalsFor(tx: Tx, actor: Actor, now: Instant): Promise<number> {
  const rows = await tx
    .selectFrom('approval')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .execute()
  return rows.filter((row) => mayApprove(actor, approvalOf(row))).length
}
