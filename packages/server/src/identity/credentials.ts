import type { MadePasskey } from '@tocsin/api/session.ts'
import { type PersonActor, system } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyRequest } from 'fastify'
import type { NotNull } from 'kysely'
import { z } from 'zod'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { startCeremony, takeCeremony, takeCeremonyIn } from './ceremonies.ts'
import {
  authenticatorAddress,
  newAuthenticatorSecret,
  replaceRecoveryCodes,
  stepOfCode,
} from './codes.ts'
import { checkNewPasskey, type NewPasskey, offerPasskey, relyingPartyOf } from './passkeys.ts'
import { hashPassword } from './passwords.ts'
import { openVault } from './secrets.ts'
import { requireStepUp } from './step-up.ts'

export async function startPasskey(app: App, request: FastifyRequest, actor: PersonActor) {
  await requireProofOrFirst(app, actor)
  const { person } = actor
  const { name, sign_in_name: signInName } = await readNames(app, actor)
  const rp = relyingPartyOf(app, request)
  const { options, challenge } = await offerPasskey(app, rp, { person, name, signInName })
  const details = { challenge }
  return {
    ceremony: await startCeremony(app, { purpose: 'add-passkey', person, details }),
    options,
  }
}

export async function addPasskey(
  app: App,
  request: FastifyRequest,
  actor: PersonActor,
  given: { readonly ceremony: string; readonly name: string; readonly passkey: MadePasskey },
): Promise<void> {
  await requireProofOrFirst(app, actor)
  const asked = { id: given.ceremony, purpose: 'add-passkey', person: actor.person } as const
  const { challenge } = await takeCeremony(app, asked, z.object({ challenge: z.string() }))
  const made = await checkNewPasskey(relyingPartyOf(app, request), challenge, given.passkey)
  await app.db.as(system, async (tx) => {
    await storePasskey(app, tx, actor.person, given.name, made)
    await note(app, tx, actor, 'identity.passkey-added', given.name)
  })
}

