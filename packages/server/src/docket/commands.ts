import type { Outcome } from '@tocsin/api/people.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { maySignForMatter, mayWork } from '@tocsin/domain/docket-access.ts'
import type { Confidence, Level } from '@tocsin/domain/level.ts'
import type { Matter, MatterId, MatterOpening, Review } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { ClockKind } from '@tocsin/domain/service-clock.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { z } from 'zod'
import { countOpenActions } from '../action-plans/queries.ts'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import type { Tx } from '../database/database.ts'
import { requireStepUp } from '../identity/step-up.ts'
import { stopClocks } from './clocks.ts'
import { listMissed } from './missed-rungs.ts'
import { holdId } from './numbering.ts'
import { insertMatter } from './opening.ts'
import { countOwing, findMatter, requireOpenMatter } from './queries.ts'
import { appendEntry } from './record.ts'
import { restartReview } from './review-clock.ts'

export async function openMatter(app: App, actor: Actor, opening: MatterOpening): Promise<Matter> {
  if (!mayWork(actor)) throw new Problem('permission.denied')
  return app.db.as(actor, async (tx) => {
    await holdId(tx, opening.id)
    return (await findMatter(tx, opening.id)) ?? insertMatter(app, tx, actor, opening)
  })
}

type Judgement = {
  readonly level: Level
  readonly confidence: Confidence
  readonly reasons: string
}

export async function assessMatter(
  app: App,
  actor: Actor,
  id: MatterId,
  judgement: Judgement,
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const matter = await requireOpenMatter(tx, actor, id)
    await setLevel(app, tx, actor, matter, judgement)
    await restartReview(app, tx, { ...matter, matter: id, level: judgement.level })
  })
}

async function setLevel(
  app: App,
  tx: Tx,
  actor: Actor,
  { id, level: before }: Matter,
  { level, confidence, reasons }: Judgement,
): Promise<void> {
  await tx.updateTable('matter').set({ level, confidence }).where('id', '=', id).execute()
  const facts = { level, before, confidence }
  await appendEntry(app, tx, { matter: id, kind: 'matter.assessed', actor, text: reasons, facts })
}

/** Two persons close what was of concern; the others one focal point signs for. */
const CLOSING_TAKES_TWO_FROM = 2

const ClosingDetails = z.object({ reasons: z.string() })

export async function reviewMatter(
  app: App,
  actor: Actor,
  id: MatterId,
  review: Review,
): Promise<Outcome> {
  requireStepUp(app, actor)
  return app.db.as(actor, async (tx) => {
    const matter = await requireOpenMatter(tx, actor, id)
    const isForTwo = review.outcome === 'close' && matter.level >= CLOSING_TAKES_TWO_FROM
    if (isForTwo) {
      // Named by its symbol: who decides on approvals reads what it is about on the matter itself.
      const details = { reasons: review.reasons, name: symbolOf('M', matter) }
      const act = { kind: 'docket.close-matter', subject: id, details } as const
      return proposeAct(app, tx, actor, act, closeMatter)
    }
    if (!maySignForMatter(actor, matter)) throw new Problem('permission.denied')
    if (review.outcome === 'close') {
      await close(app, tx, actor, matter, { reasons: review.reasons })
    } else {
      if (review.outcome === 'change-level') await setLevel(app, tx, actor, matter, review)
      const level = review.outcome === 'change-level' ? review.level : matter.level
      const facts = { outcome: review.outcome, level, reviewBy: review.reviewBy }
      const kind = 'matter.reviewed'
      await appendEntry(app, tx, { matter: id, kind, actor, text: review.reasons, facts })
      const reviewed = { matter: id, organisation: matter.organisation, level }
      await restartReview(app, tx, reviewed, review.reviewBy)
    }
    return { state: 'done', alone: false, link: null }
  })
}

/** What two persons agreed on: as the second of them, in their transaction. */
export const closeMatter: Execute = async (app, tx, actor, { subject, details, proposer }) => {
  const matter = await requireOpenMatter(tx, actor, subject as MatterId)
  const { reasons } = ClosingDetails.parse(details)
  await close(app, tx, actor, matter, { reasons, proposer })
  return { link: null }
}

async function close(
  app: App,
  tx: Tx,
  actor: Actor,
  { id }: Matter,
  { reasons, proposer }: { readonly reasons: string; readonly proposer?: string },
): Promise<void> {
  const at = app.clock()
  const unanswered = await countOwing(tx, id)
  const missed = (await listMissed(tx, [id])).length
  const unfinished = await countOpenActions(tx, id)
  // Closed although somebody still owes an answer, an account of what was missed, or an act that was
  // planned: the record says so.
  const facts = { unanswered, missed, unfinished, ...(proposer && { proposer }) }
  await appendEntry(app, tx, { matter: id, kind: 'matter.closed', actor, text: reasons, facts })
  await stopClocks(tx, at, { matter: id, kinds: ClockKind.options })
  await tx.updateTable('matter').set({ closed_at: at }).where('id', '=', id).execute()
}
