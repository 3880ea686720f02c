import type { OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { systemClock } from '@tocsin/domain/clock.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { publicKeyOf } from '@tocsin/records/jws.ts'
import { agePair } from '@tocsin/records/trust/recipient.ts'
import { openVault } from '@tocsin/server/identity/secrets.ts'
import type pg from 'pg'

/** An organisation of the lab, whose node is at that address. */
export type Party = {
  readonly organisation: OrganisationId
  readonly name: string
  readonly address: string
  readonly kid: string
  readonly publicKey: string
  /** What is sealed to it, only its own node opens. */
  readonly recipient: string
}

/** Exactly who reads what is told there; known to its readers' nodes alone. */
export type LabAudience = {
  readonly id: AudienceId
  readonly owner: OrganisationId
  readonly members: readonly OrganisationId[]
  readonly excluded: readonly OrganisationId[]
}

/** Any will do where nobody fetches a directory of keys: it is known for good. */
const FOR_GOOD = '2100-01-01T00:00:00.000Z'
const SOME_ROOT = 'a'.repeat(64) as Sha256

/** The keys by which the node of this home speaks for the organisation, and opens what is for it. */
export async function keysAt(home: string, organisation: OrganisationId) {
  const vault = await openVault(home)
  const publicKey = publicKeyOf(vault.signingSeed(organisation))
  const { recipient } = await agePair(vault.signingSeed(`age-${organisation}`))
  return { kid: `${organisation}/${publicKey.slice(0, 12)}`, publicKey, recipient }
}

/**
 * Makes the others and the audiences known on one node, as two officers of it would have: as the
 * owner of its database, at once.
 */
export async function acquaint(
  client: pg.Client,
  own: Party,
  others: readonly Party[],
  audiences: readonly LabAudience[],
): Promise<void> {
  const at = systemClock()
  await client.query('begin')
  for (const { organisation, name } of [own, ...others]) {
    await client.query(
      `insert into organisation (id, name, kind, made_at) values ($1, $2, 'focal-point', $3)`,
      [organisation, name, at],
    )
  }
  // Whoever takes something back is a person of the organisation.
  await client.query(
    `insert into person (id, organisation, name, sign_in_name, locale, made_at)
    values ($1, $1, 'Officer on duty', 'officer', 'en', $2)`,
    [own.organisation, at],
  )
  for (const { organisation, address, kid, publicKey, recipient } of others) {
    await client.query(
      `insert into member (organisation, address, root, state, made_at)
      values ($1, $2, $3, 'pinned', $4)`,
      [organisation, address, SOME_ROOT, at],
    )
    await client.query(
      'insert into member_key (id, organisation, public_key, made_at) values ($1, $2, $3, $4)',
      [kid, organisation, publicKey, at],
    )
    await client.query(
      `insert into member_directory (organisation, recipients, expires_at, checked_at, next_at)
      values ($1, array[$2], $3, $4, $3)`,
      [organisation, recipient, FOR_GOOD, at],
    )
  }
  for (const { id, owner, members, excluded } of audiences) {
    await client.query(
      `insert into audience (id, version, organisation, name, audience, excluded, ceiling, reshare,
        effective_at, expires_at, made_at, applied_at)
      values ($1, 1, $2, 'Five Rivers', $3, $4, 'TLP:RED', 'never', $5, null, $5, $5)`,
      [id, owner, members, excluded, at],
    )
  }
  await client.query('commit')
}
