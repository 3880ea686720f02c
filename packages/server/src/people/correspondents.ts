import type { Contact } from '@tocsin/api/contacts.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import type { ContactInput } from '@tocsin/domain/contact.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Person } from '@tocsin/domain/people.ts'
import { mayManageOrganisation, mayReachPerson } from '@tocsin/domain/people-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { requireStepUp } from '../identity/step-up.ts'

type Newcomer = Pick<Person, 'id' | 'organisation' | 'name' | 'locale'> & {
  readonly contacts: readonly ContactInput[]
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

/** The person, if the actor keeps the list that they stand on, or is they themselves. */
export async function readReached(tx: Tx, actor: Actor, id: PersonId): Promise<Reached> {
  const row = await tx
    .selectFrom('person')
    .select(['id', 'organisation', 'locale'])
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  const { organisation, locale } = row ?? {}
  const may = organisation && mayReachPerson(actor, { organisation, person: id })
  if (!may || !locale) throw new Problem('people.not-found')
  return { id, organisation, locale }
}

type Reached = Pick<Person, 'id' | 'organisation' | 'locale'>

/**
 * A way that keeps its address keeps what is known of it; a new address has yet to be verified.
 * Devices are added and removed where they are, never here.
 */
async function replaceContacts(
  app: App,
  tx: Tx,
  { id: person, organisation }: Pick<Reached, 'id' | 'organisation'>,
  contacts: readonly ContactInput[],
): Promise<void> {
  const kept = ['web-push' as const, ...contacts.map(({ channel }) => channel)]
  await tx
    .deleteFrom('contact')
    .where('person', '=', person)
    .where('channel', 'not in', kept)
    .execute()
  const made_at = app.clock()
  for (const [preference, { channel, address }] of contacts.entries()) {
    const id = newId<string>()
    await tx
      .insertInto('contact')
      .values({ id, person, organisation, channel, address, made_at, preference })
      .onConflict((conflict) =>
        conflict.columns(['person', 'channel']).doUpdateSet((row) => ({
          address,
          preference,
          verified_at: row
            .case()
            .when('contact.address', '=', address)
            .then(row.ref('contact.verified_at'))
            .else(null)
            .end(),
        })),
      )
      .execute()
  }
}

export async function listContacts(app: App, actor: Actor, id: PersonId): Promise<Contact[]> {
  const rows = await app.db.as(actor, async (tx) => {
    await readReached(tx, actor, id)
    return contactsIn(tx).where('person', '=', id).execute()
  })
  const contacts = await withUse(app, rows)
  return contacts.map(({ person: _, ...contact }) => contact)
}

/** Where everybody of an organisation is reached, for those who keep its list. */
export async function listOrganisationContacts(
  app: App,
  actor: Actor,
  organisation: OrganisationId,
) {
  if (!mayManageOrganisation(actor, { organisation })) throw new Problem('organisation.not-found')
  const rows = await app.db.as(actor, (tx) =>
    contactsIn(tx).where('organisation', '=', organisation).execute(),
  )
  return withUse(app, rows)
}

/** The way a person prefers first. */
const contactsIn = (tx: Tx) =>
  tx
    .selectFrom('contact')
    .select(['person', 'channel', 'address'])
    .select(['verified_at as verifiedAt', 'tested_at as testedAt'])
    .orderBy('person')
    .orderBy('preference')
    .orderBy('channel')

type Known = Omit<Contact, 'usedAt'> & { readonly person: PersonId }

/** As the system: when a way was last used is said here, what for is not. */
async function withUse(app: App, rows: readonly Known[]) {
  if (rows.length === 0) return []
  const used = await app.db.as(system, (tx) =>
    tx
      .selectFrom('delivery')
      .select(({ fn }) => ['person', 'channel', fn.max('sent_at').as('at')])
      .where('person', 'in', [...new Set(rows.map(({ person }) => person))])
      .where('state', 'in', ['sent', 'delivered'])
      .groupBy(['person', 'channel'])
      .execute(),
  )
  const usedAt = new Map(used.map(({ person, channel, at }) => [`${person} ${channel}`, at]))
  return rows.map((row) => ({
    ...row,
    // A device's address is nobody's to read.
    address: row.channel === 'web-push' ? '' : row.address,
    usedAt: usedAt.get(`${row.person} ${row.channel}`) ?? null,
  }))
}

/**
 * Where somebody is reached decides whether a warning reaches them, so whoever changes it shows again
 * who they are. The audit log says that it changed and which ways there are, never the addresses.
 */
export async function setContacts(
  app: App,
  actor: Actor,
  id: PersonId,
  contacts: readonly ContactInput[],
): Promise<Contact[]> {
  requireStepUp(app, actor)
  await app.db.as(actor, async (tx) => {
    const person = await readReached(tx, actor, id)
    await replaceContacts(app, tx, person, contacts)
    const details = { channels: contacts.map(({ channel }) => channel) }
    const { organisation } = person
    const deed = { at: app.clock(), actor, organisation, act: 'people.contacts-changed' }
    await recordAudit(tx, { ...deed, subject: id, details })
  })
  return listContacts(app, actor, id)
}
