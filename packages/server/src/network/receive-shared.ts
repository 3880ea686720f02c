import { system } from '@tocsin/domain/actor.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { RecordHeader } from '@tocsin/records/record.ts'
import { RecordedObject as Recorded, type RecordedObject } from '@tocsin/records/record.ts'
import { readWarningObject } from '@tocsin/records/stix/alert.ts'
import { readAttachmentObject } from '@tocsin/records/stix/attachment.ts'
import { readEditionObject } from '@tocsin/records/stix/edition.ts'
import { readMatterObject } from '@tocsin/records/stix/matter.ts'
import { type Receipt, readReceiptObject } from '@tocsin/records/stix/receipt.ts'
import { readReportObject } from '@tocsin/records/stix/report.ts'
import { hasContent } from '@tocsin/records/stix/shared-object.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { findMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { markingOf } from './marking.ts'
import type { Check, Receiver } from './receivers.ts'

/* What happens when something arrives that another organisation shared. It is read where it is kept. */

type Said = {
  readonly organisation: OrganisationId
  readonly audience: AudienceId
  readonly marking: string
}

/** Nobody speaks in another's name, to another audience than they said, or under another marking. */
export function requireOwnWord(header: RecordHeader, object: RecordedObject, said: Said): void {
  const isOwn = said.organisation === header.org && said.audience === header.aud
  if (!isOwn || said.marking !== markingOf(object)) throw new Problem('audience.not-the-author')
}

/** What says nothing in our words is read as STIX and has no effect; what does must be right. */
const reading = (read: (object: RecordedObject) => Said): Check => ({
  check: (header, object) => {
    if (hasContent(object)) requireOwnWord(header, object, read(object))
  },
})

export const receiveMatter = reading(readMatterObject)
export const receiveReport = reading(readReportObject)
export const receiveWarning = reading(readWarningObject)
export const receiveEdition = reading(readEditionObject)
export const receiveAttachment = reading(readAttachmentObject)

/** What others say to a matter of ours stands in its record, once. */
export const receiveReceipt: Receiver = async (app, tx, header, object) => {
  if (!hasContent(object)) return
  const receipt = readReceiptObject(object)
  requireOwnWord(header, object, receipt)
  const matter = await findOwnMatter(tx, receipt, header.aud)
  if (!matter || (await isOnRecord(tx, matter, object.id))) return
  await noteReceipt(app, tx, { matter, receipt, object, header })
}

/** The matter of ours that the receipt is about, if it was told to the same audience. */
async function findOwnMatter(
  tx: Tx,
  { about }: Receipt,
  audience: AudienceId,
): Promise<MatterId | undefined> {
  const row = await tx
    .selectFrom('shared_object')
    .select(['object', 'organisation'])
    .where('id', '=', about)
    .where('audience_id', '=', audience)
    .executeTakeFirst()
  if (!row) return undefined
  const said = Recorded.parse(row.object)
  const read = said.type === 'grouping' ? readMatterObject : readWarningObject
  if (said.type !== 'grouping' && said.type !== 'atrocity-alert') return undefined
  const matter = await findMatter(tx, read(said).matter)
  return matter?.organisation === row.organisation ? matter.id : undefined
}

async function isOnRecord(tx: Tx, matter: MatterId, receipt: string): Promise<boolean> {
  const row = await tx
    .selectFrom('entry')
    .select('seq')
    .where('matter', '=', matter)
    .where('kind', '=', 'receipt.received')
    .where(sql<boolean>`facts ->> 'receipt' = ${receipt}`)
    .executeTakeFirst()
  return row !== undefined
}

type Noted = {
  readonly matter: MatterId
  readonly receipt: Receipt
  readonly object: RecordedObject
  readonly header: RecordHeader
}

async function noteReceipt(
  app: App,
  tx: Tx,
  { matter, receipt, object, header }: Noted,
): Promise<void> {
  const { name: organisationName } = await tx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', header.org)
    .executeTakeFirstOrThrow()
  const by = { person: null, name: null, office: null, organisation: header.org, organisationName }
  const facts = { receipt: object.id, says: receipt.kind, about: receipt.about }
  const deed = { matter, kind: 'receipt.received' as const, actor: system, by }
  if (receipt.kind === 'acknowledgement') {
    const { name, office, reaction, note: text } = receipt
    const said = { ...facts, reaction }
    await appendEntry(app, tx, { ...deed, by: { ...by, name, office }, text, facts: said })
  } else if (receipt.kind === 'answer') {
    const { name, office, outcome, text } = receipt
    const said = { ...facts, outcome }
    await appendEntry(app, tx, { ...deed, by: { ...by, name, office }, text, facts: said })
  } else if (receipt.kind === 'read') {
    await appendEntry(app, tx, { ...deed, facts })
  }
}
