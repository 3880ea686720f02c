import type { ActionId, OutcomeReview, Progress } from '@tocsin/domain/action-plan.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { InsertResult } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { holdId } from '../docket/numbering.ts'
import { getMatter, requireOpenMatter } from '../docket/queries.ts'
import { appendEntry, authorOf } from '../docket/record.ts'
import { namesOf } from './commands.ts'
import { getAction } from './store.ts'

/** Puts on record what was done, with files of the matter as evidence; sent twice, it is there once. */
export async function report(
  app: App,
  actor: Actor,
  id: ActionId,
  { id: progress, what, next, evidence }: Progress,
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    await holdId(tx, progress)
    const action = await getAction(tx, id)
    const { id: matter, organisation } = await requireOpenMatter(tx, actor, action.matter)
    if (await isThere(tx, 'action_progress', progress)) return
    if (action.status === 'contemplated') throw new Problem('action.not-begun')
    const files = [...new Set(evidence)]
    const found = await tx
      .selectFrom('attachment')
      .select('id')
      .where('matter', '=', matter)
      .where('id', 'in', files.length > 0 ? files : [null as never])
      .execute()
    if (found.length !== files.length) throw new Problem('action.evidence-unknown')
    const at = app.clock()
    const { name } = await authorOf(tx, actor, organisation, at)
    const row = { id: progress, action: id, matter, what, next_step: next, evidence: files }
    const kept = await tx
      .insertInto('action_progress')
      .values({ ...row, reported_by: name, at })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    requireKept(kept)
    const facts = { ...namesOf(action), evidence: files, ...(next && { next }) }
    await appendEntry(app, tx, { matter, kind: 'action.reported', actor, text: what, facts })
  })
}

/** What is learnt is often learnt late: a closed matter takes it too. */
export async function review(
  app: App,
  actor: Actor,
  id: ActionId,
  { id: given, what, asExpected, learned }: OutcomeReview,
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    await holdId(tx, given)
    const action = await getAction(tx, id)
    const { id: matter, organisation } = await getMatter(tx, action.matter)
    if (!mayWorkOnMatter(actor, { organisation })) throw new Problem('permission.denied')
    if (await isThere(tx, 'action_review', given)) return
    if (action.startedAt === null) throw new Problem('action.not-begun')
    const at = app.clock()
    const { name } = await authorOf(tx, actor, organisation, at)
    const row = { id: given, action: id, matter, what, as_expected: asExpected, learned }
    const kept = await tx
      .insertInto('action_review')
      .values({ ...row, reviewed_by: name, at })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    requireKept(kept)
    const facts = { ...namesOf(action), asExpected, ...(learned && { learned }) }
    await appendEntry(app, tx, { matter, kind: 'matter.effect-seen', actor, text: what, facts })
  })
}

async function isThere(
  tx: Tx,
  table: 'action_progress' | 'action_review',
  id: string,
): Promise<boolean> {
  const row = await tx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

/** An id that somebody else has already is none that the actor can see. */
function requireKept({ numInsertedOrUpdatedRows }: InsertResult): void {
  if (numInsertedOrUpdatedRows !== 1n) throw new Problem('action.not-found')
}
