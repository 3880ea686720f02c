import type { Outcome } from '@tocsin/api/people.ts'
import {
  type Actor,
  defaultPublicView,
  mayOperateNode,
  PublicArea,
  type PublicView,
  visitor,
} from '@tocsin/domain/actor.ts'
import type { Act } from '@tocsin/domain/approval.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import { type Execute, proposeAct } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'

const NAME = 'public-view'
const Stored = z.partialRecord(PublicArea, z.boolean())

/** What visitors may read; read anew for each request, so that closing takes effect at once. */
export async function readPublicView(app: App): Promise<PublicView> {
  return app.db.as(visitor, readIn)
}

async function readIn(tx: Tx): Promise<PublicView> {
  const row = await tx
    .selectFrom('node_setting')
    .select('value')
    .where('name', '=', NAME)
    .executeTakeFirst()
  return { ...defaultPublicView, ...(row && Stored.parse(row.value)) }
}

/** Closing protects: one person, at once. Opening exposes: two. */
export async function setPublicView(
  app: App,
  actor: Actor,
  { area, open }: { readonly area: PublicArea; readonly open: boolean },
): Promise<Outcome> {
  if (!mayOperateNode(actor)) throw new Problem('permission.denied')
  return app.db.as(actor, async (tx) => {
    if (open) {
      const act: Act = { kind: 'settings.open-public-view', subject: area, details: { area } }
      return proposeAct(app, tx, actor, act, openPublicView)
    }
    await write(app, tx, actor, area, false)
    return { state: 'done', alone: false, link: null }
  })
}

/** Does the act `settings.open-public-view`. */
export const openPublicView: Execute = async (app, tx, actor, { subject }) => {
  await write(app, tx, actor, PublicArea.parse(subject), true)
  return { link: null }
}

async function write(
  app: App,
  tx: Tx,
  actor: Actor,
  area: PublicArea,
  open: boolean,
): Promise<void> {
  const at = app.clock()
  // Two changes at once must not undo each other: the second waits, then reads the first's.
  await tx
    .insertInto('node_setting')
    .values({ name: NAME, value: JSON.stringify({}), set_at: at })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  await tx.selectFrom('node_setting').select('name').where('name', '=', NAME).forUpdate().execute()
  const before = await readIn(tx)
  const value = JSON.stringify({ ...before, [area]: open })
  await tx.updateTable('node_setting').set({ value, set_at: at }).where('name', '=', NAME).execute()
  const act = open ? 'settings.public-view-opened' : 'settings.public-view-closed'
  await recordAudit(tx, { at, actor, organisation: null, act, subject: area })
}
