import type { Contact } from '@tocsin/api/people.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Person } from '@tocsin/domain/people.ts'
import { mayManageOrganisation } from '@tocsin/domain/people-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'

type Newcomer = Pick<Person, 'id' | 'organisation' | 'name' | 'locale'> & {
  readonly contacts: readonly Contact[]
}

/** Somebody who is told and answers by a link: a name on record, no way to sign in. */
export async function addCorrespondent(
  app: App,
  actor: Actor,
  { id, organisation, name, locale, contacts }: Newcomer,
): Promise<Person> {
  if (!mayManageOrganisation(actor, { organisation })) throw new Problem('permission.denied')
  return app.db.as(actor, async (tx) => {
    const madeAt = app.clock()
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('person')
      .values({
        id,
        organisation,
        name,
        locale,
        sign_in_name: null,
        made_at: madeAt,
        ended_at: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) {
      await replaceContacts(app, tx, { id, organisation }, contacts)
      const deed = { at: madeAt, actor, organisation, act: 'people.correspondent-added' }
      await recordAudit(tx, { ...deed, subject: id, details: { name } })
    }
    return { id, organisation, name, locale, roles: [], madeAt, endedAt: null }
  })
}

/** The person, if the actor keeps the list that they stand on. */
async function readManaged(tx: Tx, actor: Actor, id: PersonId) {
  const row = await tx
    .selectFrom('person')
    .select(['id', 'organisation'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || !mayManageOrganisation(actor, row)) throw new Problem('people.not-found')
  return row
}

type Reached = { readonly id: PersonId; readonly organisation: OrganisationId }

async function replaceContacts(
  app: App,
  tx: Tx,
  { id: person, organisation }: Reached,
  contacts: readonly Contact[],
): Promise<void> {
  await tx.deleteFrom('contact').where('person', '=', person).execute()
  const rows = new Map(
    contacts.map(({ channel, address }) => [
      channel,
      { id: newId<string>(), person, organisation, channel, address, made_at: app.clock() },
    ]),
  )
  if (rows.size > 0)
    await tx
      .insertInto('contact')
      .values([...rows.values()])
      .execute()
}

const readContacts = (tx: Tx, person: PersonId): Promise<Contact[]> =>
  tx
    .selectFrom('contact')
    .select(['channel', 'address'])
    .where('person', '=', person)
    .orderBy('channel')
    .execute()

export async function listContacts(app: App, actor: Actor, id: PersonId): Promise<Contact[]> {
  return app.db.as(actor, async (tx) => {
    await readManaged(tx, actor, id)
    return readContacts(tx, id)
  })
}

/** The audit log says that they changed and which ways there are, never the addresses. */
export async function setContacts(
  app: App,
  actor: Actor,
  id: PersonId,
  contacts: readonly Contact[],
): Promise<Contact[]> {
  return app.db.as(actor, async (tx) => {
    const person = await readManaged(tx, actor, id)
    await replaceContacts(app, tx, person, contacts)
    const details = { channels: contacts.map(({ channel }) => channel) }
    const { organisation } = person
    const deed = { at: app.clock(), actor, organisation, act: 'people.contacts-changed' }
    await recordAudit(tx, { ...deed, subject: id, details })
    return readContacts(tx, id)
  })
}
