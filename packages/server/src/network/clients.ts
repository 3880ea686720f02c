import type { NetworkClient } from '@tocsin/api/taxii.ts'
import type { Actor, SessionId } from '@tocsin/domain/actor.ts'
import { mayOperateNode, system } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { hashToken, newToken } from '../identity/secrets.ts'
import type { Reader } from './collections.ts'

type Settings = Pick<NetworkClient, 'id' | 'organisation' | 'label' | 'ceiling' | 'expiresAt'>

/** Lets a program read; the token is told once and kept nowhere. */
export async function addClient(app: App, actor: Actor, client: Settings): Promise<string> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  const token = newToken()
  const at = app.clock()
  const { id, organisation, label, ceiling, expiresAt } = client
  await app.db.as(actor, async (tx) => {
    await tx
      .insertInto('network_client')
      .values({
        id,
        organisation,
        label,
        ceiling,
        token_hash: hashToken(token),
        made_at: at,
        expires_at: expiresAt,
        revoked_at: null,
      })
      .execute()
    const details = { organisation, ceiling, expiresAt }
    await recordAudit(tx, { at, actor, act: 'network.client-added', subject: id, details })
  })
  return token
}

export async function revokeClient(app: App, actor: Actor, id: string): Promise<void> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  const at = app.clock()
  await app.db.as(actor, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('network_client')
      .set({ revoked_at: at })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) throw new Problem('request.not-found')
    await recordAudit(tx, { at, actor, act: 'network.client-revoked', subject: id })
  })
}

export const listClients = (app: App, actor: Actor): Promise<NetworkClient[]> =>
  app.db.as(actor, (tx) =>
    tx
      .selectFrom('network_client')
      .select(['id', 'organisation', 'label', 'ceiling'])
      .select(['expires_at as expiresAt', 'revoked_at as revokedAt'])
      .orderBy('made_at')
      .execute(),
  )

/**
 * Whoever may read by TAXII: the node of a member, or whoever holds a program's token. A program is
 * judged as a reader of its organisation and by nothing else; it is nobody at any other door.
 */
export async function readerOf(app: App, actor: Actor, request: FastifyRequest): Promise<Reader> {
  if (actor.kind === 'node') return { actor, ceiling: 'TLP:RED' }
  if (actor.kind !== 'visitor') throw new Problem('permission.denied')
  const token = tokenOf(request.headers.authorization)
  if (token === undefined) throw new Problem('session.required')
  const client = await app.db.as(system, (tx) =>
    tx
      .selectFrom('network_client')
      .select(['id', 'organisation', 'ceiling'])
      .where('token_hash', '=', hashToken(token))
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', app.clock())
      .executeTakeFirst(),
  )
  if (!client) throw new Problem('session.required')
  const { id, organisation, ceiling } = client
  const reader: Reader['actor'] = {
    kind: 'person',
    person: id as PersonId,
    organisation,
    roles: ['reader'],
    session: id as SessionId,
    credential: `network-client ${id}`,
    steppedUpUntil: null,
  }
  return { actor: reader, ceiling }
}

/** As a bearer, or as the password of HTTP Basic, which every TAXII client knows. */
function tokenOf(authorization: string | undefined): string | undefined {
  const [, scheme = '', given = ''] = /^(\w+) (\S+)$/.exec(authorization ?? '') ?? []
  if (scheme.toLowerCase() === 'bearer') return given
  if (scheme.toLowerCase() !== 'basic') return undefined
  return Buffer.from(given, 'base64').toString().split(':').slice(1).join(':')
}
