import type { listPlans, MatterPlan, OfferedOption } from '@tocsin/api/action-plans.ts'
import type { Input, Output } from '@tocsin/api/route.ts'
import { type Action, CouncilReference, type PlannedAction } from '@tocsin/domain/action-plan.ts'
import { dayAt } from '@tocsin/domain/action-reminders.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { Notification } from '@tocsin/domain/notification.ts'
import { WarningDraft, type WarningId } from '@tocsin/domain/warning.ts'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { App } from '../app.ts'
import { listAttachments } from '../attachments/queries.ts'
import type { Tx } from '../database/database.ts'
import { readClockSettings } from '../docket/clocks.ts'
import { getMatter } from '../docket/queries.ts'
import { requirePerson } from '../identity/step-up.ts'
import { listNotifications } from '../warnings/queries.ts'
import { nameOfficesOf } from './offices.ts'
import { actionOf, listNotes, noteOf, type PlannedRow, plannedActions, plannedOf } from './store.ts'

/** What is planned and done on a matter, with what can become an action and what the Council is due. */
export async function readPlan(app: App, actor: Actor, id: MatterId): Promise<MatterPlan> {
  const asOf = app.clock()
  const { rows, ...read } = await app.db.as(actor, async (tx) => {
    const matter = await getMatter(tx, id)
    const rows = await inOrder(plannedActions(tx).where('action.matter', '=', id)).execute()
    return {
      matter,
      rows,
      progress: await listProgress(tx, id),
      reviews: await listReviews(tx, id),
      notes: (await listNotes(tx, id)).map(noteOf),
      offered: await listOffered(tx, id, rows),
      files: await listAttachments(tx, id),
    }
  })
  const seen = await app.db.as(system, async (tx) => ({
    offices: await nameOfficesOf(
      tx,
      rows.map(({ office }) => office),
    ),
    today: dayAt(await readClockSettings(tx, read.matter.organisation), asOf),
  }))
  return { asOf, today: seen.today, ...read, actions: rows.map((row) => plannedOf(row, seen)) }
}

/** The actions on a matter, as they were planned. */
export async function listActionsOn(tx: Tx, matter: MatterId): Promise<Action[]> {
  const rows = await tx
    .selectFrom('action')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('planned_at')
    .orderBy('id')
    .execute()
  return rows.map(actionOf)
}

/** What is still to be done by its day; what has no day after it, and then what has ended. */
const inOrder = <DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>) =>
  query
    .orderBy(sql`action.status in ('done', 'stopped')`)
    .orderBy(sql`action.due_day nulls last`)
    .orderBy(sql`action.planned_at`)
    .orderBy(sql`action.id`)

async function listProgress(tx: Tx, matter: MatterId): Promise<MatterPlan['progress']> {
  const rows = await tx
    .selectFrom('action_progress')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(({ id, action, what, next_step: next, evidence, reported_by: by, at }) => ({
    ...{ id, action, what, next, evidence, by, at },
  }))
}

async function listReviews(tx: Tx, matter: MatterId): Promise<MatterPlan['reviews']> {
  const rows = await tx
    .selectFrom('action_review')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(({ id, action, what, as_expected, learned, reviewed_by: by, at }) => ({
    ...{ id, action, what, asExpected: as_expected, learned, by, at },
  }))
}

type Planned = Pick<PlannedRow, 'warning' | 'card'>

/** Options of the warnings that stand and that nobody has made an action of. */
async function listOffered(
  tx: Tx,
  matter: MatterId,
  planned: readonly Planned[],
): Promise<OfferedOption[]> {
  const warnings = await tx
    .selectFrom('warning')
    .select(['id', 'year', 'number', 'draft'])
    .where('matter', '=', matter)
    .where('state', 'in', ['sent', 'expired'])
    .orderBy('sent_at', 'desc')
    .execute()
  const told = await listNotifications(tx, matter)
  return warnings.flatMap(({ id, year, number, draft }) => {
    const isPlanned = (code: string) =>
      planned.some((one) => one.warning === id && one.card === code)
    return WarningDraft.parse(draft)
      .options.filter(({ code }) => !isPlanned(code))
      .map(({ authorisation, ...option }) => ({
        ...{ warning: id, year, number, ...option },
        authorisation: referenceIn(authorisation),
        ...toldOf(told, id),
      }))
  })
}

