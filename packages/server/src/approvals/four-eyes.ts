import { createHash } from 'node:crypto'
import type { Outcome } from '@tocsin/api/people.ts'
import type { Actor, PersonActor, Role } from '@tocsin/domain/actor.ts'
import {
  type Act,
  type ActKind,
  APPROVAL_LIFE_MS,
  type Approval,
  type ApprovalId,
  type ApprovalState,
  actRules,
  isWaiting,
  mayApprove,
  mayPropose,
} from '@tocsin/domain/approval.ts'
import type { OrganisationId, PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import { isSelf } from '@tocsin/domain/people-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson, requireStepUp } from '../identity/step-up.ts'
import { approvalOf } from './queries.ts'

/** What an act brings forth for whoever completes it: told once, kept nowhere. */
type Yield = { readonly link: string | null }

/** Does the act in the given transaction, as the person who completes it, and says so in the audit log. */
export type Execute = (
  app: App,
  tx: Tx,
  actor: PersonActor,
  act: Act & { readonly proposer: PersonId },
) => Promise<Yield>

/** How each kind of act is done: a kind without an executor does not compile. */
export type Executors = Readonly<Record<ActKind, Execute>>

/** SHA-256 of the act's canonical text: two acts are the same exactly when their hashes are. */
export function hashAct(act: Act): Sha256 {
  const { kind, subject, details } = act
  const text = canonicalJson({ kind, subject, details } as Json)
  return createHash('sha256').update(text).digest('hex') as Sha256
}

/**
 * Proposes an act that exposes. It waits 24 hours for a second person; where none has ever existed
 * it is done at once, and the entry says that one person acted alone.
 */
export async function proposeAct(
  app: App,
  tx: Tx,
  actor: Actor,
  act: Act,
  execute: Execute,
): Promise<Outcome> {
  const person = requirePerson(actor)
  const rule = actRules[act.kind]
  const scoped = {
    organisation: rule.scope === 'node' ? null : person.organisation,
    proposerRoles: [...rule.proposers],
    approverRoles: [...rule.approvers],
    proposer: person.person,
  }
  if (!mayPropose(actor, scoped)) throw new Problem('permission.denied')
  requireStepUp(app, actor)
  const sha256 = hashAct(act)
  const { organisation } = scoped
  const deed = { at: app.clock(), actor, organisation, subject: act.subject }
  if (await hasNoSecondPerson(tx, scoped)) {
    const { link } = await execute(app, tx, person, { ...act, proposer: person.person })
    const details = { kind: act.kind, sha256, second: 'no second person exists' }
    await recordAudit(tx, { ...deed, act: 'approval.done-alone', details })
    return { state: 'done', alone: true, link }
  }
  const waiting = await findWaiting(app, tx, scoped.proposer, sha256)
  if (waiting) return { state: 'waiting', approval: waiting }
  const id = newId<ApprovalId>()
  await tx
    .insertInto('approval')
    .values({
      id,
      act: JSON.stringify(act),
      sha256,
      organisation,
      proposer_roles: scoped.proposerRoles,
      approver_roles: scoped.approverRoles,
      proposer: scoped.proposer,
      proposer_credential: person.credential,
      proposed_at: deed.at,
      expires_at: addMilliseconds(deed.at, APPROVAL_LIFE_MS),
      decided_by: null,
      decided_at: null,
      reason: null,
    })
    .execute()
  const details = { kind: act.kind, sha256, approval: id }
  await recordAudit(tx, { ...deed, act: 'approval.proposed', details })
  return { state: 'waiting', approval: id }
}

/**
 * Whether nobody else has ever held a role that approves. A role that was revoked counts: else one
 * administrator could revoke the others and then expose alone.
 */
async function hasNoSecondPerson(
  tx: Tx,
  scoped: Pick<Approval, 'organisation' | 'approverRoles' | 'proposer'>,
): Promise<boolean> {
  let others = tx
    .selectFrom('role_grant')
    .select('id')
    .where('role', 'in', scoped.approverRoles)
    .where('person', '<>', scoped.proposer)
  if (scoped.organisation) others = others.where('organisation', '=', scoped.organisation)
  return (await others.limit(1).executeTakeFirst()) === undefined
}

async function findWaiting(app: App, tx: Tx, proposer: PersonId, sha256: Sha256) {
  const row = await tx
    .selectFrom('approval')
    .select('id')
    .where('proposer', '=', proposer)
    .where('sha256', '=', sha256)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', app.clock())
    .executeTakeFirst()
  return row?.id
}

/** Checks everything once more and does the act, all in one transaction. */
export async function approveAct(
  app: App,
  actor: Actor,
  { approval: id, sha256 }: { readonly approval: ApprovalId; readonly sha256: Sha256 },
  executors: Executors,
): Promise<Outcome> {
  const person = requirePerson(actor)
  requireStepUp(app, actor)
  return app.db.as(actor, async (tx) => {
    const { approval, proposerCredential } = await lockApproval(app, tx, id)
    requireSecondPerson(person, approval)
    const { act, proposer } = approval
    if (sha256 !== approval.sha256 || hashAct(act) !== sha256) {
      throw new Problem('approval.other-act')
    }
    if (person.credential === proposerCredential) throw new Problem('approval.same-credential')
    if (!(await isInRole(tx, approval))) throw new Problem('approval.out-of-role')
    const { link } = await executors[act.kind](app, tx, person, { ...act, proposer })
    await decide(app, tx, person, approval, { state: 'done', reason: null })
    return { state: 'done', alone: false, link }
  })
}

export async function refuseAct(
  app: App,
  actor: Actor,
  { approval: id, reason }: { readonly approval: ApprovalId; readonly reason: string },
): Promise<void> {
  const person = requirePerson(actor)
  await app.db.as(actor, async (tx) => {
    const { approval } = await lockApproval(app, tx, id)
    requireSecondPerson(person, approval)
    await decide(app, tx, person, approval, { state: 'refused', reason })
  })
}

export async function withdrawAct(app: App, actor: Actor, id: ApprovalId): Promise<void> {
  const person = requirePerson(actor)
  await app.db.as(actor, async (tx) => {
    const { approval } = await lockApproval(app, tx, id)
    if (!isSelf(actor, { person: approval.proposer })) throw new Problem('permission.denied')
    await decide(app, tx, person, approval, { state: 'withdrawn', reason: null })
  })
}

function requireSecondPerson(actor: PersonActor, approval: Approval): void {
  if (isSelf(actor, { person: approval.proposer })) throw new Problem('approval.own')
  if (!mayApprove(actor, approval)) throw new Problem('permission.denied')
}

/** The proposal as it stands, held until the transaction ends: it is decided once. */
async function lockApproval(app: App, tx: Tx, id: ApprovalId) {
  const row = await tx
    .selectFrom('approval')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Problem('approval.not-found')
  const approval = approvalOf(row)
  if (!isWaiting(approval, app.clock())) throw new Problem('approval.closed')
  return { approval, proposerCredential: row.proposer_credential }
}

/** Whether the proposer still holds, at this moment, a role that may propose such an act. */
async function isInRole(
  tx: Tx,
  approval: Pick<Approval, 'proposer' | 'proposerRoles' | 'organisation'>,
): Promise<boolean> {
  const roles: readonly Role[] = approval.proposerRoles
  const organisation: OrganisationId | null = approval.organisation
  let held = tx
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person')
    .select('role_grant.id')
    .where('role_grant.person', '=', approval.proposer)
    .where('role_grant.role', 'in', [...roles])
    .where('role_grant.revoked_at', 'is', null)
    .where('person.ended_at', 'is', null)
  if (organisation) held = held.where('role_grant.organisation', '=', organisation)
  return (await held.executeTakeFirst()) !== undefined
}

async function decide(
  app: App,
  tx: Tx,
  actor: PersonActor,
  { id, act, sha256, proposer, organisation }: Approval,
  { state, reason }: { readonly state: ApprovalState; readonly reason: string | null },
): Promise<void> {
  const at = app.clock()
  await tx
    .updateTable('approval')
    .set({ state, reason, decided_by: actor.person, decided_at: at })
    .where('id', '=', id)
    .execute()
  const details = { kind: act.kind, sha256, approval: id, proposer, ...(reason && { reason }) }
  const { subject } = act
  const deed = { at, actor, organisation, act: `approval.${state}` }
  await recordAudit(tx, { ...deed, subject, details })
}
