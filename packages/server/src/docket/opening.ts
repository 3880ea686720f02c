import type { Actor } from '@tocsin/domain/actor.ts'
import { firstReview, type Matter, type MatterOpening } from '@tocsin/domain/matter.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { requirePerson } from '../identity/step-up.ts'
import { takeNumber } from './numbering.ts'
import { getMatter } from './queries.ts'
import { appendEntry } from './record.ts'
import { restartReview } from './review-clock.ts'

/** Opens a matter in the caller's transaction. */
export async function insertMatter(
  app: App,
  tx: Tx,
  actor: Actor,
  opening: MatterOpening,
): Promise<Matter> {
  const { organisation } = requirePerson(actor)
  const at = app.clock()
  const { isExercise, ...said } = opening
  await tx
    .insertInto('matter')
    .values({
      ...said,
      organisation,
      ...(await takeNumber(tx, { organisation, at, what: isExercise ? 'drill' : 'matter' })),
      is_exercise: isExercise,
      level: 0,
      confidence: null,
      opened_at: at,
      review_by: firstReview(at),
      due_at: null,
      due_kind: null,
      closed_at: null,
      head_digest: null,
    })
    .execute()
  const { id: matter, title, summary } = opening
  await appendEntry(app, tx, {
    matter,
    kind: 'matter.opened',
    actor,
    text: summary,
    facts: { title },
  })
  await restartReview(app, tx, { matter, organisation, level: 0 })
  return getMatter(tx, matter)
}
