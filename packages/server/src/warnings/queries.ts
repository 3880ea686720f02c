import type { OpenedMatter } from '@tocsin/api/docket.ts'
import type { AudiencePreview, Delivery, Office, OpenedWarning } from '@tocsin/api/warnings.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import { mayReadOwn } from '@tocsin/domain/docket-access.ts'
import type { Matter, MatterId } from '@tocsin/domain/matter.ts'
import { Acknowledgement, Answer } from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { signaturesNeeded, Warning, WarningDraft, type WarningId } from '@tocsin/domain/warning.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { getMatter } from '../docket/queries.ts'
import { requirePerson } from '../identity/step-up.ts'
import { listOfficesIn, recipientsOf } from './recipients.ts'
import { faultsIn } from './sign.ts'

/** Everybody whom the warnings of a matter were sent to, and what they said. */
export async function listNotifications(
  tx: Tx,
  matter: MatterId,
): Promise<OpenedMatter['notifications']> {
  const rows = await tx
    .selectFrom('notification')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    warning: row.warning,
    post: row.post,
    organisation: row.organisation,
    authority: row.authority,
    office: row.office,
    legalBasis: row.legal_basis,
    state: row.state,
    failure: row.failure,
    failedAt: row.failed_at,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
    openedAt: row.opened_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgement: Acknowledgement.nullable().parse(row.acknowledgement),
    answeredAt: row.answered_at,
    answer: Answer.nullable().parse(row.answer),
    acknowledgeBy: row.acknowledge_by,
    answerBy: row.answer_by,
  }))
}

const listSignatures = (tx: Tx, warning: WarningId) =>
  tx
    .selectFrom('warning_signature')
    .select(['person', 'name', 'office', 'at', 'credential'])
    .where('warning', '=', warning)
    .orderBy('at')
    .execute()

async function readWarningRow(tx: Tx, id: WarningId): Promise<Warning | undefined> {
  const row = await tx.selectFrom('warning').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const { marking, isExercise } = await getMatter(tx, row.matter)
  const signatures = await listSignatures(tx, id)
  return {
    id,
    matter: row.matter,
    organisation: row.organisation,
    year: row.year,
    number: row.number,
    state: row.state,
    draft: WarningDraft.parse(row.draft),
    sha256: row.sha256,
    replaces: row.replaces,
    marking,
    isExercise,
    signatures: signatures.map((one) => ({ ...one, credential: one.credential.slice(-4) })),
    returned: Warning.shape.returned.parse(row.returned),
    savedAt: row.saved_at,
    sentAt: row.sent_at,
  }
}

/** The warnings of a matter, the newest first; drafts too, to those who work on it. */
export async function listWarnings(tx: Tx, matter: MatterId): Promise<OpenedMatter['warnings']> {
  const rows = await tx
    .selectFrom('warning')
    .select('id')
    .where('matter', '=', matter)
    .orderBy('saved_at', 'desc')
    .execute()
  const warnings = await Promise.all(rows.map(({ id }) => readWarningRow(tx, id)))
  return warnings.flatMap((warning) => {
    if (!warning) return []
    const { draft, returned: _, ...rest } = warning
    const scenarios = draft.scenarios.map(({ kind, text, percent }) => ({ kind, text, percent }))
    return [{ ...rest, level: draft.level, subject: draft.subject, scenarios }]
  })
}

/** As the system: the offices of other organisations are named, their people are not. */
export async function listOffices(app: App, actor: Actor): Promise<Office[]> {
  const { organisation } = requirePerson(actor)
  return app.db.as(system, (tx) => listOfficesIn(tx, { organisation, at: app.clock() }))
}

/** A warning with what the composer shows beside it. */
export async function readWarning(app: App, actor: Actor, id: WarningId): Promise<OpenedWarning> {
  const now = app.clock()
  const { warning, matter, deliveries } = await app.db.as(actor, async (tx) => {
    const found = await readWarningRow(tx, id)
    if (!found) throw new Problem('warning.not-found')
    return {
      warning: found,
      matter: await getMatter(tx, found.matter),
      deliveries: await listDeliveries(tx, id),
    }
  })
  const { draft } = warning
  const { excluded } = matter
  if (!mayReadOwn(actor, matter)) {
    const audience = { recipients: [], readers: [], notReaders: [] }
    const shared = { warning, matterTitle: matter.title, excluded: [], faults: [], audience }
    return { ...shared, signaturesNeeded: signaturesNeeded(draft.level), deliveries }
  }
  // As the system: who holds an office elsewhere decides what is said here, and is shown as a name.
  return app.db.as(system, async (tx) => ({
    warning,
    matterTitle: matter.title,
    excluded,
    faults: warning.state === 'draft' ? [...(await faultsIn(tx, draft, { now, matter }))] : [],
    signaturesNeeded: signaturesNeeded(draft.level),
    audience: await previewAudience(app, tx, matter, draft),
    deliveries,
  }))
}

async function previewAudience(
  app: App,
  tx: Tx,
  matter: Matter,
  { addressees }: WarningDraft,
): Promise<AudiencePreview> {
  const posts = addressees.map(({ post }) => post)
  const { excluded } = matter
  const told = await recipientsOf(tx, posts, { at: app.clock(), step: 'first', excluded })
  const organisations = await tx
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('closed_at', 'is', null)
    .orderBy('name')
    .execute()
  const reads = (isReader: boolean) =>
    organisations.filter(({ id }) => isInAudience(matter, id) === isReader).map(({ name }) => name)
  return {
    recipients: told.map(({ post, office, authority, name, channels }) => ({
      post,
      office,
      authority,
      name,
      channels: [...channels],
    })),
    readers: reads(true),
    notReaders: reads(false),
  }
}

async function listDeliveries(tx: Tx, warning: WarningId): Promise<Delivery[]> {
  const rows = await tx
    .selectFrom('delivery')
    .innerJoin('notification', 'notification.id', 'delivery.notification')
    .select([
      'notification.id as notification',
      'notification.office',
      'channel',
      'step',
      'delivery.state',
      'attempts',
      'reason',
      'may_repeat as mayRepeat',
      'delivery.sent_at as sentAt',
      'next_at as nextAt',
    ])
    .where('notification.warning', '=', warning)
    .orderBy('delivery.made_at')
    .orderBy('delivery.id')
    .execute()
  return rows
}
