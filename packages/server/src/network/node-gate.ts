import { type Actor, system } from '@tocsin/domain/actor.ts'
import { type Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { signingKey } from '../docket/signing-key.ts'
import { checkLength, claimedBytes, digestOfBody } from '../http/signed-messages.ts'
import { findSigner } from './members.ts'
import {
  type Claimed,
  contentDigest,
  isSignedBy,
  isTimely,
  overAt,
  readSignature,
  type SignedRequest,
  signAnswer,
  TO_HEADER,
} from './message-signature.ts'
import { openTurnstile, refuseFor } from './quotas.ts'

/** A request whose headers were believed, by whom it is, and which organisation of this node answers. */
type Admitted = {
  readonly request: SignedRequest
  readonly claimed: Claimed
  readonly organisation: OrganisationId
  readonly to: OrganisationId
}

/**
 * Knows other nodes by the signature of a pinned member's key over this very request, made now, for
 * an organisation of this node, and never seen before. Everything else is refused, and all of that
 * before any of the body is read; once it was, it must be the one that was signed.
 */
export function openNodeGate(app: App) {
  const admitted = new WeakMap<FastifyRequest, Admitted>()
  const believed = new WeakMap<FastifyRequest, Admitted>()
  const turnstile = openTurnstile(app)
  return {
    admit: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const claimed = readSignature(request.headers, 'request')
      if (!claimed) throw new Problem('member.not-authenticated')
      const turnedAway = await turnstile.isTurnedAway(claimed.kid)
      if (turnedAway > 0) {
        reply.header('connection', 'close')
        refuseFor(reply, turnedAway)
      }
      const one = await recognise(app, request, claimed)
      const sender = { kid: claimed.kid, organisation: one.organisation }
      const wait = await turnstile.letIn(sender, claimedBytes(request), reply)
      if (wait > 0) {
        believed.set(request, one)
        refuseFor(reply, wait)
      }
      checkLength(request)
      admitted.set(request, one)
    },
    signIn: async (request: FastifyRequest): Promise<Actor> => {
      const one = admitted.get(request)
      if (!one || (await digestOfBody(request)) !== request.headers['content-digest']) {
        throw new Problem('member.not-authenticated')
      }
      await useNonce(app, one.claimed)
      believed.set(request, one)
      return { kind: 'node', organisation: one.organisation }
    },
    signAnswer: async (request: FastifyRequest, reply: FastifyReply, body: Buffer) => {
      const one = believed.get(request)
      if (!one) return
      const at = app.clock()
      const key = await app.db.as(system, (tx) => signingKey(app, tx, one.to, at))
      const answer = {
        status: reply.statusCode,
        headers: { 'content-digest': contentDigest(body) },
      }
      reply.headers(await signAnswer(answer, one.request, key, at))
    },
  }
}

/** Whose request it is; throws where it is nobody's, made long ago, or was here before. */
async function recognise(app: App, request: FastifyRequest, claimed: Claimed): Promise<Admitted> {
  const { signer, to, isUsed } = await app.db.as(system, async (tx) => ({
    signer: await findSigner(tx, claimed.kid),
    to: await ownOrganisation(tx, request.headers[TO_HEADER]),
    isUsed: await isNonceUsed(tx, claimed),
  }))
  const asked = signer && (await genuine(app, request, signer.publicKey))
  if (!asked || !to) throw new Problem('member.not-authenticated')
  if (!isTimely(claimed, app.clock())) throw new Problem('member.clock-differs')
  if (isUsed) throw new Problem('member.replayed')
  return { request: asked, claimed, organisation: signer.organisation, to }
}

/** The request as it was signed: under the address of this node, or the one it was reached by. */
async function genuine(
  app: App,
  request: FastifyRequest,
  publicKey: string,
): Promise<SignedRequest | undefined> {
  const headers = request.headers as Record<string, string>
  const origins = new Set([app.node.origin, `${request.protocol}://${request.host}`])
  for (const origin of origins) {
    const asked = { method: request.method, url: origin + request.raw.url, headers }
    if (await isSignedBy(publicKey, asked)) return asked
  }
  return undefined
}

/** An organisation of this node: one whose node is elsewhere is not asked here. */
async function ownOrganisation(tx: Tx, named: unknown): Promise<OrganisationId | undefined> {
  const { data: id } = OrganisationId.safeParse(named)
  if (!id) return undefined
  const row = await tx
    .selectFrom('organisation')
    .leftJoin('member', 'member.organisation', 'organisation.id')
    .select('organisation.id')
    .where('organisation.id', '=', id)
    .where('member.organisation', 'is', null)
    .executeTakeFirst()
  return row?.id
}

const nonceOf = ({ kid, nonce }: Claimed): string => `${kid} ${nonce}`

/** Whether it was here already, so that its body need not be read; what counts is `useNonce`. */
async function isNonceUsed(tx: Tx, claimed: Claimed): Promise<boolean> {
  const row = await tx
    .selectFrom('request_nonce')
    .select('id')
    .where('id', '=', nonceOf(claimed))
    .executeTakeFirst()
  return row !== undefined
}

const FORGOTTEN_AT_ONCE = 100

/**
 * Uses a request up, on its own and before it has any effect: of two that are the same, in whatever
 * process and after whatever restart, one is refused.
 */
async function useNonce(app: App, claimed: Claimed): Promise<void> {
  const id = nonceOf(claimed)
  const isFirst = await app.db.as(system, async (tx) => {
    await forgetOld(tx, app.clock())
    const kept = await tx
      .insertInto('request_nonce')
      .values({ id, expires_at: overAt(claimed) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    return kept !== undefined
  })
  if (!isFirst) throw new Problem('member.replayed')
}

const forgetOld = (tx: Tx, now: Instant) =>
  tx
    .deleteFrom('request_nonce')
    .where('id', 'in', (old) =>
      old
        .selectFrom('request_nonce')
        .select('id')
        .where('expires_at', '<', now)
        .limit(FORGOTTEN_AT_ONCE)
        .forUpdate()
        .skipLocked(),
    )
    .execute()
