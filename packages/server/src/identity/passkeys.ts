import {
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { MadePasskey, UsedPasskey } from '@tocsin/api/session.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../app.ts'
import { type Purpose, startCeremony, takeCeremony } from './ceremonies.ts'

/** The site that passkeys are bound to: its host, and the exact origin a browser must report. */
export type RelyingParty = { readonly id: string; readonly origin: string }

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost']

/**
 * On loopback browsers accept passkeys for `localhost` only, never for a bare number; the port is
 * the one the node listens on.
 */
export function relyingPartyOf(app: App, request: FastifyRequest): RelyingParty {
  const own = new URL(app.node.origin)
  if (!LOOPBACK.includes(own.hostname)) return { id: own.hostname, origin: own.origin }
  const [listening] = request.server.addresses()
  const port = typeof listening === 'object' ? listening.port : own.port
  return { id: 'localhost', origin: `http://localhost:${port}` }
}

type Challenge = {
  readonly ceremony: string
  readonly options: Record<string, z.core.util.JSONType>
}

const Challenged = z.object({ challenge: z.string() })

/** Asks for a passkey: of one person, or of whoever has one for this site (nobody is named). */
export async function askForPasskey(
  app: App,
  rp: RelyingParty,
  purpose: Extract<Purpose, 'sign-in' | 'step-up'>,
  person: PersonId | null,
): Promise<Challenge> {
  const held = person === null ? [] : await listPasskeys(app, person)
  const options = await generateAuthenticationOptions({
    rpID: rp.id,
    userVerification: 'required',
    allowCredentials: held.map(describePasskey),
  })
  const details = { challenge: options.challenge }
  const ceremony = await startCeremony(app, { purpose, person, details })
  return { ceremony, options: plain(options) }
}

/** Asks one person's passkeys to sign something: the challenge stands for it, and it is remembered. */
export async function askToSign(
  app: App,
  rp: RelyingParty,
  person: PersonId,
  { challenge, made }: { readonly challenge: Uint8Array; readonly made: object },
): Promise<Challenge> {
  const options = await generateAuthenticationOptions({
    rpID: rp.id,
    challenge: Uint8Array.from(challenge),
    userVerification: 'required',
    allowCredentials: (await listPasskeys(app, person)).map(describePasskey),
  })
  const ceremony = await startCeremony(app, { purpose: 'ballot', person, details: made })
  return { ceremony, options: plain(options) }
}

/** Checks the answer to `askForPasskey`; throws `session.wrong-credentials` on anything else. */
export async function checkPasskey(
  app: App,
  rp: RelyingParty,
  asked: { readonly id: string; readonly purpose: 'sign-in' | 'step-up' } & {
    readonly person: PersonId | null
  },
  answer: UsedPasskey,
): Promise<{ readonly person: PersonId; readonly passkey: string }> {
  const { challenge } = await takeCeremony(app, asked, Challenged)
  const held = await app.db.as(system, (tx) =>
    tx.selectFrom('passkey').selectAll().where('id', '=', answer.id).executeTakeFirst(),
  )
  if (!held || (asked.person !== null && held.person !== asked.person)) throw wrong()
  const { response, ...rest } = answer
  const { userHandle, ...proof } = response
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: { ...rest, response: { ...proof, ...(userHandle && { userHandle }) } },
    expectedChallenge: challenge,
    expectedOrigin: rp.origin,
    expectedRPID: rp.id,
    requireUserVerification: true,
    credential: {
      id: held.id,
      publicKey: Uint8Array.from(held.public_key),
      counter: held.counter,
    },
  }).catch((error: unknown) => {
    throw wrong(error)
  })
  if (!verified) throw wrong()
  const used = { counter: authenticationInfo.newCounter, used_at: app.clock() }
  await app.db.as(system, (tx) =>
    tx.updateTable('passkey').set(used).where('id', '=', held.id).execute(),
  )
  return { person: held.person, passkey: held.id }
}

const wrong = (cause?: unknown): Problem => new Problem('session.wrong-credentials', {}, { cause })

type Holder = { readonly person: PersonId; readonly name: string; readonly signInName: string }

/** Options for making a passkey, and the challenge that must be remembered to check it. */
export async function offerPasskey(
  app: App,
  rp: RelyingParty,
  holder: Holder,
): Promise<{ readonly options: Challenge['options']; readonly challenge: string }> {
  const options = await generateRegistrationOptions({
    rpName: 'Tocsin',
    rpID: rp.id,
    userID: new TextEncoder().encode(holder.person),
    userName: holder.signInName,
    userDisplayName: holder.name,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: (await listPasskeys(app, holder.person)).map(describePasskey),
  })
  return { options: plain(options), challenge: options.challenge }
}

export type NewPasskey = {
  readonly id: string
  readonly public_key: Buffer
  readonly counter: number
  readonly transports: string[]
}

/** Checks a new passkey against what was offered; throws `identity.passkey-refused`. */
export async function checkNewPasskey(
  rp: RelyingParty,
  challenge: string,
  answer: MadePasskey,
): Promise<NewPasskey> {
  const { response, ...rest } = answer
  const transports = response.transports as AuthenticatorTransport[]
  const checked = await verifyRegistrationResponse({
    response: { ...rest, response: { ...response, transports } },
    expectedChallenge: challenge,
    expectedOrigin: rp.origin,
    expectedRPID: rp.id,
    requireUserVerification: true,
  }).catch((cause: unknown) => {
    throw new Problem('identity.passkey-refused', {}, { cause })
  })
  if (!checked.verified) throw new Problem('identity.passkey-refused')
  const { id, publicKey, counter } = checked.registrationInfo.credential
  return { id, public_key: Buffer.from(publicKey), counter, transports: response.transports }
}

async function listPasskeys(app: App, person: PersonId) {
  return app.db.as(system, (tx) =>
    tx.selectFrom('passkey').select(['id', 'transports']).where('person', '=', person).execute(),
  )
}

const describePasskey = ({ id, transports }: { id: string; transports: string[] }) => ({
  id,
  transports: transports as AuthenticatorTransport[],
})

/** Options as they travel: without the members the library left undefined. */
const plain = (options: object): Challenge['options'] => JSON.parse(JSON.stringify(options))
