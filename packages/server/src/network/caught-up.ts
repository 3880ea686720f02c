import type * as api from '@tocsin/api/restored.ts'
import type { Output } from '@tocsin/api/route.ts'
import { type Actor, mayOperateNode, system } from '@tocsin/domain/actor.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { beginLogAnew, readLogNames } from './log-anew.ts'
import { largestSeen } from './log-cosigning.ts'
import { shareMatterState } from './share.ts'

/* How the waiting after a restore ends: when every pinned member has answered, or an operator says so. */

/** The pinned members that have not said yet what they hold. */
export const listUnanswered = (tx: Tx) =>
  tx
    .selectFrom('awaited_answer')
    .innerJoin('member', 'member.organisation', 'awaited_answer.organisation')
    .innerJoin('organisation', 'organisation.id', 'awaited_answer.organisation')
    .select(['organisation.id as organisation', 'name', 'asked', 'began_at as since'])
    .where('member.state', '=', 'pinned')
    .orderBy('name')
    .execute()

/** Whose own words are waited for. */
const listWaiting = (tx: Tx) =>
  tx
    .selectFrom('awaited_answer')
    .leftJoin('member', 'member.organisation', 'awaited_answer.organisation')
    .select(['awaited_answer.organisation', 'began_at'])
    .where('member.organisation', 'is', null)
    .execute()

/** What this node waits for after a restore; it tells nothing while it does. */
export function readRestored(app: App): Promise<Output<typeof api.getRestored>> {
  return app.db.as(system, async (tx) => ({
    isWaiting: (await listWaiting(tx)).length > 0,
    unanswered: await listUnanswered(tx),
  }))
}

/** An operator decides not to wait for those that have not answered: what they hold may then be a fork. */
export async function goOn(app: App, actor: Actor): Promise<void> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  const unanswered = await app.db.as(system, listUnanswered)
  await app.db.as(actor, (tx) =>
    recordAudit(tx, {
      ...{ at: app.clock(), actor, organisation: null, act: 'network.gone-on' },
      subject: 'restore',
      details: { unanswered: unanswered.map(({ organisation }) => organisation) },
    }),
  )
  await endWaiting(app)
}

/** Ends the waiting once nobody is left to ask. */
export async function endWhenAnswered(app: App): Promise<void> {
  const isOver = await app.db.as(system, async (tx) => {
    const [waiting, unanswered] = [await listWaiting(tx), await listUnanswered(tx)]
    return waiting.length > 0 && unanswered.length === 0
  })
  if (isOver) await endWaiting(app)
}

async function endWaiting(app: App): Promise<void> {
  const waiting = await app.db.as(system, listWaiting)
  for (const { organisation, began_at } of waiting) {
    const { origin } = await app.db.as(system, (tx) => readLogNames(app, tx, organisation))
    const seen = await largestSeen(app, origin)
    const isOver = await app.db.as(system, async (tx) => {
      const ended = await tx
        .deleteFrom('awaited_answer')
        .where('organisation', '=', organisation)
        .executeTakeFirst()
      // Another process was first.
      if (ended.numDeletedRows === 0n) return false
      await beginLogAnew(app, tx, organisation, seen)
      return true
    })
    if (isOver) await tellTouched(app, organisation, began_at)
  }
}

/** What people did on shared matters meanwhile is told now. */
async function tellTouched(app: App, organisation: OrganisationId, since: Instant): Promise<void> {
  const { rows } = await app.db.as(system, (tx) =>
    sql<{ id: MatterId }>`select distinct matter.id from entry
      join matter on matter.id = entry.matter
      where matter.organisation = ${organisation} and entry.at >= ${since}`.execute(tx),
  )
  for (const { id } of rows) {
    await app.db
      .as(system, (tx) => shareMatterState(app, tx, id))
      .catch((error: unknown) => app.log.error({ error, matter: id }, 'a matter was not told'))
  }
}
