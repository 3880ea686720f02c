import type { MissedRung } from '@tocsin/api/clocks.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { SkipReason } from '@tocsin/domain/escalation.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { requireOpenMatter } from './queries.ts'
import { appendEntry } from './record.ts'

/** The rungs of these matters that nobody has written anything about, the longest due first. */
export async function listMissed(tx: Tx, matters: readonly MatterId[]): Promise<MissedRung[]> {
  if (matters.length === 0) return []
  const rows = await tx
    .selectFrom('clock_step')
    .innerJoin('clock', 'clock.id', 'clock_step.clock')
    .innerJoin('matter', 'matter.id', 'clock_step.matter')
    .leftJoin('notification', 'notification.id', 'clock.notification')
    .leftJoin('action', 'action.id', 'clock.action')
    .leftJoin('agenda_item', 'agenda_item.id', 'clock.agenda_item')
    .leftJoin('organ', 'organ.id', 'agenda_item.organ')
    .select(['clock_step.id', 'clock_step.matter', 'matter.title', 'clock.kind', 'tell', 'percent'])
    .select(['reason', 'clock_step.due_at', 'clock_step.done_at'])
    .select(({ fn }) =>
      fn.coalesce('notification.authority', 'action.title', 'organ.name').as('authority'),
    )
    .where('clock_step.matter', 'in', [...matters])
    .where('missed', '=', true)
    .where('answered_for', 'is', null)
    .orderBy('clock_step.due_at')
    .orderBy('percent')
    .execute()
  return rows.map(
    ({ id, matter, title, kind, tell, percent, reason, due_at, done_at, authority }) => ({
      id,
      matter,
      title,
      clock: kind,
      tell,
      percent,
      // A rung that told somebody after all was late; the others say why they told nobody.
      reason: SkipReason.safeParse(reason).data ?? null,
      dueAt: due_at,
      doneAt: done_at ?? due_at,
      about: authority,
    }),
  )
}

type Account = { readonly rungs: readonly string[]; readonly what: string }

/** Puts on record what was done about rungs that were missed; until then they stand on the docket. */
export async function answerForMissed(
  app: App,
  actor: Actor,
  matter: MatterId,
  { rungs, what }: Account,
): Promise<void> {
  await app.db.as(actor, async (tx) => {
    await requireOpenMatter(tx, actor, matter)
    const open = await listMissed(tx, [matter])
    const wanted = open.filter(({ id }) => rungs.includes(id))
    const { numUpdatedRows } = await tx
      .updateTable('clock_step')
      .set({ answered_for: app.clock() })
      .where('id', 'in', [...rungs])
      .where('matter', '=', matter)
      .where('missed', '=', true)
      // Of two who answer at once the second one is told so.
      .where('answered_for', 'is', null)
      .executeTakeFirst()
    if (
      Number(numUpdatedRows) !== new Set(rungs).size ||
      wanted.length !== Number(numUpdatedRows)
    ) {
      throw new Problem('matter.rung-not-missed')
    }
    const facts = {
      rungs: wanted.map(({ id, clock, tell, percent, about, reason, dueAt, doneAt }) => ({
        ...{ rung: id, clock, tell, percent, about: about ?? '' },
        ...{ reason: reason ?? 'late', due: dueAt, done: doneAt },
      })),
    }
    await appendEntry(app, tx, { matter, kind: 'clock.answered-for', actor, text: what, facts })
  })
}
