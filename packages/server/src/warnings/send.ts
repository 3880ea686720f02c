import type { Actor } from '@tocsin/domain/actor.ts'
import type { Marking } from '@tocsin/domain/audience.ts'
import type { Instant, OrganisationId, Sha256 } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { planClock } from '@tocsin/domain/clock-plan.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { NotificationId } from '@tocsin/domain/notification.ts'
import type { Addressee, WarningDraft, WarningId } from '@tocsin/domain/warning.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { readClockSettings, startClock, stopClocks } from '../docket/clocks.ts'
import { getMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { restartReview } from '../docket/review-clock.ts'
import { queueNotices } from './outbox.ts'
import { listOfficesIn } from './recipients.ts'

type Signed = {
  readonly id: WarningId
  readonly matter: MatterId
  readonly organisation: OrganisationId
  readonly number: number
  readonly year: number
  readonly sha256: Sha256
  readonly replaces: WarningId | null
  readonly marking: Marking
  readonly draft: WarningDraft
}

const WEEK_MS = 7 * 86_400_000

/** Sends a signed warning: notifications, clocks and notices, all in the transaction that signed it. */
export async function sendWarning(
  app: App,
  tx: Tx,
  actor: Actor,
  warning: Signed,
): Promise<number> {
  const { id, matter, organisation, draft } = warning
  const at = app.clock()
  await tx.updateTable('warning').set({ state: 'sent', sent_at: at }).where('id', '=', id).execute()
  const { level, confidence } = draft
  await tx.updateTable('matter').set({ level, confidence }).where('id', '=', matter).execute()
  if (warning.replaces) await supersede(tx, at, matter, warning.replaces)
  const offices = new Map(
    (await listOfficesIn(tx, { organisation, at })).map((office) => [office.post, office]),
  )
  const settings = await readClockSettings(tx, organisation)
  const signatures = await tx
    .selectFrom('warning_signature')
    .select(['name', 'office', 'at'])
    .where('warning', '=', id)
    .orderBy('at')
    .execute()
  await appendEntry(app, tx, {
    matter,
    kind: warning.replaces ? 'warning.updated' : 'warning.sent',
    actor,
    text: draft.paragraphs.join('\n\n'),
    facts: {
      warning: id,
      number: warning.number,
      sha256: warning.sha256,
      level,
      confidence,
      subject: draft.subject,
      addressees: draft.addressees.map(({ post, legalBasis }) => ({
        office: offices.get(post)?.title ?? '',
        authority: offices.get(post)?.organisationName ?? '',
        legalBasis,
      })),
      options: draft.options.map(({ code }) => code),
      catalogue: draft.catalogue,
      dissents: draft.dissents.map(({ by, text }) => ({ by, text })),
      signatures,
      expiresAt: draft.expiresAt,
    },
  })
  let told = 0
  for (const addressee of draft.addressees) {
    const office = offices.get(addressee.post)
    if (!office) continue
    const start = at
    const plan = (kind: 'acknowledge' | 'decide') =>
      planClock(settings, { kind, level, start })?.dueAt
    const notification = await insertNotification(tx, warning, addressee, {
      organisation: office.organisation,
      authority: office.organisationName,
      office: office.title,
      acknowledgeBy: plan('acknowledge') ?? draft.expiresAt,
      answerBy: plan('decide') ?? null,
    })
    for (const kind of ['acknowledge', 'decide'] as const) {
      await startClock(tx, settings, { matter, notification, kind, level, start })
    }
    const { excluded } = await getMatter(tx, matter)
    told += await queueNotices(app, tx, {
      matter,
      notification,
      post: addressee.post,
      step: 'first',
      name: 'warned',
      excluded,
    })
  }
  await startMatterClocks(tx, settings, { matter, level, start: at })
  await restartReview(app, tx, { matter, organisation, level })
  return told
}

/** Consultation and the organ's agenda wait once for the matter, not once for each authority. */
export async function startMatterClocks(
  tx: Tx,
  settings: Parameters<typeof startClock>[1],
  { matter, level, start }: { matter: MatterId; level: WarningDraft['level']; start: Instant },
): Promise<void> {
  for (const kind of ['consult', 'agenda'] as const) {
    const running = await tx
      .selectFrom('clock')
      .select('id')
      .where('matter', '=', matter)
      .where('kind', '=', kind)
      .where('stopped_at', 'is', null)
      .executeTakeFirst()
    if (!running) await startClock(tx, settings, { matter, kind, level, start })
  }
}

type Told = {
  readonly organisation: OrganisationId
  readonly authority: string
  readonly office: string
  readonly acknowledgeBy: Instant
  readonly answerBy: Instant | null
}

export async function insertNotification(
  tx: Tx,
  { id: warning, matter, draft }: Pick<Signed, 'id' | 'matter' | 'draft'>,
  { post, legalBasis }: Pick<Addressee, 'post' | 'legalBasis'>,
  { organisation, authority, office, acknowledgeBy, answerBy }: Told,
): Promise<NotificationId> {
  const id = newId<NotificationId>()
  // An answer that comes late is still wanted: the link outlives the last clock by a week.
  const ends = [draft.expiresAt, acknowledgeBy, answerBy ?? acknowledgeBy].sort()
  await tx
    .insertInto('notification')
    .values({
      id,
      warning,
      matter,
      post,
      organisation,
      authority,
      office,
      legal_basis: legalBasis,
      state: 'queued',
      failure: null,
      sent_at: null,
      opened_at: null,
      acknowledged_at: null,
      acknowledgement: null,
      answered_at: null,
      answer: null,
      acknowledge_by: acknowledgeBy,
      answer_by: answerBy,
      link_expires_at: addMilliseconds(ends.at(-1) ?? acknowledgeBy, WEEK_MS),
    })
    .execute()
  return id
}

/** The earlier warning stands on record, and nobody is waited for on its account any more. */
export async function supersede(
  tx: Tx,
  at: Instant,
  matter: MatterId,
  replaced: WarningId,
): Promise<void> {
  await tx.updateTable('warning').set({ state: 'superseded' }).where('id', '=', replaced).execute()
  await stopWaiting(tx, at, matter, replaced)
}

/** Stops the clocks of everybody that a warning was sent to. */
export async function stopWaiting(
  tx: Tx,
  at: Instant,
  matter: MatterId,
  warning: WarningId,
): Promise<void> {
  const told = await tx
    .selectFrom('notification')
    .select('id')
    .where('warning', '=', warning)
    .execute()
  for (const { id: notification } of told) {
    await stopClocks(tx, at, { matter, notification, kinds: ['acknowledge', 'decide', 'act'] })
  }
}
