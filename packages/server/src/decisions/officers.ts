import type { PersonActor } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { Consultation } from '@tocsin/domain/consultation.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import { keyOfCose, type OfficerKey } from '@tocsin/records/passkey/officer-key.ts'
import { officersObject, readOfficersObject } from '@tocsin/records/stix/ballot.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import type { RelyingParty } from '../identity/passkeys.ts'
import type { Said } from './said.ts'
import { tellRoom } from './tell.ts'

/*
 * By which passkeys an organisation's officers sign its ballots. They are told before the ballot: whoever
 * takes a session later signs with no passkey that the room knows.
 */

/** The list that an organisation told last. */
export const toldOfficers = (
  { records }: Said,
  organisation: OrganisationId,
): readonly OfficerKey[] =>
  records
    .filter(({ object, header }) => object.type === 'officers' && header.org === organisation)
    .toSorted((one, other) => other.header.aseq - one.header.aseq)
    .slice(0, 1)
    .flatMap(({ object }) => readOfficersObject(object).officers)

type Asking = {
  readonly room: Consultation
  readonly said: Said
  /** Who is about to vote. */
  readonly actor: PersonActor
  readonly rp: RelyingParty
}

/** Tells the room the passkeys of all who may vote for the organisation, if it does not know them so. */
export async function tellOfficers(
  app: App,
  tx: Tx,
  { room, said, actor, rp }: Asking,
): Promise<void> {
  const { person, organisation } = actor
  const officers = await listOfficers(tx, organisation, rp)
  if (!officers.some(({ officer }) => officer === person)) throw new Problem('proposal.no-passkey')
  const told = toldOfficers(said, organisation)
  if (canonicalJson(told as Json) === canonicalJson(officers as Json)) return
  const digest = await tellRoom(app, tx, { room, organisation }, (parts) =>
    officersObject({ ...parts, key: newId<string>(), officers: [...officers] }),
  )
  const deed = { at: app.clock(), actor, organisation, subject: room.id }
  await recordAudit(tx, { ...deed, act: 'ballot.officers-told', details: { digest } })
}

async function listOfficers(
  tx: Tx,
  organisation: OrganisationId,
  { id: site, origin }: RelyingParty,
): Promise<readonly OfficerKey[]> {
  const rows = await tx
    .selectFrom('passkey')
    .innerJoin('person', 'person.id', 'passkey.person')
    .select(['passkey.id as credential', 'passkey.public_key as key'])
    .select(['person.id as officer', 'person.name as name'])
    .where('person.organisation', '=', organisation)
    .where('person.ended_at', 'is', null)
    .where(
      sql<boolean>`exists (select from role_grant where role_grant.person = person.id
        and role = 'focal-point' and revoked_at is null)`,
    )
    .orderBy('passkey.id')
    .limit(50)
    .execute()
  return rows.flatMap(({ key, ...held }) => {
    const found = keyOfCose(Uint8Array.from(key))
    return found ? [{ ...held, office: null, ...found, site, origin }] : []
  })
}
