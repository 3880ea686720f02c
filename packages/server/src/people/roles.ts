import type { Outcome } from '@tocsin/api/people.ts'
import { type Actor, mayOperateNode, type Role } from '@tocsin/domain/actor.ts'
import type { Act } from '@tocsin/domain/approval.ts'
import { type Instant, type OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayEndSession, mayGrantRole } from '@tocsin/domain/people-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { requireStepUp } from '../identity/step-up.ts'
import { requireAnotherAdministrator } from './administrators.ts'
import { makeRecoveryLink } from './invitations.ts'

type Target = { readonly person: PersonId; readonly role: Role }

const done: Outcome = { state: 'done', alone: false, link: null }

/** Grants a role; the administrator's is proposed to a second person, unless the operator grants it. */
export async function grantRole(
  app: App,
  actor: Actor,
  { person, role }: Target,
): Promise<Outcome> {
  return app.db.as(actor, async (tx) => {
    const { organisation, name } = await readActive(tx, person)
    if (!mayGrantRole(actor, { organisation, role })) throw new Problem('permission.denied')
    requireStepUp(app, actor)
    if (role === 'administrator' && actor.kind !== 'operator') {
      const act: Act = {
        kind: 'people.grant-administrator',
        subject: person,
        details: { person, name, organisation },
      }
      return proposeAct(app, tx, actor, act, grantAdministrator)
    }
    await grant(app, tx, actor, { person, organisation, role })
    return done
  })
}

/** Does the act `people.grant-administrator`. */
export const grantAdministrator: Execute = async (app, tx, actor, { subject, proposer }) => {
  const person = PersonId.parse(subject)
  const { organisation } = await readActive(tx, person)
  await grant(app, tx, actor, { person, organisation, role: 'administrator' }, proposer)
  return { link: null }
}

async function grant(
  app: App,
  tx: Tx,
  actor: Actor,
  { person, organisation, role }: Target & { readonly organisation: OrganisationId },
  proposer?: PersonId,
): Promise<void> {
  const now = app.clock()
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('role_grant')
    .values({
      id: newId<string>(),
      person,
      organisation,
      role,
      granted_by: actor.kind === 'person' ? actor.person : null,
      granted_at: now,
      revoked_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['person', 'role']).where('revoked_at', 'is', null).doNothing(),
    )
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return
  const details = { role, ...(proposer && { proposer }) }
  const deed = { at: now, actor, organisation, act: 'people.role-granted' }
  await recordAudit(tx, { ...deed, subject: person, details })
}

/** Revokes at once: it protects, so one person is enough; never the last administrator. */
export async function revokeRole(app: App, actor: Actor, { person, role }: Target): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const { organisation } = await readPerson(tx, person)
    if (!mayGrantRole(actor, { organisation, role })) throw new Problem('permission.denied')
    requireStepUp(app, actor)
    if (role === 'administrator') await requireAnotherAdministrator(tx, { person })
    const now = app.clock()
    const { numUpdatedRows } = await tx
      .updateTable('role_grant')
      .set({ revoked_at: now })
      .where('person', '=', person)
      .where('role', '=', role)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    const deed = { at: now, actor, organisation, act: 'people.role-revoked' }
    await recordAudit(tx, { ...deed, subject: person, details: { role } })
  })
}

/** Ends an account: nobody signs in with it again, and what it did stays on record. */
export async function endPerson(app: App, actor: Actor, person: PersonId): Promise<void> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  requireStepUp(app, actor)
  await app.db.as(actor, async (tx) => {
    const { organisation } = await readActive(tx, person)
    await requireAnotherAdministrator(tx, { person })
    const now = app.clock()
    await tx.updateTable('person').set({ ended_at: now }).where('id', '=', person).execute()
    await tx
      .updateTable('role_grant')
      .set({ revoked_at: now })
      .where('person', '=', person)
      .where('revoked_at', 'is', null)
      .execute()
    await endHoldings(tx, person, now)
    await tx.deleteFrom('session').where('person', '=', person).execute()
    const deed = { at: now, actor, organisation, act: 'people.ended' }
    await recordAudit(tx, { ...deed, subject: person })
  })
}

async function endHoldings(tx: Tx, person: PersonId, now: Instant): Promise<void> {
  const today = now.slice(0, 10)
  await tx
    .updateTable('holding')
    .set({ until_day: sql`greatest(from_day, ${today}::date)` })
    .where('person', '=', person)
    .where((eb) => eb.or([eb('until_day', 'is', null), eb('until_day', '>', today as never)]))
    .execute()
}

export async function signOutPerson(app: App, actor: Actor, person: PersonId): Promise<void> {
  if (!mayEndSession(actor, { person })) throw new Problem('permission.denied')
  await app.db.as(actor, async (tx) => {
    const { organisation } = await readPerson(tx, person)
    await tx.deleteFrom('session').where('person', '=', person).execute()
    const deed = { at: app.clock(), actor, organisation, act: 'session.all-ended' }
    await recordAudit(tx, { ...deed, subject: person })
  })
}

/** New ways of signing in for somebody who lost theirs: whoever has the link becomes that person. */
export async function recoverAccount(app: App, actor: Actor, person: PersonId): Promise<Outcome> {
  return app.db.as(actor, async (tx) => {
    const { organisation, name } = await readActive(tx, person)
    if (!mayOperateNode(actor)) throw new Problem('permission.denied')
    if (actor.kind === 'operator') {
      return { ...done, link: await makeRecoveryLink(app, tx, actor, { person, organisation }) }
    }
    const details = { person, name, organisation }
    const act: Act = { kind: 'people.recover-account', subject: person, details }
    return proposeAct(app, tx, actor, act, recoverPerson)
  })
}

/** Does the act `people.recover-account`; the link is told to whoever completes it. */
export const recoverPerson: Execute = async (app, tx, actor, { subject }) => {
  const person = PersonId.parse(subject)
  const { organisation } = await readActive(tx, person)
  return { link: await makeRecoveryLink(app, tx, actor, { person, organisation }) }
}

async function readPerson(tx: Tx, id: PersonId) {
  const row = await tx
    .selectFrom('person')
    .select(['organisation', 'name', 'ended_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('people.not-found')
  return row
}

async function readActive(tx: Tx, id: PersonId) {
  const row = await readPerson(tx, id)
  if (row.ended_at !== null) throw new Problem('people.not-found')
  return row
}
