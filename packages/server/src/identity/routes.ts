import * as own from '@tocsin/api/credentials.ts'
import * as api from '@tocsin/api/session.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { isPerson } from '@tocsin/domain/people-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { type Endpoint, handle } from '../http/endpoint.ts'
import * as credentials from './credentials.ts'
import { relyingPartyOf } from './passkeys.ts'
import { listCredentials, listSessions, readSelf, readSignInWays } from './queries.ts'
import { clearSessionCookie } from './sessions.ts'
import * as signIn from './sign-in.ts'
import { requirePerson } from './step-up.ts'
import { again, welcome } from './welcome.ts'

/** Signing in is for everybody: whether it succeeds is the command's to say. */
const anybody = () => true

/** Ends sessions as the person themselves: row-level security leaves everybody else's alone. */
async function endOwn(app: App, actor: Actor, session: string | undefined): Promise<void> {
  const { person } = requirePerson(actor)
  await app.db.as(actor, async (tx) => {
    let ended = tx.deleteFrom('session').where('person', '=', person)
    if (session !== undefined) ended = ended.where('id', '=', session as never)
    const { numDeletedRows } = await ended.executeTakeFirst()
    if (numDeletedRows === 0n) throw new Problem('session.not-found')
    const act = session === undefined ? 'session.all-ended' : 'session.ended'
    await recordAudit(tx, { at: app.clock(), actor, act, subject: session ?? person })
  })
}

const sessionEndpoints: readonly Endpoint[] = [
  handle(api.getSession, anybody, async (app, actor) => ({
    self: actor.kind === 'person' ? await readSelf(app, actor) : null,
  })),
  handle(api.listSignInWays, anybody, async (app, _actor, _input, { request }) => ({
    ...(await readSignInWays(app)),
    passkeyOrigin: relyingPartyOf(app, request).origin,
  })),
  handle(api.startPasskeySignIn, anybody, (app, _actor, _input, { request }) =>
    signIn.startPasskeySignIn(app, request),
  ),
  handle(api.signInWithPasskey, anybody, async (app, _actor, { body }, exchange) =>
    welcome(app, await signIn.signInWithPasskey(app, exchange.request, body), exchange),
  ),
  handle(api.signInWithPassword, anybody, async (app, _actor, { body }, exchange) =>
    welcome(app, await signIn.signInWithPassword(app, exchange.request, body), exchange),
  ),
  handle(api.startStepUp, isPerson, (app, actor, _input, { request }) =>
    signIn.startStepUp(app, request, requirePerson(actor)),
  ),
  handle(api.stepUpWithPasskey, isPerson, async (app, actor, { body }, exchange) => {
    await signIn.stepUpWithPasskey(app, exchange.request, requirePerson(actor), body)
    return again(app, exchange)
  }),
  handle(api.stepUpWithCode, isPerson, async (app, actor, { body }, exchange) => {
    await signIn.stepUpWithCode(app, exchange.request, requirePerson(actor), body)
    return again(app, exchange)
  }),
  handle(api.listSessions, isPerson, (app, actor) => listSessions(app, requirePerson(actor))),
  handle(api.endSession, isPerson, async (app, actor, { params }) => {
    await endOwn(app, actor, params.session)
    return {}
  }),
  handle(api.signOut, isPerson, async (app, actor, _input, { reply }) => {
    await endOwn(app, actor, requirePerson(actor).session)
    clearSessionCookie(app, reply)
    return {}
  }),
  handle(api.signOutEverywhere, isPerson, async (app, actor, _input, { reply }) => {
    await endOwn(app, actor, undefined)
    clearSessionCookie(app, reply)
    return {}
  }),
]

const credentialEndpoints: readonly Endpoint[] = [
  handle(own.listCredentials, isPerson, (app, actor) => listCredentials(app, requirePerson(actor))),
  handle(own.startPasskey, isPerson, (app, actor, _input, { request }) =>
    credentials.startPasskey(app, request, requirePerson(actor)),
  ),
  handle(own.addPasskey, isPerson, async (app, actor, { body }, { request }) => {
    await credentials.addPasskey(app, request, requirePerson(actor), body)
    return {}
  }),
  handle(own.removePasskey, isPerson, async (app, actor, { params }) => {
    await credentials.removePasskey(app, requirePerson(actor), params.passkey)
    return {}
  }),
  handle(own.startFallback, isPerson, (app, actor) =>
    credentials.startFallback(app, requirePerson(actor)),
  ),
  handle(own.setFallback, isPerson, (app, actor, { body }) =>
    credentials.setFallback(app, requirePerson(actor), body),
  ),
  handle(own.removeFallback, isPerson, async (app, actor) => {
    await credentials.removeFallback(app, requirePerson(actor))
    return {}
  }),
  handle(own.unlinkOutside, isPerson, async (app, actor, { params }) => {
    await credentials.unlinkOutside(app, requirePerson(actor), params.identity)
    return {}
  }),
]

export const identityEndpoints: readonly Endpoint[] = [...sessionEndpoints, ...credentialEndpoints]
