import { type PersonActor, Role, type SessionId, system } from '@tocsin/domain/actor.ts'
import type { Instant, PersonId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { hashToken, newToken } from './secrets.ts'

const IDLE_MS = 60 * 60 * 1000
const LIFE_MS = 12 * 60 * 60 * 1000
/** How long a passkey or code just shown counts for sensitive acts. */
const FRESH_MS = 5 * 60 * 1000
/** Use is noted at most once a minute: reading must not write. */
const NOTED_MS = 60 * 1000

type Opening = {
  readonly person: PersonId
  /** Names what proved who this is: a passkey's id, `code:PERSON`, `provider:ID`. */
  readonly credential: string
  /** Whether the person just showed a passkey or a code; false when another provider vouched. */
  readonly proven: boolean
}

/** Opens a session; answers the token for the browser, of which the database keeps only the hash. */
export async function openSession(
  app: App,
  tx: Tx,
  request: FastifyRequest,
  { person, credential, proven }: Opening,
): Promise<string> {
  const now = app.clock()
  const token = newToken()
  await endSessionOf(tx, readCookie(app, request))
  await tx.deleteFrom('session').where('expires_at', '<', now).execute()
  const row = {
    id: newId<SessionId>(),
    person,
    credential,
    token_hash: hashToken(token),
    device: (request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 200),
    opened_at: now,
    seen_at: now,
    proven_at: proven ? now : null,
    expires_at: addMilliseconds(now, LIFE_MS),
  }
  await tx.insertInto('session').values(row).execute()
  return token
}

async function endSessionOf(tx: Tx, token: string | undefined): Promise<void> {
  if (!token) return
  await tx.deleteFrom('session').where('token_hash', '=', hashToken(token)).execute()
}

/** The person behind a request's cookie, with the roles they hold at this moment. */
export async function findActor(
  app: App,
  request: FastifyRequest,
): Promise<PersonActor | undefined> {
  const token = readCookie(app, request)
  if (token === undefined) return undefined
  return app.db.as(system, (tx) => findActorIn(app, tx, token))
}

/** The person behind a session's token; undefined when it has ended, was idle, or was never one. */
export async function findActorIn(
  app: App,
  tx: Tx,
  token: string,
): Promise<PersonActor | undefined> {
  const now = app.clock()
  const row = await findSession(tx, token, now)
  if (!row) return undefined
  if (row.seen_at <= addMilliseconds(now, -NOTED_MS)) {
    await tx.updateTable('session').set({ seen_at: now }).where('id', '=', row.id).execute()
  }
  return {
    kind: 'person',
    person: row.person,
    organisation: row.organisation,
    roles: Role.array().parse(row.roles),
    session: row.id,
    credential: row.credential,
    steppedUpUntil: row.proven_at && addMilliseconds(row.proven_at, FRESH_MS),
  }
}

async function findSession(tx: Tx, token: string, now: Instant) {
  return tx
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person')
    .innerJoin('organisation', 'organisation.id', 'person.organisation')
    .select([
      'session.id',
      'session.person',
      'session.credential',
      'session.seen_at',
      'session.proven_at',
      'person.organisation',
      sql<string[]>`array(select role from role_grant
        where role_grant.person = session.person and revoked_at is null order by role)`.as('roles'),
    ])
    .where('session.token_hash', '=', hashToken(token))
    .where('session.expires_at', '>', now)
    .where('session.seen_at', '>', addMilliseconds(now, -IDLE_MS))
    .where('person.ended_at', 'is', null)
    .where('organisation.closed_at', 'is', null)
    .executeTakeFirst()
}

/** `__Host-` holds the cookie to this very host over TLS; loopback without TLS cannot have it. */
const cookieName = (app: App): string =>
  app.node.origin.startsWith('https:') ? '__Host-tocsin' : 'tocsin'

function readCookie(app: App, request: FastifyRequest): string | undefined {
  return request.cookies[cookieName(app)]
}

export function setSessionCookie(app: App, reply: FastifyReply, token: string): void {
  reply.setCookie(cookieName(app), token, cookieOptions(app))
}

/** Takes the cookie back and asks the browser to forget what it holds of this site. */
export function clearSessionCookie(app: App, reply: FastifyReply): void {
  reply.clearCookie(cookieName(app), cookieOptions(app))
  reply.header('clear-site-data', '"cache", "storage"')
}

const cookieOptions = (app: App) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: app.node.origin.startsWith('https:'),
  }) as const