/** What a warning cites in words, where the words are a symbol and a paragraph. */
function referenceIn(said: string | null): CouncilReference | null {
  const [, symbol, paragraph] =
    /^(S\/RES\/\d+ ?\(\d{4}\)),? +(\S.*)$/.exec(said?.trim() ?? '') ?? []
  return CouncilReference.safeParse({ symbol, paragraph }).data ?? null
}

function toldOf(
  told: readonly (Notification & { readonly warning: WarningId })[],
  warning: WarningId,
): Pick<OfferedOption, 'decided' | 'authority'> {
  const own = told.filter((one) => one.warning === warning)
  const decided = own.find(({ answer }) => answer?.outcome === 'decided')
  return {
    decided: decided
      ? {
          notification: decided.id,
          authority: decided.authority,
          office: decided.office,
          post: decided.post,
        }
      : null,
    authority: own[0]?.authority ?? '–',
  }
}

type Wanted = Omit<Input<typeof listPlans>['query'], 'limit' | 'offset'>

const DAY_MS = 86_400_000
const laterBy = (day: Day, days: number) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10) as Day

/** The actions that fit, over all matters that the actor may see. */
export function matching(tx: Tx, { status, due, exercise }: Wanted, today: Day) {
  let found = plannedActions(tx).where('matter.is_exercise', '=', exercise)
  if (status === 'open') found = found.where('action.status', 'not in', ['done', 'stopped'])
  else if (status !== 'all') found = found.where('action.status', '=', status)
  if (due === 'overdue') {
    found = found.where('due_day', '<', today).where('action.status', 'in', reminded)
  } else if (due !== 'any') {
    found = found
      .where('due_day', '<=', laterBy(today, due === 'days-7' ? 7 : 30))
      .where('action.status', 'in', reminded)
  }
  return found
}

const reminded = ['decided', 'in-execution'] as const

/** Reads the actions in the order in which they need somebody: overdue, by their day, without one, ended. */
export async function readPlans(
  app: App,
  actor: Actor,
  { limit, offset, ...wanted }: Wanted & { readonly limit?: number; readonly offset?: number },
): Promise<Output<typeof listPlans>> {
  const { organisation } = requirePerson(actor)
  const asOf = app.clock()
  const { rows, today } = await app.db.as(actor, async (tx) => {
    const today = dayAt(await readClockSettings(tx, organisation), asOf)
    return { today, rows: await inOrder(matching(tx, wanted, today)).execute() }
  })
  const offices = await app.db.as(system, (tx) =>
    nameOfficesOf(
      tx,
      rows.map(({ office }) => office),
    ),
  )
  const sought = wanted.lead?.toLocaleLowerCase() ?? ''
  const isSought = ({ lead, officeName }: PlannedAction) =>
    `${lead} ${officeName ?? ''}`.toLocaleLowerCase().includes(sought)
  const actions = rows
    .map((row) => plannedOf(row, { today, offices }))
    .filter(isSought)
    // Only what is decided has a day that can pass, so a thought with an early day comes after it.
    .sort((a, b) => Number(b.isOverdue) - Number(a.isOverdue))
  return {
    asOf,
    today,
    total: actions.length,
    overdue: actions.filter(({ isOverdue }) => isOverdue).length,
    actions: actions.slice(offset ?? 0, (offset ?? 0) + (limit ?? actions.length)),
  }
}

/** How many actions on a matter have not ended. */
export async function countOpenActions(tx: Tx, matter: MatterId): Promise<number> {
  const { count } = await tx
    .selectFrom('action')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('matter', '=', matter)
    .where('status', 'not in', ['done', 'stopped'])
    .executeTakeFirstOrThrow()
  return count
}
