import type { moveAction, planAction, rescheduleAction } from '@tocsin/api/action-plans.ts'
import type { Input } from '@tocsin/api/route.ts'
import {
  type Action,
  type ActionId,
  type ActionPlan,
  type ActionStatus,
  isOver,
  isReminded,
  lackingFor,
  mayMove,
  stepsTo,
} from '@tocsin/domain/action-plan.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import type { Matter, MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { stopClocks } from '../docket/clocks.ts'
import { holdId } from '../docket/numbering.ts'
import { requireOpenMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import { draftOwedNote } from './notes.ts'
import { type KnownOffice, knownOffice, requireAllowed } from './offices.ts'
import { followClock } from './reminders.ts'
import { columnsOf, findAction, getAction } from './store.ts'

type Planning = Input<typeof planAction>['body']

/**
 * Plans an action. What has come further already is put on record with every step on the way, each
 * under the rule that holds for it.
 */
export async function plan(
  app: App,
  actor: Actor,
  on: { readonly matter: MatterId; readonly action: ActionId },
  { status, text, ...planned }: Planning,
): Promise<Action> {
  const office = await knownOffice(app, actor, planned.office)
  return app.db.as(actor, async (tx) => {
    await holdId(tx, on.action)
    const known = await findAction(tx, on.action)
    if (known && known.matter !== on.matter) throw new Problem('action.other-matter')
    if (known) return known
    const matter = await holdMatter(tx, actor, on.matter)
    await requireSensible(tx, matter, planned, office)
    const at = app.clock()
    await tx
      .insertInto('action')
      .values({
        id: on.action,
        matter: matter.id,
        status: 'contemplated',
        ...columnsOf(planned),
        ending: null,
        planned_by: actor.kind === 'person' ? actor.person : null,
        planned_at: at,
        moved_at: at,
        started_at: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    // An id that somebody else has already is none that the actor can see.
    const action = await getAction(tx, on.action)
    const facts = {
      ...namesOf(action),
      ...{ lead: action.lead, howWeWillKnow: action.howWeWillKnow },
      ...{ riskFactors: action.riskFactors, commitments: action.commitments },
      ...(action.due && { due: action.due }),
    }
    const entry = { matter: matter.id, actor, text: action.expectedEffect, facts }
    await appendEntry(app, tx, { ...entry, kind: 'action.planned' })
    const steps = stepsTo(status)
    for (const to of steps) {
      await step(app, tx, actor, on.action, { to, text, isLast: to === steps.at(-1) })
    }
    await followClock(app, tx, matter, { before: undefined, now: await getAction(tx, on.action) })
    await draftOwedNote(app, tx, matter.id)
    return getAction(tx, on.action)
  })
}

type Moving = Input<typeof moveAction>['body']

/** Moves an action on; asked for what is so already, nothing is done. */
export async function move(
  app: App,
  actor: Actor,
  id: ActionId,
  { to, text, ...given }: Moving,
): Promise<Action> {
  const named = await knownOffice(app, actor, given.office)
  return app.db.as(actor, async (tx) => {
    const { matter: on } = await getAction(tx, id)
    const matter = await holdMatter(tx, actor, on)
    const action = await getAction(tx, id)
    if (action.status === to) return action
    if (!mayMove(action.status, to)) throw new Problem('action.cannot-move')
    const { basis, authorisation, office, start, due } = { ...action, ...defined(given) }
    const changed: ActionPlan = { ...action, basis, authorisation, office, start, due }
    await requireSensible(tx, matter, changed, named)
    await tx.updateTable('action').set(columnsOf(changed)).where('id', '=', id).execute()
    await step(app, tx, actor, id, { to, text, isLast: true })
    await followClock(app, tx, matter, { before: action, now: await getAction(tx, id) })
    await draftOwedNote(app, tx, matter.id)
    return getAction(tx, id)
  })
}

/** What was given; what was not stays as it was. */
const defined = (given: Omit<Moving, 'to' | 'text'>) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<
    Pick<Action, 'basis' | 'authorisation' | 'office' | 'start' | 'due'>
  >

type Step = {
  readonly to: ActionStatus
  readonly text: string | null
  /** Where it ends up: what has gone on since is asked for nothing that lies ahead. */
  readonly isLast: boolean
}

async function step(
  app: App,
  tx: Tx,
  actor: Actor,
  id: ActionId,
  { to, text, isLast }: Step,
): Promise<void> {
  const action = await getAction(tx, id)
  const lacking = lackingFor(action, to, text)
  if (lacking.includes('authorisation')) throw new Problem('action.needs-authorisation')
  const missing = isLast ? lacking : []
  if (missing.length > 0) {
    const issues = missing.map((path) => ({ path, code: 'required' }))
    throw new Problem('request.invalid', { issues })
  }
  const at = app.clock()
  await tx
    .updateTable('action')
    .set({
      status: to,
      moved_at: at,
      ...(to === 'in-execution' && { started_at: at }),
      ...(isOver(to) && { ending: text }),
    })
    .where('id', '=', id)
    .execute()
  await putOnRecord(app, tx, actor, action, { to, text: isLast ? text : null })
}

/** That it goes into execution is what the matter's station "acted" is reached by. */
async function putOnRecord(
  app: App,
  tx: Tx,
  actor: Actor,
  action: Action,
  { to, text }: Omit<Step, 'isLast'>,
): Promise<void> {
  const { matter, basis, authorisation, due } = action
  if (to === 'in-execution') {
    const notification = basis?.notification
    // Whoever decided is waited for to act: this is the act.
    const of = notification ? { notification } : { action: 'none' as const }
    await stopClocks(tx, app.clock(), { matter, kinds: ['act'], ...of })
    const facts = { ...namesOf(action), by: action.lead }
    await appendEntry(app, tx, { matter, kind: 'matter.acted', actor, text, facts })
    return
  }
  const facts = {
    ...namesOf(action),
    to,
    ...(to === 'decided' && basis && { basis: basis.text, basisKind: basis.kind }),
    ...(to === 'decided' && authorisation && { authorisation }),
    ...(to === 'decided' && due && { due }),
  }
  await appendEntry(app, tx, { matter, kind: 'action.moved', actor, text, facts })
}

type Schedule = Input<typeof rescheduleAction>['body']

/** Changes who is in charge and when; a new day plans the reminders anew. */
export async function reschedule(
  app: App,
  actor: Actor,
  id: ActionId,
  { reasons, ...wanted }: Schedule,
): Promise<Action> {
  const named = await knownOffice(app, actor, wanted.office)
  return app.db.as(actor, async (tx) => {
    const { matter: on } = await getAction(tx, id)
    const matter = await holdMatter(tx, actor, on)
    const action = await getAction(tx, id)
    if (isOver(action.status)) throw new Problem('action.cannot-move')
    const { lead, office, start, due } = action
    const before = { lead, office, start, due }
    if (JSON.stringify(before) === JSON.stringify({ ...before, ...wanted })) return action
    const changed = { ...action, ...wanted }
    const missing = isReminded(action) ? lackingFor(changed, action.status, null) : []
    if (missing.length > 0) {
      const issues = missing.map((path) => ({ path, code: 'required' }))
      throw new Problem('request.invalid', { issues })
    }
    await requireSensible(tx, matter, changed, named)
    await tx.updateTable('action').set(columnsOf(changed)).where('id', '=', id).execute()
    const facts = { ...namesOf(action), ...changesOf(before, wanted) }
    const entry = { matter: matter.id, kind: 'action.moved', actor, text: reasons, facts } as const
    await appendEntry(app, tx, entry)
    await followClock(app, tx, matter, { before: action, now: changed })
    return getAction(tx, id)
  })
}

type Scheduled = Pick<ActionPlan, 'lead' | 'office' | 'start' | 'due'>

/** What was changed, to what and from what; nothing of what stays. */
function changesOf(before: Scheduled, now: Scheduled): Readonly<Record<string, string>> {
  const names = ['lead', 'office', 'start', 'due'] as const
  const changed = names.filter((name) => before[name] !== now[name])
  return Object.fromEntries(
    changed.flatMap((name) => [
      [name, now[name] ?? ''],
      [`${name}Before`, before[name] ?? ''],
    ]),
  )
}

/** What every entry about an action says: which one it is about. */
export const namesOf = ({ id, title, card }: Action) => ({
  action: id,
  title,
  ...(card && { card }),
})

/** The open matter, held until the transaction ends: of two who act at once one sees what the other did. */
async function holdMatter(tx: Tx, actor: Actor, id: MatterId): Promise<Matter> {
  const matter = await requireOpenMatter(tx, actor, id)
  await tx.selectFrom('matter').select('id').where('id', '=', id).forUpdate().execute()
  return matter
}

/** The office may be told of the matter, the days are in order, and what is cited was said on it. */
async function requireSensible(
  tx: Tx,
  { id, excluded }: Matter,
  { start, due, basis, warning }: ActionPlan,
  office: KnownOffice | undefined,
): Promise<void> {
  if (office) requireAllowed(office, excluded)
  if (start && due && due < start) refuse('due', 'before-start')
  if (basis?.notification) {
    const answer = await tx
      .selectFrom('notification')
      .select('id')
      .where('id', '=', basis.notification)
      .where('matter', '=', id)
      .where('answered_at', 'is not', null)
      .executeTakeFirst()
    if (!answer) refuse('basis', 'unknown')
  }
  if (warning) {
    const offering = await tx
      .selectFrom('warning')
      .select('id')
      .where('id', '=', warning)
      .where('matter', '=', id)
      .executeTakeFirst()
    if (!offering) refuse('warning', 'unknown')
  }
}

function refuse(path: string, code: string): never {
  throw new Problem('request.invalid', { issues: [{ path, code }] })
}
