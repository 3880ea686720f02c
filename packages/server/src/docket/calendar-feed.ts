import { timingSafeEqual } from 'node:crypto'
import { type Actor, type PersonActor, Role, type SessionId, system } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { clearAttempt, countAttempt } from '../identity/attempts.ts'
import { hashToken, newToken, openVault } from '../identity/secrets.ts'
import { requirePerson, requireStepUp } from '../identity/step-up.ts'

/** The person's subscription that works at the moment. */
export async function findFeed(tx: Tx, person: PersonId) {
  return tx
    .selectFrom('calendar_feed')
    .select(['id as user', 'made_at as madeAt', 'used_at as usedAt'])
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
}

/** Makes the password that a calendar program signs in with; told once, kept only as a hash. */
export async function makeFeed(
  app: App,
  actor: Actor,
): Promise<{ readonly user: string; readonly password: string }> {
  const { person } = requirePerson(actor)
  requireStepUp(app, actor)
  const password = newToken()
  const user = newId<string>()
  const made_at = app.clock()
  await app.db.as(system, async (tx) => {
    await endFeed(app, tx, person)
    await tx
      .insertInto('calendar_feed')
      .values({ id: user, person, password_hash: hashToken(password), made_at })
      .execute()
    await recordAudit(tx, { at: made_at, actor, act: 'docket.feed-made', subject: user })
  })
  return { user, password }
}

/** Ends the person's subscription; one that has none is no fault. */
export async function revokeFeed(app: App, actor: Actor): Promise<void> {
  const { person } = requirePerson(actor)
  await app.db.as(system, async (tx) => {
    const ended = await endFeed(app, tx, person)
    if (!ended) return
    await recordAudit(tx, { at: app.clock(), actor, act: 'docket.feed-revoked', subject: ended })
  })
}

async function endFeed(app: App, tx: Tx, person: PersonId): Promise<string | undefined> {
  const ended = await tx
    .updateTable('calendar_feed')
    .set({ revoked_at: app.clock() })
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended?.id
}

type Given = { readonly user: string; readonly password: string }

/** Name and password as HTTP Basic sends them (RFC 7617). */
function givenIn({ headers }: FastifyRequest): Given | undefined {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(headers.authorization ?? '') ?? []
  const [, user, password] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? []
  const id = z.uuidv7().safeParse(user?.toLowerCase())
  return id.success && password !== undefined ? { user: id.data, password } : undefined
}

/**
 * Whose calendar program asks, with the roles that the person holds at this moment. Whatever is wrong
 * (the name, the password, a subscription or an account that has ended) sounds the same.
 */
export async function findSubscriber(app: App, request: FastifyRequest): Promise<PersonActor> {
  const given = givenIn(request)
  const vault = await openVault(app.node.home)
  const account = given ? vault.fingerprint(`feed ${given.user}`) : null
  const address = vault.fingerprint(`feed from ${request.ip}`)
  const attempt = await app.db.as(system, (tx) =>
    countAttempt(app, tx, { account, address, person: undefined }),
  )
  const subscriber = await app.db.as(system, async (tx) => {
    const found = given && (await findActorOf(tx, given))
    if (!found || !mayUseDocket(found)) return undefined
    await clearAttempt(tx, attempt)
    const used_at = app.clock()
    await tx.updateTable('calendar_feed').set({ used_at }).where('id', '=', given.user).execute()
    return found
  })
  if (!subscriber) throw new Problem('calendar.wrong-password')
  return subscriber
}

async function findActorOf(tx: Tx, { user, password }: Given): Promise<PersonActor | undefined> {
  const row = await tx
    .selectFrom('calendar_feed')
    .innerJoin('person', 'person.id', 'calendar_feed.person')
    .innerJoin('organisation', 'organisation.id', 'person.organisation')
    .select(['calendar_feed.person', 'password_hash', 'person.organisation'])
    .select(
      sql<string[]>`array(select role from role_grant
        where role_grant.person = person.id and revoked_at is null order by role)`.as('roles'),
    )
    .where('calendar_feed.id', '=', user)
    .where('calendar_feed.revoked_at', 'is', null)
    .where('person.ended_at', 'is', null)
    .where('organisation.closed_at', 'is', null)
    .executeTakeFirst()
  const given = Buffer.from(hashToken(password))
  const isRight = timingSafeEqual(given, Buffer.from(row?.password_hash ?? hashToken('')))
  if (!row || !isRight) return undefined
  return {
    kind: 'person',
    person: row.person,
    organisation: row.organisation,
    roles: Role.array().parse(row.roles),
    session: user as SessionId,
    credential: `feed:${user}`,
    // A calendar program proves nothing about who sits before it.
    steppedUpUntil: null,
  }
}
