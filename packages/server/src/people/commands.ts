import { type Actor, mayOperateNode } from '@tocsin/domain/actor.ts'
import type { Day, OrganisationId } from '@tocsin/domain/brand.ts'
import type { Holding, HoldingId, Organisation, Post, PostId } from '@tocsin/domain/people.ts'
import { mayManageOrganisation } from '@tocsin/domain/people-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { requireStepUp } from '../identity/step-up.ts'
import { requireAnotherAdministrator } from './administrators.ts'
import { holdingOf, organisationOf, postOf } from './queries.ts'

export async function addOrganisation(
  app: App,
  actor: Actor,
  wanted: Pick<Organisation, 'id' | 'name' | 'kind' | 'country'>,
): Promise<Organisation> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  const { id, name, kind, country } = wanted
  return app.db.as(actor, async (tx) => {
    const now = app.clock()
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('organisation')
      .values({ id, name, kind, country, made_at: now, closed_at: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) {
      const details = { name, kind, country }
      await recordAudit(tx, {
        at: now,
        actor,
        organisation: id,
        act: 'people.organisation-added',
        subject: id,
        details,
      })
    }
    return readOrganisationRow(tx, id)
  })
}

type Changed = Pick<Organisation, 'name' | 'kind' | 'country'> & { readonly closed: boolean }

/** Closing takes effect at once: whoever belongs to a closed organisation is signed out. */
export async function changeOrganisation(
  app: App,
  actor: Actor,
  id: OrganisationId,
  { name, kind, country, closed }: Changed,
): Promise<Organisation> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  requireStepUp(app, actor)
  return app.db.as(actor, async (tx) => {
    const now = app.clock()
    const before = await readOrganisationRow(tx, id)
    if (closed) await requireAnotherAdministrator(tx, { organisation: id })
    const closed_at = closed ? (before.closedAt ?? now) : null
    await tx
      .updateTable('organisation')
      .set({ name, kind, country, closed_at })
      .where('id', '=', id)
      .execute()
    const details = { name, kind, country, closed }
    const act = 'people.organisation-changed'
    await recordAudit(tx, { at: now, actor, organisation: id, act, subject: id, details })
    return readOrganisationRow(tx, id)
  })
}

async function readOrganisationRow(tx: Tx, id: OrganisationId): Promise<Organisation> {
  const row = await tx
    .selectFrom('organisation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('organisation.not-found')
  return organisationOf(row)
}

export async function addPost(
  app: App,
  actor: Actor,
  { id, organisation, title }: Pick<Post, 'id' | 'organisation' | 'title'>,
): Promise<Post> {
  if (!mayManageOrganisation(actor, { organisation })) throw new Problem('permission.denied')
  return app.db.as(actor, async (tx) => {
    const now = app.clock()
    await readOrganisationRow(tx, organisation)
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('post')
      .values({ id, organisation, title, made_at: now, abolished_at: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) {
      const deed = { at: now, actor, organisation, act: 'people.post-added' }
      await recordAudit(tx, { ...deed, subject: id, details: { title } })
    }
    return readPost(tx, actor, id)
  })
}

/** A post the actor may manage; one that they may not does not exist for this purpose. */
async function readPost(tx: Tx, actor: Actor, id: PostId): Promise<Post> {
  const row = await tx.selectFrom('post').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || !mayManageOrganisation(actor, row)) throw new Problem('post.not-found')
  return postOf(row)
}

export async function abolishPost(app: App, actor: Actor, id: PostId): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const { organisation } = await readPost(tx, actor, id)
    const now = app.clock()
    await tx
      .updateTable('post')
      .set({ abolished_at: now })
      .where('id', '=', id)
      .where('abolished_at', 'is', null)
      .execute()
    const deed = { at: now, actor, organisation, act: 'people.post-abolished' }
    await recordAudit(tx, { ...deed, subject: id })
  })
}

/** Appoints a person to a post; `post.held` when the main holder's days would overlap another's. */
export async function appoint(
  app: App,
  actor: Actor,
  wanted: Omit<Holding, 'organisation'>,
): Promise<Holding> {
  return app.db.as(actor, async (tx) => {
    const post = await readPost(tx, actor, wanted.post)
    if (post.abolishedAt !== null) throw new Problem('post.not-found')
    const { organisation } = post
    const person = await tx
      .selectFrom('person')
      .select('id')
      .where('id', '=', wanted.person)
      .where('organisation', '=', organisation)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    if (!person) throw new Problem('people.not-found')
    const { id, capacity, fromDay, untilDay } = wanted
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('holding')
      .values({
        id,
        post: wanted.post,
        organisation,
        person: wanted.person,
        capacity,
        from_day: fromDay,
        until_day: untilDay,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
      .catch(refuseOverlap)
    if (numInsertedOrUpdatedRows === 1n) {
      const details = { post: wanted.post, person: wanted.person, capacity, fromDay, untilDay }
      const deed = { at: app.clock(), actor, organisation, act: 'people.appointed' }
      await recordAudit(tx, { ...deed, subject: id, details })
    }
    return readHolding(tx, actor, id)
  })
}

const EXCLUSION_VIOLATION = '23P01'

function refuseOverlap(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === EXCLUSION_VIOLATION) {
    throw new Problem('post.held', {}, { cause: error })
  }
  throw error
}

export async function endHolding(
  app: App,
  actor: Actor,
  id: HoldingId,
  untilDay: Day,
): Promise<Holding> {
  return app.db.as(actor, async (tx) => {
    const { fromDay, organisation } = await readHolding(tx, actor, id)
    if (untilDay < fromDay) {
      throw new Problem('request.invalid', { issues: [{ path: 'untilDay', code: 'too-early' }] })
    }
    await tx
      .updateTable('holding')
      .set({ until_day: untilDay })
      .where('id', '=', id)
      .executeTakeFirst()
      .catch(refuseOverlap)
    const deed = { at: app.clock(), actor, organisation, act: 'people.holding-ended' }
    await recordAudit(tx, { ...deed, subject: id, details: { untilDay } })
    return readHolding(tx, actor, id)
  })
}

async function readHolding(tx: Tx, actor: Actor, id: HoldingId): Promise<Holding> {
  const row = await tx.selectFrom('holding').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || !mayManageOrganisation(actor, row)) throw new Problem('holding.not-found')
  return holdingOf(row)
}
