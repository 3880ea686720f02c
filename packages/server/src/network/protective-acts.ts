import type { Outcome } from '@tocsin/api/people.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { system } from '@tocsin/domain/actor.ts'
import { OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { mayPublish } from '@tocsin/domain/network-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { callBack, takeOut } from './apply-audiences.ts'
import { listVersions } from './audiences.ts'
import { listParties, partyOf } from './parties.ts'

/*
 * Acts that protect: one person does them, and they have effect at once. Taking one back exposes, and
 * takes two.
 */

/** Takes organisations out of an audience: nothing more leaves for them, and what waits to does not. */
export async function narrowAudience(
  app: App,
  actor: Actor,
  id: AudienceId,
  { without }: { readonly without: readonly OrganisationId[] },
): Promise<void> {
  requirePerson(actor)
  // As the system: what others told the audience, and what waits to leave, is held back too.
  await app.db.as(system, async (tx) => {
    const [newest] = await listVersions(tx, id)
    if (!newest || !mayPublish(actor, newest)) throw new Problem('audience.not-found')
    const taken = await takeOut(app, tx, actor, id, without)
    if (taken === 0) throw new Problem('sharing.not-narrower')
  })
}

/** Calls back what was approved and waits: what holds now goes on, and nobody comes. */
export async function callBackAudience(app: App, actor: Actor, id: AudienceId): Promise<void> {
  requirePerson(actor)
  await app.db.as(system, async (tx) => {
    const [newest] = await listVersions(tx, id)
    if (!newest || !mayPublish(actor, newest)) throw new Problem('audience.not-found')
    if (!(await callBack(app, tx, actor, id))) throw new Problem('sharing.nothing-waits')
  })
}

/** Sends a member nothing more of ours, in any audience. */
export async function stopSharing(app: App, actor: Actor, member: OrganisationId): Promise<void> {
  const { organisation } = requirePerson(actor)
  if (!mayPublish(actor, { organisation })) throw new Problem('permission.denied')
  await app.db.as(system, async (tx) => {
    await requireMember(tx, member)
    const at = app.clock()
    const stopped = await tx
      .insertInto('sharing_stop')
      .values({ id: newId<string>(), organisation, member, stopped_at: at, lifted_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (stopped.numInsertedOrUpdatedRows !== 1n) throw new Problem('sharing.stopped-already')
    const deed = { at, actor, organisation, subject: member }
    await recordAudit(tx, { ...deed, act: 'sharing.stopped' })
    const own = await tx
      .selectFrom('audience')
      .select('id')
      .distinct()
      .where('organisation', '=', organisation)
      .execute()
    for (const { id } of own) await takeOut(app, tx, actor, id, [member])
  })
}

async function requireMember(tx: Tx, member: OrganisationId): Promise<string> {
  const { standing, name } = partyOf(await listParties(tx), member)
  if (standing === 'unknown' || standing === 'here') {
    throw new Problem('sharing.unknown-organisation')
  }
  return name
}

/** From then on the member may be named in audiences again; it is in none by this alone. */
export async function resumeSharing(
  app: App,
  actor: Actor,
  member: OrganisationId,
): Promise<Outcome> {
  const { organisation } = requirePerson(actor)
  if (!mayPublish(actor, { organisation })) throw new Problem('permission.denied')
  return app.db.as(actor, async (tx) => {
    const name = await requireMember(tx, member)
    const stopped = await tx
      .selectFrom('sharing_stop')
      .select('id')
      .where('organisation', '=', organisation)
      .where('member', '=', member)
      .where('lifted_at', 'is', null)
      .executeTakeFirst()
    if (!stopped) throw new Problem('sharing.not-stopped')
    const act = { kind: 'sharing.resume', subject: member, details: { name } } as const
    return proposeAct(app, tx, actor, act, doResume)
  })
}

export const doResume: Execute = async (app, tx, actor, { subject }) => {
  const at = app.clock()
  await tx
    .updateTable('sharing_stop')
    .set({ lifted_at: at })
    .where('organisation', '=', actor.organisation)
    .where('member', '=', OrganisationId.parse(subject))
    .where('lifted_at', 'is', null)
    .execute()
  await recordAudit(tx, { at, actor, act: 'sharing.resumed', subject })
  return { link: null }
}
