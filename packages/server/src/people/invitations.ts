import type { Actor } from '@tocsin/domain/actor.ts'
import { type Role, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Invitation, InvitationId, PostId } from '@tocsin/domain/people.ts'
import { mayInvite } from '@tocsin/domain/people-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { hashToken, newToken } from '../identity/secrets.ts'
import { requireStepUp } from '../identity/step-up.ts'
import { invitationOf } from './queries.ts'

const LIFE_MS = 7 * 24 * 60 * 60 * 1000
const LOOPBACK = ['127.0.0.1', '[::1]']

/** A link with its token behind the `#`: browsers send that part to nobody, so it is in no log. */
function linkTo(app: App, page: 'set-up' | 'join', token: string): string {
  const url = new URL(`/${page}`, app.node.origin)
  // Passkeys work on the name of the loopback host, not on its number.
  if (LOOPBACK.includes(url.hostname)) url.hostname = 'localhost'
  url.hash = token
  return url.href
}

/**
 * The link that makes the first administrator, a new one at each start until it is used; undefined
 * once somebody has an account.
 */
export async function renewSetUpLink(app: App): Promise<string | undefined> {
  return app.db.as(system, async (tx) => {
    const somebody = await tx.selectFrom('person').select('id').limit(1).executeTakeFirst()
    if (somebody) return undefined
    const token = newToken()
    const token_hash = hashToken(token)
    const now = app.clock()
    await tx
      .insertInto('invitation')
      .values({ ...blank(now), kind: 'set-up', token_hash, roles: ['administrator'] })
      .onConflict((conflict) =>
        conflict
          .column('kind')
          .where('kind', '=', 'set-up')
          .where('used_at', 'is', null)
          .where('revoked_at', 'is', null)
          .doUpdateSet({ token_hash, made_at: now }),
      )
      .execute()
    return linkTo(app, 'set-up', token)
  })
}

const blank = (now: Invitation['madeAt']) => ({
  id: newId<InvitationId>(),
  organisation: null,
  post: null,
  person: null,
  made_by: null,
  made_at: now,
  expires_at: null,
  used_at: null,
  revoked_at: null,
})

type Wanted = {
  readonly id: InvitationId
  readonly organisation: OrganisationId
  readonly post: PostId | null
  readonly roles: readonly Role[]
}

/** Makes an invitation; the link is told once, so a repeated request answers none. */
export async function invite(
  app: App,
  actor: Actor,
  wanted: Wanted,
): Promise<{ readonly invitation: Invitation; readonly link: string | null }> {
  const roles = [...new Set(wanted.roles)]
  if (!mayInvite(actor, { ...wanted, roles, kind: 'invite' })) {
    throw new Problem('permission.denied')
  }
  // An administrator is made by two people, after joining; only whoever holds the machine may
  // invite one, so that a node whose administrators are gone is not lost.
  if (roles.includes('administrator') && actor.kind !== 'operator') {
    throw new Problem('permission.denied')
  }
  requireStepUp(app, actor)
  const token = newToken()
  return app.db.as(actor, async (tx) => {
    await requireOpenPost(tx, wanted)
    const now = app.clock()
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('invitation')
      .values({
        ...blank(now),
        id: wanted.id,
        kind: 'invite',
        token_hash: hashToken(token),
        organisation: wanted.organisation,
        post: wanted.post,
        roles,
        made_by: actor.kind === 'person' ? actor.person : null,
        expires_at: addMilliseconds(now, LIFE_MS),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    const row = await tx
      .selectFrom('invitation')
      .selectAll()
      .where('id', '=', wanted.id)
      .executeTakeFirst()
    const invitation = row && invitationOf(row)
    if (!invitation) throw new Problem('permission.denied')
    if (numInsertedOrUpdatedRows !== 1n) return { invitation, link: null }
    const { organisation } = wanted
    const deed = { at: now, actor, organisation, act: 'people.invited' }
    await recordAudit(tx, { ...deed, subject: wanted.id, details: { roles } })
    return { invitation, link: linkTo(app, 'join', token) }
  })
}

async function requireOpenPost(tx: Tx, { organisation, post }: Wanted): Promise<void> {
  const open = await tx
    .selectFrom('organisation')
    .select('id')
    .where('id', '=', organisation)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (!open) throw new Problem('organisation.not-found')
  if (post === null) return
  const held = await tx
    .selectFrom('post')
    .select('id')
    .where('id', '=', post)
    .where('organisation', '=', organisation)
    .where('abolished_at', 'is', null)
    .executeTakeFirst()
  if (!held) throw new Problem('post.not-found')
}

export async function revokeInvitation(app: App, actor: Actor, id: InvitationId): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const row = await tx
      .selectFrom('invitation')
      .selectAll()
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .where('revoked_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!row || !mayInvite(actor, row)) throw new Problem('invitation.not-valid')
    const now = app.clock()
    await tx.updateTable('invitation').set({ revoked_at: now }).where('id', '=', id).execute()
    const { organisation } = row
    const deed = { at: now, actor, organisation, act: 'people.invitation-revoked' }
    await recordAudit(tx, { ...deed, subject: id })
  })
}

/** A link by which a person gets new ways of signing in. Whoever calls has made sure two agreed. */
export async function makeRecoveryLink(
  app: App,
  tx: Tx,
  actor: Actor,
  { person, organisation }: { person: PersonId; organisation: OrganisationId },
): Promise<string> {
  const now = app.clock()
  const token = newToken()
  await tx
    .updateTable('invitation')
    .set({ revoked_at: now })
    .where('person', '=', person)
    .where('kind', '=', 'recover')
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
  await tx
    .insertInto('invitation')
    .values({
      ...blank(now),
      kind: 'recover',
      token_hash: hashToken(token),
      organisation,
      person,
      roles: [],
      made_by: actor.kind === 'person' ? actor.person : null,
      expires_at: addMilliseconds(now, LIFE_MS),
    })
    .execute()
  const deed = { at: now, actor, organisation, act: 'people.recovery-link-made' }
  await recordAudit(tx, { ...deed, subject: person })
  return linkTo(app, 'join', token)
}

/** The invitation behind a token, locked for use; any that is used, revoked or over does not exist. */
export async function takeInvitation(tx: Tx, tokenHash: Sha256, now: Invitation['madeAt']) {
  const row = await tx
    .selectFrom('invitation')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Problem('invitation.not-valid')
  return row
}
