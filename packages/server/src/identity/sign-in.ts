import type { UsedPasskey } from '@tocsin/api/session.ts'
import { type PersonActor, system } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import type { SignInName } from '@tocsin/domain/people.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { clearAttempt, countAttempt } from './attempts.ts'
import { takeCode } from './codes.ts'
import { askForPasskey, checkPasskey, relyingPartyOf } from './passkeys.ts'
import { isPassword } from './passwords.ts'
import { openVault } from './secrets.ts'
import { findActorIn, openSession } from './sessions.ts'

export type SignedIn = { readonly token: string; readonly actor: PersonActor }

/** A challenge for whoever has a passkey here; the address alone is counted, nobody is named. */
export async function startPasskeySignIn(app: App, request: FastifyRequest) {
  const vault = await openVault(app.node.home)
  const address = vault.fingerprint(`passkey from ${request.ip}`)
  await app.db.as(system, (tx) =>
    countAttempt(app, tx, { account: null, address, person: undefined }),
  )
  return askForPasskey(app, relyingPartyOf(app, request), 'sign-in', null)
}

export async function signInWithPasskey(
  app: App,
  request: FastifyRequest,
  { ceremony, passkey }: { readonly ceremony: string; readonly passkey: UsedPasskey },
): Promise<SignedIn> {
  const asked = { id: ceremony, purpose: 'sign-in', person: null } as const
  const proof = await checkPasskey(app, relyingPartyOf(app, request), asked, passkey)
  const { person } = proof
  return admit(app, (tx) =>
    openSession(app, tx, request, { person, credential: proof.passkey, proven: true }),
  )
}

type Typed = {
  readonly signInName: SignInName
  readonly password: string
  readonly code: string
}

/** Password and code together; whatever is wrong, and whether there is such an account, sounds the same. */
export async function signInWithPassword(
  app: App,
  request: FastifyRequest,
  { signInName, password, code }: Typed,
): Promise<SignedIn> {
  const vault = await openVault(app.node.home)
  const account = vault.fingerprint(`account ${signInName}`)
  const address = vault.fingerprint(`password from ${request.ip}`)
  const found = await findPassword(app, signInName)
  const attempt = await app.db.as(system, (tx) =>
    countAttempt(app, tx, { account, address, person: found?.person }),
  )
  const matches = await isPassword(found?.hash, password)
  if (!found || !matches) throw new Problem('session.wrong-credentials')
  const { person } = found
  return admit(app, async (tx) => {
    const taken = await takeCode(tx, vault, { person, code, now: app.clock() })
    if (!taken) throw new Problem('session.wrong-credentials')
    await clearAttempt(tx, attempt)
    return openSession(app, tx, request, { person, credential: `code:${person}`, proven: true })
  })
}

async function findPassword(app: App, signInName: SignInName) {
  return app.db.as(system, (tx) =>
    tx
      .selectFrom('person')
      .innerJoin('password', 'password.person', 'person.id')
      .select(['password.person', 'password.hash'])
      .where('person.sign_in_name', '=', signInName)
      .executeTakeFirst(),
  )
}

/** Opens the session and tells whose it is; somebody whose account has ended is not let in. */
export async function admit(app: App, open: (tx: Tx) => Promise<string>): Promise<SignedIn> {
  return app.db.as(system, async (tx) => {
    const token = await open(tx)
    const actor = await findActorIn(app, tx, token)
    if (!actor) throw new Problem('session.wrong-credentials')
    const details = { credential: kindOf(actor.credential) }
    const subject = actor.session
    await recordAudit(tx, { at: app.clock(), actor, act: 'session.opened', subject, details })
    return { token, actor }
  })
}

/** How it was proven, without the credential's own name: passkeys have no prefix. */
function kindOf(credential: string): string {
  const [kind, rest] = credential.split(':')
  return rest === undefined || kind === undefined ? 'passkey' : kind
}

export async function startStepUp(app: App, request: FastifyRequest, actor: PersonActor) {
  return askForPasskey(app, relyingPartyOf(app, request), 'step-up', actor.person)
}

/** The same session, proven afresh; what proved it counts for four eyes from here on. */
export async function stepUpWithPasskey(
  app: App,
  request: FastifyRequest,
  actor: PersonActor,
  { ceremony, passkey }: { readonly ceremony: string; readonly passkey: UsedPasskey },
): Promise<void> {
  const asked = { id: ceremony, purpose: 'step-up', person: actor.person } as const
  const proof = await checkPasskey(app, relyingPartyOf(app, request), asked, passkey)
  await app.db.as(system, (tx) => prove(app, tx, actor, proof.passkey))
}

export async function stepUpWithCode(
  app: App,
  request: FastifyRequest,
  actor: PersonActor,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<void> {
  const { person } = actor
  const vault = await openVault(app.node.home)
  const account = vault.fingerprint(`step-up ${person}`)
  const address = vault.fingerprint(`password from ${request.ip}`)
  const attempt = await app.db.as(system, (tx) =>
    countAttempt(app, tx, { account, address, person }),
  )
  const hash = await readHash(app, person)
  if (!(await isPassword(hash, password))) throw new Problem('session.wrong-credentials')
  await app.db.as(system, async (tx) => {
    const taken = await takeCode(tx, vault, { person, code, now: app.clock() })
    if (!taken) throw new Problem('session.wrong-credentials')
    await clearAttempt(tx, attempt)
    await prove(app, tx, actor, `code:${person}`)
  })
}

async function readHash(app: App, person: PersonId): Promise<string | undefined> {
  const row = await app.db.as(system, (tx) =>
    tx.selectFrom('password').select('hash').where('person', '=', person).executeTakeFirst(),
  )
  return row?.hash
}

async function prove(app: App, tx: Tx, actor: PersonActor, credential: string): Promise<void> {
  await tx
    .updateTable('session')
    .set({ proven_at: app.clock(), credential })
    .where('id', '=', actor.session)
    .execute()
}
