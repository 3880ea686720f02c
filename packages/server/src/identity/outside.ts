import { type PersonActor, SessionId, system } from '@tocsin/domain/actor.ts'
import { PersonId, Sha256 } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as oidc from 'openid-client'
import { z } from 'zod'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { countAttempt } from './attempts.ts'
import { startCeremony, takeCeremony } from './ceremonies.ts'
import { requireProofOrFirst } from './credentials.ts'
import { openProvider } from './providers.ts'
import { hashToken, newToken, openVault } from './secrets.ts'
import { openSession } from './sessions.ts'
import { admit, type SignedIn } from './sign-in.ts'

const RETURN_PATH = '/api/session/provider-return'
const BINDING_COOKIE = 'tocsin-return'
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost']

/** Where the provider sends people back to: this node's address as its configuration says. */
export function returnAddress(app: App, request: FastifyRequest): URL {
  const own = new URL(RETURN_PATH, app.node.origin)
  const asked = new URL(RETURN_PATH, `http://${request.host}`)
  // On loopback the name and the port that were typed, so that the cookie comes back too.
  const areBothHere = LOOPBACK.includes(own.hostname) && LOOPBACK.includes(asked.hostname)
  return areBothHere ? asked : own
}

const Begun = z.object({
  provider: z.string(),
  verifier: z.string(),
  nonce: z.string(),
  /** Of a cookie: whoever comes back is the browser that went. */
  binding: Sha256,
  /** Whose account is to be linked; null for signing in. */
  link: z.object({ person: PersonId, session: SessionId }).nullable(),
})

type Going = { readonly provider: string; readonly linking: PersonActor | null }

/** Where to send the browser, with PKCE, a nonce and a state that only this browser can use. */
export async function startOutside(
  app: App,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { provider, linking }: Going,
): Promise<{ readonly url: string }> {
  if (linking) await requireProofOrFirst(app, linking)
  else await countStart(app, request)
  const { config } = await openProvider(app, provider)
  const verifier = oidc.randomPKCECodeVerifier()
  const nonce = oidc.randomNonce()
  const cookie = newToken()
  const link = linking && { person: linking.person, session: linking.session }
  const details = { provider, verifier, nonce, binding: hashToken(cookie), link }
  const state = await startCeremony(app, { purpose: 'provider', person: null, details })
  reply.setCookie(BINDING_COOKIE, cookie, {
    path: RETURN_PATH,
    httpOnly: true,
    // The provider's redirect comes from another site: a strict cookie would stay at home.
    sameSite: 'lax',
    secure: app.node.origin.startsWith('https:'),
    maxAge: 600,
  })
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: returnAddress(app, request).href,
    scope: 'openid',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  return { url: url.href }
}

/** Each start asks the provider something, so that nobody without an account may start without end. */
async function countStart(app: App, request: FastifyRequest): Promise<void> {
  const address = (await openVault(app.node.home)).fingerprint(`provider from ${request.ip}`)
  await app.db.as(system, (tx) =>
    countAttempt(app, tx, { account: null, address, person: undefined }),
  )
}

/** The way back: signs in whoever is linked with this issuer and subject, or links them. */
export async function finishOutside(
  app: App,
  request: FastifyRequest,
  state: string,
): Promise<SignedIn | undefined> {
  const id = z.uuidv7().safeParse(state).data
  if (!id) throw new Problem('identity.ceremony-over')
  const asked = { id, purpose: 'provider', person: null } as const
  const begun = await takeCeremony(app, asked, Begun)
  if (hashToken(request.cookies[BINDING_COOKIE] ?? '') !== begun.binding) {
    throw new Problem('identity.ceremony-over')
  }
  const subject = await askWho(app, request, state, begun)
  if (begun.link) {
    await linkOutside(app, begun.link, subject)
    return undefined
  }
  const identity = await app.db.as(system, (tx) =>
    tx
      .selectFrom('outside_identity')
      .select(['id', 'person'])
      .where('issuer', '=', subject.issuer)
      .where('subject', '=', subject.subject)
      .executeTakeFirst(),
  )
  if (!identity) throw new Problem('identity.outside-unknown')
  const { person } = identity
  const credential = `provider:${identity.id}`
  return admit(app, (tx) => openSession(app, tx, request, { person, credential, proven: false }))
}

type Subject = { readonly issuer: string; readonly subject: string }

/** Exchanges the code; the library checks state, nonce, PKCE, issuer, audience, times and signature. */
async function askWho(
  app: App,
  request: FastifyRequest,
  state: string,
  { provider, verifier, nonce }: z.infer<typeof Begun>,
): Promise<Subject> {
  const { issuer, config } = await openProvider(app, provider)
  const url = returnAddress(app, request)
  url.search = new URL(request.url, url).search
  const tokens = await oidc
    .authorizationCodeGrant(config, url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    .catch((cause: unknown) => {
      app.log.warn({ provider, reason: String(cause) }, 'identity provider')
      throw new Problem('identity.provider-failed', {}, { cause })
    })
  const claims = tokens.claims()
  if (!claims) throw new Problem('identity.provider-failed', { issuer })
  return { issuer: claims.iss, subject: claims.sub }
}

/** Links only while the session that asked is still open: signing out everywhere stops it too. */
async function linkOutside(
  app: App,
  { person, session }: { readonly person: PersonId; readonly session: SessionId },
  { issuer, subject }: Subject,
): Promise<void> {
  await app.db.as(system, async (tx) => {
    const at = app.clock()
    const open = await tx
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.person')
      .select('person.organisation')
      .where('session.id', '=', session)
      .where('session.person', '=', person)
      .where('session.expires_at', '>', at)
      .where('person.ended_at', 'is', null)
      .executeTakeFirst()
    if (!open) throw new Problem('session.required')
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('outside_identity')
      .values({ id: newId<string>(), issuer, subject, person, made_at: at })
      .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) throw new Problem('identity.outside-linked')
    const { organisation } = open
    const deed = { at, actor: system, organisation, act: 'identity.outside-linked' }
    await recordAudit(tx, { ...deed, subject: person, details: { issuer } })
  })
}
