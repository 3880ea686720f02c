import type { Actor } from '@tocsin/domain/actor.ts'
import { mayWork, mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { TriggerDate, TriggerDateForm, TriggerDateId } from '@tocsin/domain/trigger-date.ts'
import type { Insertable } from 'kysely'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { requirePerson } from '../identity/step-up.ts'
import { findTriggerDate } from './calendar.ts'
import { requireOpenMatter } from './queries.ts'

/** Adds a date or changes it; the same request twice changes nothing further. */
export async function setTriggerDate(
  app: App,
  actor: Actor,
  id: TriggerDateId,
  form: TriggerDateForm,
): Promise<TriggerDate> {
  if (!mayWork(actor)) throw new Problem('permission.denied')
  const { organisation, person } = requirePerson(actor)
  return app.db.as(actor, async (tx) => {
    const known = await findTriggerDate(tx, id)
    if (known && !mayWorkOnMatter(actor, known)) throw new Problem('permission.denied')
    // A date keeps the matter it was put on, also after that has been closed.
    if (form.matter !== null && form.matter !== known?.matter) {
      await requireRealMatter(tx, actor, form.matter)
    }
    const at = app.clock()
    const values = {
      matter: form.matter,
      kind: form.kind,
      title: form.title,
      from_day: form.fromDay,
      until_day: form.untilDay,
      country: form.country,
      place: form.place,
      lead_days: form.leadDays,
      note: form.note,
      changed_by: person,
      changed_at: at,
    }
    if (known) await tx.updateTable('trigger_date').set(values).where('id', '=', id).execute()
    else await insertDate(tx, { id, organisation, ...values })
    const act = known ? 'docket.date-changed' : 'docket.date-added'
    await recordAudit(tx, { at, actor, act, subject: id })
    return { id, organisation, ...form, changedAt: at }
  })
}

/** An id that somebody else has already is none that the actor can see. */
async function insertDate(tx: Tx, row: Insertable<Schema['trigger_date']>): Promise<void> {
  const made = await tx
    .insertInto('trigger_date')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) throw new Problem('calendar.date-not-found')
}

/** A drill must not stand among the days that are real. */
async function requireRealMatter(tx: Tx, actor: Actor, id: MatterId): Promise<void> {
  const matter = await requireOpenMatter(tx, actor, id)
  if (matter.isExercise) {
    throw new Problem('request.invalid', { issues: [{ path: 'matter', code: 'exercise' }] })
  }
}

/** Removes a date; adding the same again within seconds undoes it, and the audit log shows both. */
export async function removeTriggerDate(app: App, actor: Actor, id: TriggerDateId): Promise<void> {
  await app.db.as(actor, async (tx) => {
    const known = await findTriggerDate(tx, id)
    if (!known) throw new Problem('calendar.date-not-found')
    if (!mayWorkOnMatter(actor, known)) throw new Problem('permission.denied')
    await tx.deleteFrom('trigger_date').where('id', '=', id).execute()
    await recordAudit(tx, { at: app.clock(), actor, act: 'docket.date-removed', subject: id })
  })
}
