import type { Proof } from '@tocsin/api/enrolment.ts'
import { system } from '@tocsin/domain/actor.ts'
import {
  type CountryCode,
  Day,
  type Instant,
  type OrganisationId,
  PersonId,
  Sha256,
} from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import {
  type Capacity,
  type HoldingId,
  Line,
  type OrganisationKind,
  overlap,
  type PostId,
  SignInName,
} from '@tocsin/domain/people.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyRequest } from 'fastify'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { startCeremony, takeCeremonyIn } from '../identity/ceremonies.ts'
import { authenticatorAddress, newAuthenticatorSecret } from '../identity/codes.ts'
import { dropCredentials, storeFallback, storePasskey } from '../identity/credentials.ts'
import { checkNewPasskey, offerPasskey, relyingPartyOf } from '../identity/passkeys.ts'
import { hashPassword } from '../identity/passwords.ts'
import { hashToken, openVault } from '../identity/secrets.ts'
import { openSession } from '../identity/sessions.ts'
import { admit, type SignedIn } from '../identity/sign-in.ts'
import { takeInvitation } from './invitations.ts'

type Taken = Selectable<Schema['invitation']>

/** What the link is for, for whoever holds its token. */
export async function openInvitation(app: App, token: string) {
  return app.db.as(system, async (tx) => {
    const taken = await takeInvitation(tx, hashToken(token), app.clock())
    const named = async (table: 'organisation' | 'person', id: string | null) =>
      id === null
        ? undefined
        : tx
            .selectFrom(table)
            .select('name')
            .where('id', '=', id as never)
            .executeTakeFirst()
    const post =
      taken.post &&
      (await tx.selectFrom('post').select('title').where('id', '=', taken.post).executeTakeFirst())
    const person = await named('person', taken.person)
    return {
      kind: taken.kind,
      organisation: (await named('organisation', taken.organisation))?.name ?? null,
      post: post?.title ?? null,
      roles: taken.roles,
      person: taken.person && person ? { id: taken.person, name: person.name } : null,
      expiresAt: taken.expires_at,
    }
  })
}

const Begun = z.object({
  tokenHash: Sha256,
  person: PersonId,
  name: Line,
  signInName: SignInName,
  challenge: z.string(),
  sealed: z.string(),
})

type Names = {
  readonly token: string
  readonly person: PersonId
  readonly name: string
  readonly signInName: SignInName
}

/** Offers both ways of signing in; nothing is made before `enrol`, so it can be asked again. */
export async function startEnrolment(app: App, request: FastifyRequest, names: Names) {
  const tokenHash = hashToken(names.token)
  const taken = await app.db.as(system, (tx) => takeInvitation(tx, tokenHash, app.clock()))
  const { person, name } = names
  if (taken.kind === 'recover' && taken.person !== person) throw new Problem('invitation.not-valid')
  const rp = relyingPartyOf(app, request)
  const { options, challenge } = await offerPasskey(app, rp, names)
  const secret = newAuthenticatorSecret()
  const sealed = (await openVault(app.node.home)).seal(secret, person)
  const { signInName } = names
  const details = { tokenHash, person, name, signInName, challenge, sealed }
  const ceremony = await startCeremony(app, { purpose: 'enrol', person: null, details })
  return { ceremony, options, secret, address: authenticatorAddress(secret, name) }
}

type Following = {
  readonly token: string
  readonly ceremony: string
  readonly locale: Locale
  readonly organisation?:
    | {
        readonly id: OrganisationId
        readonly name: string
        readonly kind: OrganisationKind
        readonly country: CountryCode | null
      }
    | undefined
  readonly proof: Proof
}

/**
 * Follows a link: account, roles, post, first way of signing in and session are made in one
 * transaction with the link's use, so that a link makes exactly one account.
 */
export async function enrol(
  app: App,
  request: FastifyRequest,
  following: Following,
): Promise<SignedIn & { readonly recoveryCodes: string[] }> {
  const asked = { id: following.ceremony, purpose: 'enrol', person: null } as const
  let recoveryCodes: string[] = []
  const signedIn = await admit(app, async (tx) => {
    const begun = await takeCeremonyIn(app, tx, asked, Begun)
    if (begun.tokenHash !== hashToken(following.token)) throw new Problem('identity.ceremony-over')
    const store = await checkProof(app, request, begun, following.proof)
    const taken = await takeInvitation(tx, begun.tokenHash, app.clock())
    await tx
      .updateTable('invitation')
      .set({ used_at: app.clock() })
      .where('id', '=', taken.id)
      .execute()
    if (taken.kind === 'recover') await recover(app, tx, taken, begun)
    else await join(app, tx, taken, begun, following)
    const { credential, codes } = await store(tx)
    recoveryCodes = codes
    return openSession(app, tx, request, { person: begun.person, credential, proven: true })
  })
  return { ...signedIn, recoveryCodes }
}