/** Stores a passkey that was checked; one that is registered already stays whose it is. */
export async function storePasskey(
  app: App,
  tx: Tx,
  person: PersonId,
  name: string,
  made: NewPasskey,
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('passkey')
    .values({ ...made, person, name, made_at: app.clock(), used_at: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) throw new Problem('identity.passkey-known')
}

export async function removePasskey(app: App, actor: PersonActor, id: string): Promise<void> {
  requireStepUp(app, actor)
  await removeOwn(app, actor, 'identity.passkey-removed', async (tx) => {
    const removed = await tx
      .deleteFrom('passkey')
      .where('id', '=', id)
      .where('person', '=', actor.person)
      .returning('name')
      .executeTakeFirst()
    return removed?.name
  })
}

export async function unlinkOutside(app: App, actor: PersonActor, id: string): Promise<void> {
  requireStepUp(app, actor)
  await removeOwn(app, actor, 'identity.outside-unlinked', async (tx) => {
    const removed = await tx
      .deleteFrom('outside_identity')
      .where('id', '=', id)
      .where('person', '=', actor.person)
      .returning('issuer')
      .executeTakeFirst()
    return removed?.issuer
  })
}

const FallbackOffer = z.object({ sealed: z.string() })

/** A secret for an authenticator; it counts only once a code made with it comes back. */
export async function startFallback(app: App, actor: PersonActor) {
  await requireProofOrFirst(app, actor)
  const { person } = actor
  const { name } = await readNames(app, actor)
  const secret = newAuthenticatorSecret()
  const vault = await openVault(app.node.home)
  const details = { sealed: vault.seal(secret, person) }
  const ceremony = await startCeremony(app, { purpose: 'set-fallback', person, details })
  return { ceremony, secret, address: authenticatorAddress(secret, name) }
}

export async function setFallback(
  app: App,
  actor: PersonActor,
  given: { readonly ceremony: string; readonly password: string; readonly code: string },
): Promise<{ readonly recoveryCodes: string[] }> {
  await requireProofOrFirst(app, actor)
  const { person } = actor
  const names = await readNames(app, actor)
  const hash = await hashPassword(given.password, [names.name, names.sign_in_name])
  const asked = { id: given.ceremony, purpose: 'set-fallback', person } as const
  return app.db.as(system, async (tx) => {
    const { sealed } = await takeCeremonyIn(app, tx, asked, FallbackOffer)
    const recoveryCodes = await storeFallback(app, tx, { person, hash, sealed, code: given.code })
    await note(app, tx, actor, 'identity.fallback-set', 'password')
    return { recoveryCodes }
  })
}

type Fallback = {
  readonly person: PersonId
  readonly hash: string
  /** The authenticator's secret, sealed for this person. */
  readonly sealed: string
  readonly code: string
}

/** Stores password and authenticator together; throws `identity.wrong-code` if the code is not its own. */
export async function storeFallback(
  app: App,
  tx: Tx,
  { person, hash, sealed, code }: Fallback,
): Promise<string[]> {
  const now = app.clock()
  const secret = (await openVault(app.node.home)).unseal(sealed, person)
  const step = secret === undefined ? undefined : stepOfCode(secret, code, now)
  if (step === undefined) throw new Problem('identity.wrong-code')
  await tx
    .insertInto('password')
    .values({ person, hash, set_at: now })
    .onConflict((conflict) => conflict.column('person').doUpdateSet({ hash, set_at: now }))
    .execute()
  const authenticator = { sealed_secret: sealed, last_step: step }
  await tx
    .insertInto('authenticator')
    .values({ person, ...authenticator })
    .onConflict((conflict) => conflict.column('person').doUpdateSet(authenticator))
    .execute()
  return replaceRecoveryCodes(tx, person)
}

export async function removeFallback(app: App, actor: PersonActor): Promise<void> {
  requireStepUp(app, actor)
  await removeOwn(app, actor, 'identity.fallback-removed', (tx) => dropFallback(tx, actor.person))
}

async function dropFallback(tx: Tx, person: PersonId): Promise<string | undefined> {
  const removed = await tx.deleteFrom('password').where('person', '=', person).executeTakeFirst()
  await tx.deleteFrom('authenticator').where('person', '=', person).execute()
  await tx.deleteFrom('recovery_code').where('person', '=', person).execute()
  return removed.numDeletedRows === 1n ? 'password' : undefined
}

/** Every way of signing in, and every session: before an account is given new ones. */
export async function dropCredentials(tx: Tx, person: PersonId): Promise<void> {
  await dropFallback(tx, person)
  await tx.deleteFrom('passkey').where('person', '=', person).execute()
  await tx.deleteFrom('outside_identity').where('person', '=', person).execute()
  await tx.deleteFrom('session').where('person', '=', person).execute()
}

/** Removes one way of signing in unless it is the last; `remove` says what went, or nothing. */
async function removeOwn(
  app: App,
  actor: PersonActor,
  act: string,
  remove: (tx: Tx) => Promise<string | undefined>,
): Promise<void> {
  await app.db.as(system, async (tx) => {
    // Two removals at once must not each take the other for the one that stays.
    await tx.selectFrom('person').select('id').where('id', '=', actor.person).forUpdate().execute()
    const removed = await remove(tx)
    if (removed === undefined) throw new Problem('identity.not-found')
    if (!(await hasCredential(tx, actor.person))) throw new Problem('identity.last-credential')
    await note(app, tx, actor, act, removed)
  })
}

async function hasCredential(tx: Tx, person: PersonId): Promise<boolean> {
  for (const table of ['passkey', 'password', 'outside_identity'] as const) {
    const row = await tx
      .selectFrom(table)
      .select('person')
      .where('person', '=', person)
      .limit(1)
      .executeTakeFirst()
    if (row) return true
  }
  return false
}

/**
 * A new way of signing in wants a fresh proof, or whoever finds an open screen keeps the account.
 * Somebody who came through another provider has nothing to show yet: their first one needs none.
 */
export async function requireProofOrFirst(app: App, actor: PersonActor): Promise<void> {
  const held = await app.db.as(system, async (tx) => {
    const of = (table: 'passkey' | 'password') =>
      tx.selectFrom(table).select('person').where('person', '=', actor.person).executeTakeFirst()
    return (await of('passkey')) ?? (await of('password'))
  })
  if (held) requireStepUp(app, actor)
}

async function readNames(app: App, actor: PersonActor) {
  return app.db.as(actor, (tx) =>
    tx
      .selectFrom('person')
      .select(['name', 'sign_in_name'])
      .where('id', '=', actor.person)
      // Somebody who has signed in has a sign-in name.
      .$narrowType<{ sign_in_name: NotNull }>()
      .executeTakeFirstOrThrow(),
  )
}

async function note(
  app: App,
  tx: Tx,
  actor: PersonActor,
  act: string,
  name: string,
): Promise<void> {
  const subject = actor.person
  await recordAudit(tx, { at: app.clock(), actor, act, subject, details: { name } })
}
