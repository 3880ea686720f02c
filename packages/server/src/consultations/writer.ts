import { type PersonActor, Role, type SessionId } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

/** Somebody who is told and answers by mail: what they may do, and where and in which language they are reached. */
export type Writer = {
  readonly actor: PersonActor
  readonly address: string
  readonly locale: Locale
}

/** Undefined for whoever has left, or has no address for mail. Runs as the system. */
export async function findWriter(
  tx: Tx,
  person: PersonId,
  by: string,
): Promise<Writer | undefined> {
  const row = await tx
    .selectFrom('person')
    .innerJoin('organisation', 'organisation.id', 'person.organisation')
    .innerJoin('contact', 'contact.person', 'person.id')
    .select(['person.organisation', 'person.locale', 'contact.address'])
    .select(
      sql<string[]>`array(select role from role_grant
        where role_grant.person = person.id and revoked_at is null order by role)`.as('roles'),
    )
    .where('person.id', '=', person)
    .where('contact.channel', '=', 'e-mail')
    .where('person.ended_at', 'is', null)
    .where('organisation.closed_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const actor: PersonActor = {
    kind: 'person',
    person,
    organisation: row.organisation,
    roles: Role.array().parse(row.roles),
    session: by as SessionId,
    credential: `mail:${by}`,
    // A mail proves nothing about who wrote it.
    steppedUpUntil: null,
  }
  return { actor, address: row.address, locale: row.locale }
}
