import type { ClockOverview } from '@tocsin/api/clocks.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import { maySignForMatter, mayWork } from '@tocsin/domain/docket-access.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ClockSettings } from '@tocsin/domain/service-clock.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import { requirePerson, requireStepUp } from '../identity/step-up.ts'
import { listOfficesIn } from '../warnings/recipients.ts'
import { readClockSettings } from './clocks.ts'
import { listMissed } from './missed-rungs.ts'

/** The clocks with what the page beside them needs; who may not write is told only the chosen offices. */
export async function readClockOverview(app: App, actor: Actor): Promise<ClockOverview> {
  const { organisation } = requirePerson(actor)
  const asOf = app.clock()
  const own = await app.db.as(actor, async (tx) => {
    const set = await tx
      .selectFrom('clock_setting')
      .leftJoin('person', 'person.id', 'clock_setting.set_by')
      .select(['set_at', 'person.name'])
      .where('clock_setting.organisation', '=', organisation)
      .executeTakeFirst()
    const matters = await tx
      .selectFrom('matter')
      .select('id')
      .where('organisation', '=', organisation)
      .where('is_exercise', '=', false)
      .where('closed_at', 'is', null)
      .execute()
    return {
      settings: await readClockSettings(tx, organisation),
      set: set ? { at: set.set_at, by: set.name } : null,
      missed: await listMissed(
        tx,
        matters.map(({ id }) => id),
      ),
    }
  })
  const chosen = new Set(Object.values(own.settings.offices))
  // As the system: offices of other organisations are named, their people are not.
  const offices = await app.db.as(system, (tx) => listOfficesIn(tx, { organisation, at: asOf }))
  const shown = mayWork(actor) ? offices : offices.filter(({ post }) => chosen.has(post))
  return { asOf, ...own, offices: shown }
}

/** Clocks that run keep their time: what is changed here holds for those that start from now on. */
export async function setClockSettings(
  app: App,
  actor: Actor,
  settings: ClockSettings,
): Promise<ClockSettings> {
  const { organisation, person } = requirePerson(actor)
  if (!maySignForMatter(actor, { organisation })) throw new Problem('permission.denied')
  requireStepUp(app, actor)
  const now = app.clock()
  const offices = await app.db.as(system, (tx) => listOfficesIn(tx, { organisation, at: now }))
  const known = new Set(offices.map(({ post }) => post))
  const unknown = Object.entries(settings.offices).filter(([, post]) => post && !known.has(post))
  if (unknown.length > 0) {
    const issues = unknown.map(([office]) => ({ path: `offices.${office}`, code: 'unknown' }))
    throw new Problem('request.invalid', { issues })
  }
  return app.db.as(actor, async (tx) => {
    const value = JSON.stringify(settings)
    await tx
      .insertInto('clock_setting')
      .values({ id: organisation, organisation, value, set_by: person, set_at: now })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ value, set_by: person, set_at: now }),
      )
      .execute()
    const deed = { at: now, actor, act: 'docket.clocks-changed', subject: organisation }
    await recordAudit(tx, { ...deed, details: { settings } })
    return settings
  })
}