type Stored = { readonly credential: string; readonly codes: string[] }

/** Checks what is slow to check before anything is locked; answers how to store it. */
async function checkProof(
  app: App,
  request: FastifyRequest,
  begun: z.infer<typeof Begun>,
  proof: Proof,
): Promise<(tx: Tx) => Promise<Stored>> {
  const { person, sealed } = begun
  if (proof.way === 'passkey') {
    const rp = relyingPartyOf(app, request)
    const made = await checkNewPasskey(rp, begun.challenge, proof.passkey)
    return async (tx) => {
      await storePasskey(app, tx, person, proof.name, made)
      return { credential: made.id, codes: [] }
    }
  }
  const hash = await hashPassword(proof.password, [begun.name, begun.signInName])
  return async (tx) => ({
    credential: `code:${person}`,
    codes: await storeFallback(app, tx, { person, hash, sealed, code: proof.code }),
  })
}

/**
 * The person keeps name, roles and posts; whatever signed them in before no longer does. Who never
 * had an account, as those who were only written to, takes the sign-in name that they chose.
 */
async function recover(
  app: App,
  tx: Tx,
  taken: Taken,
  { person, signInName }: z.infer<typeof Begun>,
): Promise<void> {
  if (taken.person !== person) throw new Problem('invitation.not-valid')
  await dropCredentials(tx, person)
  const held = await tx
    .selectFrom('person')
    .select(['id', 'sign_in_name'])
    .where((where) => where.or([where('id', '=', person), where('sign_in_name', '=', signInName)]))
    .execute()
  if (held.some(({ id, sign_in_name: name }) => id === person && name === null)) {
    if (held.length > 1) throw new Problem('people.sign-in-name-taken')
    await tx
      .updateTable('person')
      .set({ sign_in_name: signInName })
      .where('id', '=', person)
      .execute()
  }
  const { organisation } = taken
  const deed = { at: app.clock(), actor: system, organisation, act: 'people.account-recovered' }
  await recordAudit(tx, { ...deed, subject: person })
}

async function join(
  app: App,
  tx: Tx,
  taken: Taken,
  { person, name, signInName }: z.infer<typeof Begun>,
  { organisation, locale }: Following,
): Promise<void> {
  const now = app.clock()
  if (taken.kind === 'set-up') await makeFirstOrganisation(app, tx, organisation)
  const owner = taken.kind === 'set-up' ? organisation?.id : taken.organisation
  if (!owner) throw new Problem('request.invalid', { issues: [{ path: 'organisation' }] })
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('person')
    .values({
      id: person,
      organisation: owner,
      name,
      sign_in_name: signInName,
      locale,
      made_at: now,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) throw new Problem('people.sign-in-name-taken')
  for (const role of taken.roles) {
    const grant = { person, organisation: owner, role, granted_by: taken.made_by, granted_at: now }
    await tx
      .insertInto('role_grant')
      .values({ ...grant, id: newId<string>(), revoked_at: null })
      .execute()
  }
  if (taken.post) await fillPost(tx, { post: taken.post, organisation: owner, person, now })
  const deed = { at: now, actor: system, organisation: owner, act: 'people.joined' }
  await recordAudit(tx, { ...deed, subject: person, details: { roles: taken.roles } })
}

/** From today on as main holder, or as alternate while somebody else is the main one. */
async function fillPost(
  tx: Tx,
  { now, ...held }: { post: PostId; organisation: OrganisationId; person: PersonId; now: Instant },
): Promise<void> {
  const fromDay = Day.parse(now.slice(0, 10))
  await tx.selectFrom('post').select('id').where('id', '=', held.post).forUpdate().execute()
  const others = await tx
    .selectFrom('holding')
    .select(['from_day as fromDay', 'until_day as untilDay'])
    .where('post', '=', held.post)
    .where('capacity', '=', 'main')
    .execute()
  const isFree = !others.some((other) => overlap(other, { fromDay, untilDay: null }))
  const capacity: Capacity = isFree ? 'main' : 'alternate'
  const row = { ...held, id: newId<HoldingId>(), capacity, from_day: fromDay, until_day: null }
  await tx.insertInto('holding').values(row).execute()
}

async function makeFirstOrganisation(
  app: App,
  tx: Tx,
  organisation: Following['organisation'],
): Promise<void> {
  if (!organisation) throw new Problem('request.invalid', { issues: [{ path: 'organisation' }] })
  await tx
    .insertInto('organisation')
    .values({ ...organisation, made_at: app.clock(), closed_at: null })
    .execute()
}
