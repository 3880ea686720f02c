import type { Actor } from '@tocsin/domain/actor.ts'
import type { Day, OrganisationId } from '@tocsin/domain/brand.ts'
import {
  type Holding,
  holdersOn,
  Invitation,
  type Organisation,
  type Person,
  type Post,
  type PostId,
} from '@tocsin/domain/people.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { type Selectable, sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>

export const organisationOf = (row: Row<'organisation'>): Organisation => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  country: row.country,
  madeAt: row.made_at,
  closedAt: row.closed_at,
})

export const postOf = (row: Row<'post'>): Post => ({
  id: row.id,
  organisation: row.organisation,
  title: row.title,
  madeAt: row.made_at,
  abolishedAt: row.abolished_at,
})

export const holdingOf = (row: Row<'holding'>): Holding => ({
  id: row.id,
  post: row.post,
  organisation: row.organisation,
  person: row.person,
  capacity: row.capacity,
  fromDay: row.from_day,
  untilDay: row.until_day,
})

/** Undefined for the set-up link, which belongs to no organisation. */
export function invitationOf(row: Row<'invitation'>): Invitation | undefined {
  const { success, data } = Invitation.safeParse({
    id: row.id,
    organisation: row.organisation,
    post: row.post,
    roles: row.roles,
    kind: row.kind,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    revokedAt: row.revoked_at,
  })
  return success ? data : undefined
}

export async function listOrganisations(app: App, actor: Actor): Promise<Organisation[]> {
  const rows = await app.db.as(actor, (tx) =>
    tx.selectFrom('organisation').selectAll().orderBy('name').orderBy('id').execute(),
  )
  return rows.map(organisationOf)
}

export async function getOrganisation(tx: Tx, id: OrganisationId): Promise<Organisation> {
  const row = await tx
    .selectFrom('organisation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('organisation.not-found')
  return organisationOf(row)
}

/** One organisation with everything about it that the actor may see. */
export async function readOrganisation(app: App, actor: Actor, id: OrganisationId) {
  return app.db.as(actor, async (tx) => {
    const organisation = await getOrganisation(tx, id)
    const posts = await tx
      .selectFrom('post')
      .selectAll()
      .where('organisation', '=', id)
      .orderBy('title')
      .orderBy('id')
      .execute()
    const holdings = await tx
      .selectFrom('holding')
      .selectAll()
      .where('organisation', '=', id)
      .orderBy('from_day')
      .orderBy('id')
      .execute()
    return {
      organisation,
      posts: posts.map(postOf),
      holdings: holdings.map(holdingOf),
      people: await listPeople(tx, id),
    }
  })
}

async function listPeople(
  tx: Tx,
  organisation: OrganisationId,
): Promise<(Person & { readonly hasAccount: boolean })[]> {
  const rows = await tx
    .selectFrom('person')
    .select(['id', 'organisation', 'name', 'locale', 'made_at as madeAt', 'ended_at as endedAt'])
    .select([
      sql<Person['roles']>`array(select role from role_grant
        where role_grant.person = person.id and revoked_at is null order by role)`.as('roles'),
      sql<boolean>`sign_in_name is not null`.as('hasAccount'),
    ])
    .where('organisation', '=', organisation)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows
}

/** Who held the post on the day, as the actor may see it. */
export async function listHolders(
  app: App,
  actor: Actor,
  { post, day }: { readonly post: PostId; readonly day: Day },
): Promise<Holding[]> {
  return app.db.as(actor, async (tx) => {
    const found = await tx.selectFrom('post').select('id').where('id', '=', post).executeTakeFirst()
    if (!found) throw new Problem('post.not-found')
    const rows = await tx.selectFrom('holding').selectAll().where('post', '=', post).execute()
    return [...holdersOn(rows.map(holdingOf), day)]
  })
}

/** Invitations and recovery links the actor may see, the latest first. */
export async function listInvitations(app: App, actor: Actor): Promise<Invitation[]> {
  const rows = await app.db.as(actor, (tx) =>
    tx
      .selectFrom('invitation')
      .selectAll()
      .where('kind', '<>', 'set-up')
      .orderBy('made_at', 'desc')
      .orderBy('id', 'desc')
      .limit(500)
      .execute(),
  )
  return rows.flatMap((row) => invitationOf(row) ?? [])
}

/** The names of organisations by their ids, for whoever may know that they are mentioned. */
export async function listOrganisationNames(
  tx: Tx,
  ids: readonly OrganisationId[],
): Promise<ReadonlyMap<OrganisationId, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
