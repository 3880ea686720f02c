import type { Entry, Matter, MatterId } from '@tocsin/domain/matter.ts'
import { Acknowledgement, Answer } from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { WarningDraft, type WarningId } from '@tocsin/domain/warning.ts'
import { SharedWarning, warningObject } from '@tocsin/records/stix/alert.ts'
import { matterObject } from '@tocsin/records/stix/matter.ts'
import { type Receipt, receiptObject } from '@tocsin/records/stix/receipt.ts'
import { nameObject } from '@tocsin/records/stix/shared-object.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { listEntries } from '../docket/queries.ts'
import { writeWarningAsCap } from '../warnings/cap.ts'
import { attachmentTellings } from './share-attachments.ts'
import type { Telling, Told } from './telling.ts'

/** What others are told of a matter. */
export type MatterPart = 'matter' | 'warnings' | 'receipts' | 'attachments'

type Shared = {
  readonly matter: Matter
  readonly told: Told
  readonly parts: readonly MatterPart[]
}

/** A matter, its warnings, what was answered to them and its files, as they stand. */
export async function matterParts(app: App, tx: Tx, shared: Shared): Promise<readonly Telling[]> {
  const { matter, told, parts } = shared
  const entries = await listEntries(tx, matter.id)
  return [
    ...(parts.includes('matter') ? [matterTelling(matter, told, entries)] : []),
    ...(parts.includes('warnings') ? await warningTellings(app, tx, shared, entries) : []),
    ...(parts.includes('receipts') ? await receiptTellings(tx, shared) : []),
    ...(parts.includes('attachments') ? await attachmentTellings(app, tx, shared) : []),
  ]
}

function matterTelling(matter: Matter, told: Told, entries: readonly Entry[]): Telling {
  const { id, confidence, marking, openedAt } = matter
  const last = (kind: Entry['kind']) => entries.findLast((entry) => entry.kind === kind)
  const [review, closing] = [last('matter.reviewed'), last('matter.closed')]
  const facts = {
    ...told,
    ...matter,
    audience: told.audience,
    matter: id,
    certainty: confidence,
    created: openedAt,
    review: review ? { signedAt: review.at, reasons: review.text } : null,
    closing: closing ? { closedAt: closing.at, reasons: closing.text } : null,
  }
  return { marking, make: (modified) => matterObject({ ...facts, modified }) }
}

async function warningTellings(
  app: App,
  tx: Tx,
  { matter, told }: Shared,
  entries: readonly Entry[],
): Promise<readonly Telling[]> {
  const rows = await tx
    .selectFrom('warning')
    .selectAll()
    .where('matter', '=', matter.id)
    .where('state', '<>', 'draft')
    .orderBy('sent_at')
    .execute()
  const notified = await listNotified(tx, matter.id)
  const tellings: Telling[] = []
  for (const row of rows) {
    const { id, year, number, sha256, replaces, sent_at: sentAt } = row
    const { addressees, ...said } = WarningDraft.parse(row.draft)
    const cancelled = entries.find(
      ({ kind, facts }) => kind === 'warning.cancelled' && facts['warning'] === id,
    )
    const facts = {
      ...told,
      ...{ warning: id, matter: matter.id, year, number, sha256, replaces, said },
      marking: matter.marking,
      isExercise: matter.isExercise,
      state: SharedWarning.shape.state.parse(row.state),
      addressees: addressees.flatMap(({ post, legalBasis, isIndependent }) => {
        const office = notified.find((one) => one.warning === id && one.post === post)
        return office
          ? [
              {
                post,
                legalBasis,
                isIndependent,
                office: office.office,
                authority: office.authority,
              },
            ]
          : []
      }),
      signatures: await listSigned(tx, id),
      sentAt: sentAt ?? row.saved_at,
      reasons: cancelled?.text ?? null,
      cap: await capOf(app, tx, id),
      created: sentAt ?? row.saved_at,
    }
    tellings.push({
      marking: matter.marking,
      make: (modified) => warningObject({ ...facts, modified }),
    })
  }
  return tellings
}

const listNotified = (tx: Tx, matter: MatterId) =>
  tx.selectFrom('notification').selectAll().where('matter', '=', matter).orderBy('id').execute()

async function listSigned(tx: Tx, warning: WarningId): Promise<SharedWarning['signatures']> {
  const rows = await tx
    .selectFrom('warning_signature')
    .select(['name', 'office', 'at'])
    .where('warning', '=', warning)
    .orderBy('at')
    .execute()
  return rows.map(({ name, office, at }) => ({ name, office, signedAt: at }))
}

/** What CAP cannot carry must not hold up a warning. */
const capOf = (app: App, tx: Tx, id: WarningId): Promise<string | null> =>
  writeWarningAsCap(app, tx, id, { message: 'latest' }).catch((error: unknown) => {
    if (error instanceof Problem) return null
    throw error
  })

async function receiptTellings(tx: Tx, { matter, told }: Shared): Promise<readonly Telling[]> {
  const { marking, isExercise } = matter
  const notified = await listNotified(tx, matter.id)
  const receipts = notified.flatMap((one): Receipt[] => {
    const { id, authority, acknowledgement, answer } = one
    const { acknowledged_at: acknowledgedAt, answered_at: answeredAt } = one
    const common = {
      ...told,
      ...{ marking, isExercise, authority },
      key: id,
      about: nameObject('atrocity-alert', one.warning, told.audience),
      digest: null,
      notification: id,
    }
    const given = Acknowledgement.nullable().parse(acknowledgement)
    const said = Answer.nullable().parse(answer)
    return [
      ...(given && acknowledgedAt
        ? [{ ...common, ...given, kind: 'acknowledgement' as const, givenAt: acknowledgedAt }]
        : []),
      ...(said && answeredAt
        ? [
            {
              ...common,
              ...said,
              forwardTo: said.forwardTo ?? null,
              kind: 'answer' as const,
              givenAt: answeredAt,
            },
          ]
        : []),
    ]
  })
  // A receipt is given once: the time it was given is its only version.
  return receipts.map((receipt) => ({ marking, make: () => receiptObject(receipt) }))
}
