import type { Action, ActionId, ActionPlan, PlannedAction } from '@tocsin/domain/action-plan.ts'
import { isOverdue } from '@tocsin/domain/action-plan.ts'
import type { Article54Note } from '@tocsin/domain/article-54.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Selectable } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>

/** The columns of a plan. */
export const columnsOf = (plan: ActionPlan) => ({
  card: plan.card,
  title: plan.title,
  lead: plan.lead,
  office: plan.office,
  start_day: plan.start,
  due_day: plan.due,
  cost: plan.cost,
  expected_effect: plan.expectedEffect,
  how_we_will_know: plan.howWeWillKnow,
  risk_factors: [...plan.riskFactors].sort((a, b) => a - b),
  commitments: [...plan.commitments].sort(),
  is_regional: plan.isRegional,
  uses_force: plan.usesForce,
  basis: plan.basis && JSON.stringify(plan.basis),
  authorisation: plan.authorisation && JSON.stringify(plan.authorisation),
  warning: plan.warning,
})

export const actionOf = (row: Row<'action'>): Action => ({
  id: row.id,
  matter: row.matter,
  status: row.status,
  card: row.card,
  title: row.title,
  lead: row.lead,
  office: row.office,
  start: row.start_day,
  due: row.due_day,
  cost: row.cost,
  expectedEffect: row.expected_effect,
  howWeWillKnow: row.how_we_will_know,
  riskFactors: row.risk_factors,
  commitments: row.commitments,
  isRegional: row.is_regional,
  usesForce: row.uses_force,
  basis: row.basis,
  authorisation: row.authorisation,
  warning: row.warning,
  ending: row.ending,
  plannedAt: row.planned_at,
  movedAt: row.moved_at,
  startedAt: row.started_at,
})

export async function findAction(tx: Tx, id: ActionId): Promise<Action | undefined> {
  const row = await tx.selectFrom('action').selectAll().where('id', '=', id).executeTakeFirst()
  return row && actionOf(row)
}

export async function getAction(tx: Tx, id: ActionId): Promise<Action> {
  const action = await findAction(tx, id)
  if (!action) throw new Problem('action.not-found')
  return action
}

/** Actions with the matter they stand on; which matters, is said by whoever asks. */
export const plannedActions = (tx: Tx) =>
  tx
    .selectFrom('action')
    .innerJoin('matter', 'matter.id', 'action.matter')
    .selectAll('action')
    .select(['matter.year', 'matter.number', 'matter.title as about', 'matter.organisation'])
    .select('matter.is_exercise')

export type PlannedRow = Row<'action'> & {
  readonly year: number
  readonly number: number
  readonly about: string
  readonly organisation: PlannedAction['organisation']
  readonly is_exercise: boolean
}

export const plannedOf = (
  row: PlannedRow,
  { today, offices }: { readonly today: Day; readonly offices: ReadonlyMap<string, string> },
): PlannedAction => ({
  ...actionOf(row),
  year: row.year,
  number: row.number,
  about: row.about,
  organisation: row.organisation,
  isExercise: row.is_exercise,
  officeName: (row.office && offices.get(row.office)) ?? null,
  isOverdue: isOverdue({ status: row.status, due: row.due_day }, today),
})

export const noteOf = (row: Row<'article_54_note'>): Article54Note => ({
  id: row.id,
  matter: row.matter,
  madeAt: row.made_at,
  text: row.text,
  sending:
    row.sent_at && row.sent_on && row.how && row.signed_by
      ? { sentOn: row.sent_on, how: row.how, signedBy: row.signed_by, recordedAt: row.sent_at }
      : null,
})

/** The notes of a matter that the actor may see, the newest first. */
export const listNotes = (tx: Tx, matter: MatterId) =>
  tx
    .selectFrom('article_54_note')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('made_at', 'desc')
    .execute()
