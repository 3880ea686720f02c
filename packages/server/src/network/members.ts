import { system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { Member, MemberState } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { freshnessOf } from '@tocsin/domain/trust.ts'
import type { KeyOf } from '@tocsin/records/jws.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { signingKey } from '../docket/signing-key.ts'
import { ageKeysOf } from './own-keys.ts'
import { type Answer, type Call, callNode } from './requests.ts'

/** Everybody in this node's trust store, in whatever state. */
export const listMembers = (tx: Tx): Promise<Member[]> =>
  tx
    .selectFrom('member')
    .innerJoin('organisation', 'organisation.id', 'member.organisation')
    .select(['member.organisation', 'name', 'address', 'root', 'state'])
    .orderBy('name')
    .execute()

/** Whether this node trusts the organisation's node now. */
export async function isPinned(tx: Tx, organisation: OrganisationId): Promise<boolean> {
  const member = await tx
    .selectFrom('member')
    .select('organisation')
    .where('organisation', '=', organisation)
    .where('state', '=', 'pinned')
    .executeTakeFirst()
  return member !== undefined
}

/** Every key that verifies something new: of pinned members, and of organisations of this node. */
export async function memberKeys(tx: Tx): Promise<KeyOf> {
  const own = tx
    .selectFrom('organisation_key')
    .leftJoin('member', 'member.organisation', 'organisation_key.organisation')
    .select(['id', 'organisation_key.organisation', 'public_key'])
    .where('member.organisation', 'is', null)
  const rows = await own.unionAll(pinnedKeys(tx)).execute()
  const keys = new Map(rows.map((row) => [`${row.organisation} ${row.id}`, row.public_key]))
  return (kid, organisation) => keys.get(`${organisation} ${kid}`)
}

const keysIn = (tx: Tx, state: MemberState) =>
  tx
    .selectFrom('member_key')
    .innerJoin('member', 'member.organisation', 'member_key.organisation')
    .select(['id', 'member_key.organisation', 'public_key'])
    .where('state', '=', state)

const pinnedKeys = (tx: Tx) => keysIn(tx, 'pinned')

/** Keys by which members that were expelled could last be believed: they verify nothing new. */
export async function expelledKeys(tx: Tx): Promise<KeyOf> {
  const rows = await keysIn(tx, 'expelled').execute()
  const keys = new Map(rows.map((row) => [`${row.organisation} ${row.id}`, row.public_key]))
  return (kid, organisation) => keys.get(`${organisation} ${kid}`)
}

/** Whom this node has expelled, and since when. */
export async function listExpelled(
  tx: Tx,
): Promise<readonly { readonly organisation: OrganisationId; readonly at: Instant }[]> {
  const rows = await tx
    .selectFrom('member')
    .select(['organisation', 'expelled_at', 'made_at'])
    .where('state', '=', 'expelled')
    .execute()
  return rows.map((row) => ({ organisation: row.organisation, at: row.expelled_at ?? row.made_at }))
}

/**
 * To whom something is sealed (age): the newest recipient of each organisation of this node, and of
 * each pinned member whose directory is not too old to be given keys. Others are left out.
 */
export async function recipientsOf(
  app: App,
  tx: Tx,
  organisations: readonly OrganisationId[],
): Promise<ReadonlyMap<OrganisationId, string>> {
  if (organisations.length === 0) return new Map()
  const rows = await tx
    .selectFrom('organisation')
    .leftJoin('member', 'member.organisation', 'organisation.id')
    .leftJoin('member_directory', 'member_directory.organisation', 'organisation.id')
    .select(['organisation.id', 'state', 'recipients', 'expires_at'])
    .where('organisation.id', 'in', [...organisations])
    .execute()
  const found = await Promise.all(
    rows.map(async ({ id, state, recipients, expires_at: expiresAt }) => {
      if (state === null) return [id, (await ageKeysOf(app, id)).recipient] as const
      const isCurrent = expiresAt !== null && freshnessOf(expiresAt, app.clock()) !== 'too-old'
      return [id, state === 'pinned' && isCurrent ? recipients?.[0] : undefined] as const
    }),
  )
  return new Map(
    found.flatMap(([id, recipient]) => (recipient === undefined ? [] : [[id, recipient] as const])),
  )
}

/** Whose key that is, if it is a pinned member's. */
export async function findSigner(
  tx: Tx,
  kid: string,
): Promise<{ readonly organisation: OrganisationId; readonly publicKey: string } | undefined> {
  const row = await pinnedKeys(tx).where('id', '=', kid).executeTakeFirst()
  return row && { organisation: row.organisation, publicKey: row.public_key }
}

/**
 * Asks a pinned member's node, signed by an organisation of this one, and answers only what that
 * member has signed in return. Throws `member.*` problems; a status of refusal is an answer.
 */
export async function callMember(
  app: App,
  { from, to, ...call }: Call & { readonly from: OrganisationId; readonly to: OrganisationId },
): Promise<Answer> {
  const at = app.clock()
  const { address, key, keyOf } = await app.db.as(system, async (tx) => {
    const member = await tx
      .selectFrom('member')
      .select(['address', 'state'])
      .where('organisation', '=', to)
      .executeTakeFirst()
    if (!member) throw new Problem('member.not-found')
    if (member.state !== 'pinned') throw new Problem('member.not-pinned')
    return { ...member, key: await signingKey(app, tx, from, at), keyOf: await memberKeys(tx) }
  })
  return callNode(call, { address, to, key, keyOf, clock: app.clock })
}
