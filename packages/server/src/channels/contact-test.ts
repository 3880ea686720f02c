import type { Confirmation } from '@tocsin/api/contacts.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { ChannelKind } from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { readReached } from '../people/correspondents.ts'
import type { Message } from './channel.ts'
import { idIn, isTokenFor, tokenFor } from './token.ts'

/** So that nobody's telephone is rung without end. */
const BETWEEN_TESTS_MS = 60_000

/** Bound to the address: a link to one that was changed since confirms nothing. */
const confirming = ({ address }: { readonly address: string }): string => `confirm ${address}`

/** Sends a test notice to one way of a person; answers what the other side said at once. */
export async function testContact(
  app: App,
  actor: Actor,
  { person, channel: kind }: { readonly person: PersonId; readonly channel: ChannelKind },
) {
  const channel = app.channels[kind]
  if (!channel) throw new Problem('channel.not-set-up')
  const { contact, locale } = await claimTest(app, actor, person, kind)
  const t = translator(locale, catalogues[locale])
  const token = await tokenFor(app.node.home, confirming(contact), contact.id)
  const link = `${app.node.origin}/c/${token}`
  const message: Message = {
    id: `test.${contact.id}.${app.clock()}`,
    to: contact.address,
    subject: t('channel.test-subject'),
    text: [t('channel.test-opening'), link, t('channel.test-unknown')].join('\n\n'),
    brief: t('channel.test-brief'),
    symbol: 'TEST',
    link,
    locale,
    again: false,
  }
  const outcome = await channel.send(message)
  // A machine that said that it took the notice has confirmed it.
  if (outcome.state === 'delivered') await app.db.as(system, (tx) => verify(app, tx, contact.id))
  return {
    outcome: outcome.state,
    reason: 'reason' in outcome ? outcome.reason : null,
  }
}

/** The way to test, unless it was tested just now. */
async function claimTest(app: App, actor: Actor, id: PersonId, kind: ChannelKind) {
  return app.db.as(actor, async (tx) => {
    const { organisation, locale } = await readReached(tx, actor, id)
    const contact = await tx
      .selectFrom('contact')
      .select(['id', 'address', 'tested_at'])
      .where('person', '=', id)
      .where('channel', '=', kind)
      .forUpdate()
      .executeTakeFirst()
    if (!contact) throw new Problem('channel.no-contact')
    const at = app.clock()
    const since = addMilliseconds(at, -BETWEEN_TESTS_MS)
    const isSoon = contact.tested_at !== null && contact.tested_at > since
    if (isSoon) throw new Problem('channel.too-soon')
    await tx.updateTable('contact').set({ tested_at: at }).where('id', '=', contact.id).execute()
    const deed = { at, actor, organisation, act: 'people.contact-tested' }
    await recordAudit(tx, { ...deed, subject: id, details: { channel: kind } })
    return { contact, locale }
  })
}

const verify = (app: App, tx: Tx, id: string) =>
  tx.updateTable('contact').set({ verified_at: app.clock() }).where('id', '=', id).execute()

async function readContact(app: App, tx: Tx, token: string) {
  const id = idIn(token)
  const contact =
    id && (await tx.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirst())
  const isRight =
    contact && (await isTokenFor(app.node.home, confirming(contact), contact.id, token))
  if (!isRight) throw new Problem('channel.confirmation-not-valid')
  return contact
}

export async function readConfirmation(app: App, token: string): Promise<Confirmation> {
  return app.db.as(system, async (tx) => {
    const { channel, verified_at } = await readContact(app, tx, token)
    return { channel, confirmedAt: verified_at }
  })
}

/** The act of whoever reads the notice; once confirmed it stays so until the address changes. */
export async function confirmContact(app: App, token: string): Promise<Confirmation> {
  return app.db.as(system, async (tx) => {
    const { id, channel, verified_at, person, organisation } = await readContact(app, tx, token)
    if (verified_at !== null) return { channel, confirmedAt: verified_at }
    const at = app.clock()
    await verify(app, tx, id)
    const deed = { at, actor: system, organisation, act: 'people.contact-verified' }
    await recordAudit(tx, { ...deed, subject: person, details: { channel } })
    return { channel, confirmedAt: at }
  })
}
