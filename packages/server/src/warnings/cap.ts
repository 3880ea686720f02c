import type { listCapAcknowledgements } from '@tocsin/api/cap.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { isMoreClosed } from '@tocsin/domain/audience.ts'
import { Instant, type OrganisationId } from '@tocsin/domain/brand.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { Entry, EntryKind, Matter } from '@tocsin/domain/matter.ts'
import { Acknowledgement, type NotificationId } from '@tocsin/domain/notification.ts'
import { Line } from '@tocsin/domain/people.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { WarningDraft, type WarningId } from '@tocsin/domain/warning.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import type { CapMessageDraft, Reference } from '@tocsin/records/cap/message.ts'
import { encodeCap } from '@tocsin/records/cap/profile.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import { findCountry } from '../countries/queries.ts'
import type { Tx } from '../database/database.ts'
import { getMatter, listEntries } from '../docket/queries.ts'
import type { Reader } from '../network/collections.ts'

/*
 * Warnings and acknowledgements as messages of CAP 1.2, made of what stands on the record: the same
 * entry always makes the same message, and its digest is the message's name. Always private, to those
 * who were addressed; drafts have no entry and so no message.
 */

/** The warning as it was sent, with the record of its matter; drafts are nobody's to read here. */
async function readSent(tx: Tx, id: WarningId) {
  const row = await tx.selectFrom('warning').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new Problem('warning.not-found')
  if (row.state === 'draft') throw new Problem('warning.not-sent')
  const matter = await getMatter(tx, row.matter)
  const entries = await listEntries(tx, row.matter)
  const told = await tx
    .selectFrom('notification')
    .selectAll()
    .where('warning', '=', id)
    .orderBy('id')
    .execute()
  return { row, matter, entries, told, draft: WarningDraft.parse(row.draft) }
}
type Sent = Awaited<ReturnType<typeof readSent>>

const senderOf = (app: App, organisation: OrganisationId): string => {
  const { hostname } = new URL(app.node.origin)
  return `${organisation}.${hostname.replace(/[^a-z0-9.-]+/g, '')}`
}

const entryOf = (entries: readonly Entry[], warning: WarningId, ...kinds: readonly EntryKind[]) =>
  entries.find(({ kind, facts }) => kinds.includes(kind) && facts['warning'] === warning)

/** The entry by which the warning was sent; there is one for whatever is no draft. */
function sendingOf({ entries }: Pick<Sent, 'entries'>, warning: WarningId): Entry {
  const entry = entryOf(entries, warning, 'warning.sent', 'warning.updated')
  if (!entry) throw new Problem('warning.not-found')
  return entry
}

function envelopeOf(app: App, matter: Matter, { digest, at }: Entry, sender: OrganisationId) {
  return {
    digest,
    sender: senderOf(app, sender),
    sentAt: at,
    status: matter.isExercise ? ('Exercise' as const) : ('Actual' as const),
    scope: 'Private' as const,
    marking: matter.marking,
    matter: matter.id,
  }
}

function referenceTo(app: App, { digest, at, by }: Entry): Reference {
  const sentAt = Instant.parse(`${at.slice(0, 19)}.000Z`)
  return { sender: senderOf(app, by.organisation), digest, sentAt }
}

function xmlOf(message: CapMessageDraft): string {
  const written = encodeCap(message)
  if ('xml' in written) return written.xml
  throw new Problem('warning.not-in-cap', { ...written })
}

type Wanted = { readonly message: 'latest' | 'first' }

export const readWarningAsCap = (
  app: App,
  { actor, ceiling }: Reader,
  id: WarningId,
  wanted: Wanted,
): Promise<string> =>
  app.db.as(actor, async (tx) => {
    const { matter } = await readSent(tx, id)
    if (isMoreClosed(matter.marking, ceiling)) throw new Problem('warning.not-found')
    return writeWarningAsCap(app, tx, id, wanted)
  })

/** The message that stands now, or the one that was sent at first. */
export async function writeWarningAsCap(
  app: App,
  tx: Tx,
  id: WarningId,
  { message }: Wanted,
): Promise<string> {
  const sent = await readSent(tx, id)
  const cancelling = entryOf(sent.entries, id, 'warning.cancelled')
  if (!cancelling || message === 'first') return xmlOf(warningMessage(app, id, sent))
  const sending = sendingOf(sent, id)
  return xmlOf({
    ...envelopeOf(app, sent.matter, cancelling, sent.row.organisation),
    kind: 'warning.cancelled',
    references: [referenceTo(app, sending)],
    addresses: sent.draft.addressees.map(({ post }) => post),
    reasons: cancelling.text ?? '',
  })
}

const Signatures = z.array(z.object({ name: Line, office: Line.nullable(), at: Instant }))

function warningMessage(app: App, id: WarningId, sent: Sent): CapMessageDraft {
  const { row, matter, entries, told, draft } = sent
  const { addressees, ...said } = draft
  const sending = sendingOf(sent, id)
  const t = translator(draft.locale, catalogues[draft.locale])
  const name = t(`level.${draft.level}`)
  const warned = {
    ...envelopeOf(app, matter, sending, row.organisation),
    ...said,
    addressees: addressees.flatMap((addressee) => {
      const found = told.find(({ post }) => post === addressee.post)
      return found ? [{ ...addressee, office: found.office, authority: found.authority }] : []
    }),
    acknowledgeBy: told.map((one) => one.acknowledge_by).sort()[0] ?? draft.expiresAt,
    senderName: sending.by.organisationName,
    event: t('cap.event', { level: draft.level, name }),
    area: areaOf(matter, draft.locale),
    signatures: Signatures.parse(sending.facts['signatures']),
  }
  if (row.replaces === null) return { ...warned, kind: 'warning.sent' }
  const replaced = referenceTo(app, sendingOf({ entries }, row.replaces))
  return { ...warned, kind: 'warning.updated', references: [replaced] }
}

/** The State and no more: the place of a matter may be a place of refuge. */
function areaOf({ country }: Matter, locale: Locale) {
  const t = translator(locale, catalogues[locale])
  const known = country === null ? undefined : findCountry(country)?.names[locale]
  return { name: known ?? t('cap.area-not-stated'), country }
}

export async function listAcknowledgements(
  app: App,
  actor: Actor,
  id: WarningId,
): Promise<Output<typeof listCapAcknowledgements>> {
  const { told } = await app.db.as(actor, (tx) => readSent(tx, id))
  return told.flatMap(({ id: notification, authority, office, acknowledged_at }) =>
    acknowledged_at === null
      ? []
      : [{ notification, authority, office, acknowledgedAt: acknowledged_at }],
  )
}

export async function readAcknowledgementAsCap(
  app: App,
  actor: Actor,
  { warning, notification }: { warning: WarningId; notification: NotificationId },
): Promise<string> {
  const sent = await app.db.as(actor, (tx) => readSent(tx, warning))
  const told = sent.told.find(({ id }) => id === notification)
  const entry = sent.entries.find(
    ({ kind, facts }) =>
      kind === 'notification.acknowledged' && facts['notification'] === notification,
  )
  if (!told || !entry) throw new Problem('warning.not-acknowledged')
  return xmlOf({
    ...envelopeOf(app, sent.matter, entry, told.organisation),
    kind: 'notification.acknowledged',
    references: [referenceTo(app, sendingOf(sent, warning))],
    addresses: [sent.row.organisation],
    post: told.post,
    ...Acknowledgement.parse(told.acknowledgement),
  })
}
