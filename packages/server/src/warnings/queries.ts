import type { OpenedMatter } from '@tocsin/api/docket.ts'
import { CitedReport, Notified, type PlannedClock } from '@tocsin/api/opened-warning.ts'
import type { Delivery, Office, OpenedWarning } from '@tocsin/api/warnings.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { planClock } from '@tocsin/domain/clock-plan.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import type { WarningLevel } from '@tocsin/domain/level.ts'
import type { Matter, MatterId, RunningClock } from '@tocsin/domain/matter.ts'
import { Acknowledgement, Answer, type Notification } from '@tocsin/domain/notification.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { ClockKind } from '@tocsin/domain/service-clock.ts'
import { signaturesNeeded, Warning, WarningDraft, type WarningId } from '@tocsin/domain/warning.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { readClockSettings } from '../docket/clocks.ts'
import { getMatter, listRunningClocks } from '../docket/queries.ts'
import { requirePerson } from '../identity/step-up.ts'
import { listOrganisationNames } from '../people/queries.ts'
import { listReportsOn } from '../reports/queries.ts'
import { listOfficesIn, previewAudience } from './recipients.ts'
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
  const row = await tx
    .selectFrom('warning')
    .leftJoin('person', 'person.id', 'warning.saved_by')
    .selectAll('warning')
    .select('person.name as saved_by_name')
    .where('warning.id', '=', id)
    .executeTakeFirst()
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
    savedBy: row.saved_by_name,
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

/** A warning with what the composer shows beside it. Who would be told is named to its writers alone. */
export async function readWarning(app: App, actor: Actor, id: WarningId): Promise<OpenedWarning> {
  const asOf = app.clock()
  const { matter, running, ...read } = await app.db.as(actor, async (tx) => {
    const warning = await readWarningRow(tx, id)
    if (!warning) throw new Problem('warning.not-found')
    const { matter: of } = warning
    return {
      warning,
      matter: await getMatter(tx, of),
      reports: (await listReportsOn(tx, of)).map((report) => CitedReport.parse(report)),
      running: await listRunningClocks(tx, of),
      replacedBy: await findReplacement(tx, id),
      notifications: (await listNotifications(tx, of))
        .filter((one) => one.warning === id)
        .map(notifiedOf),
      deliveries: await listDeliveries(tx, id),
    }
  })
  const { draft, state } = read.warning
  const isWriter = mayWorkOnMatter(actor, matter)
  // As the system: who holds an office elsewhere decides what is said here, and is shown as a name.
  return app.db.as(system, async (tx) => {
    const names = await listOrganisationNames(tx, [matter.organisation])
    return {
      ...read,
      asOf,
      clocksRunning: running.length,
      matterTitle: matter.title,
      sender: names.get(matter.organisation) ?? '',
      signaturesNeeded: signaturesNeeded(draft.level),
      excluded: isWriter ? matter.excluded : [],
      faults:
        isWriter && state === 'draft'
          ? [...(await faultsIn(tx, draft, { now: asOf, matter }))]
          : [],
      plannedClocks: state === 'draft' ? await planClocks(tx, matter, draft, asOf, running) : [],
      audience: isWriter
        ? await previewAudience(app, tx, matter, draft)
        : { recipients: [], readers: [], notReaders: [] },
    }
  })
}

const notifiedOf = ({ acknowledgement, answer, ...one }: Notification): Notified =>
  Notified.parse({
    ...one,
    reaction: acknowledgement?.reaction ?? null,
    outcome: answer?.outcome ?? null,
  })

/** What the clocks will say to an addressee if the warning is sent at that instant. */
async function planClocks(
  tx: Tx,
  { organisation }: Matter,
  { level }: WarningDraft,
  start: Instant,
  running: readonly RunningClock[],
): Promise<PlannedClock[]> {
  const settings = await readClockSettings(tx, organisation)
  // Acting is waited for from the decision on, and not from the warning.
  const atOnce = ClockKind.options.filter((kind) => kind !== 'act')
  return atOnce.flatMap((kind) => {
    // Consultation and agenda wait once for the matter: what runs already keeps its time.
    const isOfMatter = kind === 'consult' || kind === 'agenda'
    const runs = isOfMatter && running.find((one) => one.kind === kind)
    if (runs) return [{ kind, dueAt: runs.dueAt, steps: [] }]
    const plan = planClock(settings, { kind, level, start })
    return plan ? [{ kind, dueAt: plan.dueAt, steps: [...plan.steps] }] : []
  })
}

async function findReplacement(tx: Tx, id: WarningId): Promise<WarningId | null> {
  const row = await tx
    .selectFrom('warning')
    .select('id')
    .where('replaces', '=', id)
    .where('state', '<>', 'draft')
    .executeTakeFirst()
  return row?.id ?? null
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

/** A draft as the docket needs it: enough to say who is waited for, and how long it takes to read. */
export type OpenDraft = {
  readonly warning: WarningId
  readonly matter: MatterId
  readonly title: string
  readonly level: WarningLevel
  readonly savedAt: Instant
  readonly writtenBy: PersonId
  readonly isReturned: boolean
  readonly signedBy: readonly PersonId[]
  readonly characters: number
}

/** The organisation's own drafts on open matters, the latest first, at most 200. */
export async function listDrafts(
  tx: Tx,
  { organisation, exercise }: { readonly organisation: OrganisationId; readonly exercise: boolean },
): Promise<OpenDraft[]> {
  return tx
    .selectFrom('warning')
    .innerJoin('matter', 'matter.id', 'warning.matter')
    .select([
      'warning.id as warning',
      'warning.matter',
      'matter.title',
      'saved_at as savedAt',
      'written_by as writtenBy',
      sql<WarningLevel>`(draft ->> 'level')::int`.as('level'),
      sql<boolean>`returned is not null`.as('isReturned'),
      sql<PersonId[]>`array(select person from warning_signature
        where warning_signature.warning = warning.id)`.as('signedBy'),
      sql<number>`length(draft ->> 'paragraphs') + length(draft ->> 'scenarios')`.as('characters'),
    ])
    .where('warning.state', '=', 'draft')
    .where('warning.organisation', '=', organisation)
    .where('matter.closed_at', 'is', null)
    .where('matter.is_exercise', '=', exercise)
    .orderBy('saved_at', 'desc')
    .limit(200)
    .execute()
}
