import type { setUpOrgan } from '@tocsin/api/agendas.ts'
import type { Input } from '@tocsin/api/route.ts'
import { dayAt } from '@tocsin/domain/action-reminders.ts'
import { type Actor, type PersonActor, system } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import {
  answerFault,
  type ItemAnswer,
  maySpeakForOrgan,
  type Organ,
  type OrganItemId,
} from '@tocsin/domain/organ-agenda.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { bodies } from '@tocsin/domain/regional-bodies/catalogue.ts'
import {
  firstRules,
  type OrganId,
  type RuleVersionId,
  type TriggerRuleId,
} from '@tocsin/domain/trigger-rule.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Tx } from '../database/database.ts'
import { readClockSettings, stopClocks } from '../docket/clocks.ts'
import { holdId } from '../docket/numbering.ts'
import { findMatter } from '../docket/queries.ts'
import { appendEntry, authorOf } from '../docket/record.ts'
import { requirePerson, requireStepUp } from '../identity/step-up.ts'
import { findOrgan, getOrgan, itemOf } from './store.ts'

type Said = Input<typeof setUpOrgan>['body']

/**
 * Sets up an organ of the actor's organisation, with the rules that an organ begins with: they oblige
 * nobody but itself, so one officer may. Of one that exists, changes what is said.
 */
export async function setUp(app: App, actor: Actor, id: OrganId, said: Said): Promise<Organ> {
  const { organisation } = requirePerson(actor)
  if (!maySpeakForOrgan(actor, { organisation })) throw new Problem('permission.denied')
  const { name, body, office } = said
  if (body !== null && !bodies.some(({ code }) => code === body)) throw refused('body')
  return app.db.as(actor, async (tx) => {
    await holdId(tx, id)
    const known = await findOrgan(tx, id)
    if (known && known.organisation !== organisation) throw new Problem('permission.denied')
    const isOwn = await tx
      .selectFrom('post')
      .select('id')
      .where('id', '=', office)
      .where('organisation', '=', organisation)
      .where('abolished_at', 'is', null)
      .executeTakeFirst()
    if (!isOwn) throw refused('office')
    const at = app.clock()
    const deed = { at, actor, organisation, subject: id, details: { ...said } }
    if (known) {
      await tx.updateTable('organ').set({ name, body, office }).where('id', '=', id).execute()
      await recordAudit(tx, { ...deed, act: 'agenda.organ-changed' })
      return getOrgan(tx, id)
    }
    await tx
      .insertInto('organ')
      .values({ id, organisation, name, body, office, made_at: at })
      .execute()
    await beginRules(tx, { id, organisation }, at)
    await recordAudit(tx, { ...deed, act: 'agenda.organ-set-up' })
    return getOrgan(tx, id)
  })
}

const refused = (path: string) =>
  new Problem('request.invalid', { issues: [{ path, code: 'refused' }] })

async function beginRules(
  tx: Tx,
  { id: organ, organisation }: Pick<Organ, 'id' | 'organisation'>,
  set_at: Instant,
): Promise<void> {
  const rows = firstRules.map(({ condition, answerHours, isInForce }) => ({
    ...{ id: newId<RuleVersionId>(), rule: newId<TriggerRuleId>(), version: 1 },
    ...{ organ, organisation },
    ...{ condition: JSON.stringify(condition), answer_hours: answerHours, is_in_force: isInForce },
    ...{ reasons: null, proposed_by: null, set_by: null, set_at },
  }))
  await tx.insertInto('trigger_rule').values(rows).execute()
}

type One = { readonly item: OrganItemId; readonly answer: string }

/**
 * Decides on an item, declines with reasons, or puts it off to a day, as whoever speaks for the organ.
 * The answer stands in the record of the matter, whosever it is; so it is written as the system, like
 * the answer of an authority, once the actor was found to read the matter and to speak for the organ.
 */
export async function answer(
  app: App,
  actor: Actor,
  { item: id, answer: name }: One,
  given: ItemAnswer,
): Promise<void> {
  const person = requirePerson(actor)
  const { organ, matter } = await app.db.as(actor, async (tx) => {
    const row = await tx
      .selectFrom('agenda_item')
      .select(['organ', 'matter'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) throw new Problem('agenda.not-found')
    return { organ: await getOrgan(tx, row.organ), matter: row.matter }
  })
  if (!maySpeakForOrgan(actor, organ)) throw new Problem('permission.denied')
  requireStepUp(app, actor)
  await app.db.as(system, async (tx) => {
    await tx.selectFrom('matter').select('id').where('id', '=', matter).forUpdate().execute()
    const isGiven = await tx
      .selectFrom('agenda_answer')
      .select('item')
      .where('id', '=', name)
      .executeTakeFirst()
    if (isGiven?.item === id) return
    if (isGiven) throw new Problem('agenda.answered')
    if ((await findMatter(tx, matter))?.closedAt) throw new Problem('matter.closed')
    await keepAnswer(app, tx, person, { organ, id, name, given })
  })
}

type Given = {
  readonly organ: Organ
  readonly id: OrganItemId
  readonly name: string
  readonly given: ItemAnswer
}

async function keepAnswer(
  app: App,
  tx: Tx,
  actor: PersonActor,
  { organ, id, name, given }: Given,
): Promise<void> {
  const at = app.clock()
  const item = itemOf(
    await tx.selectFrom('agenda_item').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
  const settings = await readClockSettings(tx, organ.organisation)
  const fault = answerFault(item, given, dayAt(settings, at))
  if (fault === 'answered') throw new Problem('agenda.answered')
  if (fault) throw refused(fault)
  const { matter } = item
  const { outcome, text, lateReasons } = given
  const until = given.outcome === 'deferred' ? given.until : null
  const by = await authorOf(tx, actor, organ.organisation, at)
  await tx
    .insertInto('agenda_answer')
    .values({
      ...{ id: name, item: id, matter, outcome, text, at },
      ...{ late_reasons: lateReasons, until_day: until },
      ...{ answered_by: by.name, answered_by_office: by.office },
    })
    .execute()
  await tx
    .updateTable('agenda_item')
    // Reasons were given: the next time has a demand of its own.
    .set(
      outcome === 'deferred'
        ? { deferred_until: until, reasons_asked_at: null }
        : { outcome, deferred_until: null },
    )
    .where('id', '=', id)
    .execute()
  await stopClocks(tx, at, { matter, agendaItem: id, kinds: ['decide'] })
  const facts = {
    ...{ item: id, organ: organ.name, outcome },
    ...(until && { until }),
    ...(lateReasons && { lateReasons }),
  }
  const kind = outcome === 'deferred' ? 'agenda.deferred' : 'agenda.answered'
  await appendEntry(app, tx, { matter, kind, actor, by, text, facts })
}
