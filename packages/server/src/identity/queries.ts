import type { Self } from '@tocsin/api/session.ts'
import type { PersonActor } from '@tocsin/domain/actor.ts'
import { system } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'

/** What a person's own screens say of them. */
export async function readSelf(app: App, actor: PersonActor): Promise<Self> {
  const row = await app.db.as(actor, (tx) =>
    tx
      .selectFrom('person')
      // Whoever has no role left does not see the organisation any more, nor its name.
      .leftJoin('organisation', 'organisation.id', 'person.organisation')
      .select(['person.name', 'person.locale', 'organisation.name as organisation'])
      .where('person.id', '=', actor.person)
      .executeTakeFirst(),
  )
  if (!row) throw new Problem('session.required')
  const { person, roles, session, steppedUpUntil } = actor
  return {
    person,
    name: row.name,
    locale: row.locale,
    organisation: { id: actor.organisation, name: row.organisation ?? '' },
    roles,
    session,
    steppedUpUntil,
  }
}

/** The ways to sign in that a visitor is offered; says nothing of who has an account. */
export async function readSignInWays(app: App) {
  return app.db.as(system, async (tx) => {
    const providers = await tx
      .selectFrom('identity_provider')
      .select(['id', 'name'])
      .orderBy('name')
      .execute()
    const first = await tx.selectFrom('person').select('id').limit(1).executeTakeFirst()
    return { providers, isSetUp: first !== undefined }
  })
}

/** One's own open sessions, the latest first. */
export async function listSessions(app: App, actor: PersonActor) {
  const rows = await app.db.as(actor, (tx) =>
    tx
      .selectFrom('session')
      .selectAll()
      .where('person', '=', actor.person)
      .where('expires_at', '>', app.clock())
      .orderBy('seen_at', 'desc')
      .execute(),
  )
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    openedAt: row.opened_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    isThis: row.id === actor.session,
  }))
}

/** One's own ways of signing in; never a hash, a key or a secret. */
export async function listCredentials(app: App, actor: PersonActor) {
  const { person } = actor
  const own = await app.db.as(actor, async (tx) => ({
    passkeys: await tx
      .selectFrom('passkey')
      .select(['id', 'name', 'made_at as madeAt', 'used_at as usedAt'])
      .where('person', '=', person)
      .orderBy('made_at')
      .execute(),
    outside: await tx
      .selectFrom('outside_identity')
      .select(['id', 'issuer', 'made_at as madeAt'])
      .where('person', '=', person)
      .orderBy('made_at')
      .execute(),
  }))
  // The node counts what only the node may read.
  const fallback = await app.db.as(system, async (tx) => ({
    password: await tx
      .selectFrom('password')
      .select('set_at')
      .where('person', '=', person)
      .executeTakeFirst(),
    codes: await tx
      .selectFrom('recovery_code')
      .select((eb) => eb.fn.countAll<number>().as('left'))
      .where('person', '=', person)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow(),
  }))
  return {
    ...own,
    hasFallback: fallback.password !== undefined,
    recoveryCodesLeft: fallback.codes.left,
  }
}
