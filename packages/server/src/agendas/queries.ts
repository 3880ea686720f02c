import type * as api from '@tocsin/api/agendas.ts'
import type { Input, Output } from '@tocsin/api/route.ts'
import { dayAt } from '@tocsin/domain/action-reminders.ts'
import { type Actor, system } from '@tocsin/domain/actor.ts'
import type { PersonId } from '@tocsin/domain/brand.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { OrganId, RuleVersion } from '@tocsin/domain/trigger-rule.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { readClockSettings } from '../docket/clocks.ts'
import { getMatter } from '../docket/queries.ts'
import { getOrgan, itemsOn, linesOf, nameOrgans, organOf, versionOf } from './store.ts'

/** Items on a page of an agenda. */
const ITEMS = 200

/** The organs, and what waits on the agenda of each among the matters that the reader may see. */
export async function readOrgans(app: App, actor: Actor): Promise<Output<typeof api.listOrgans>> {
  const asOf = app.clock()
  const { organs, lines, rules } = await app.db.as(actor, async (tx) => ({
    organs: (await tx.selectFrom('organ').selectAll().orderBy('name').orderBy('id').execute()).map(
      organOf,
    ),
    lines: await tx
      .selectFrom('agenda_item')
      .innerJoin('matter', 'matter.id', 'agenda_item.matter')
      .select(['organ', 'agenda_item.due_at', 'deferred_until'])
      .where('outcome', 'is', null)
      .where('matter.closed_at', 'is', null)
      .where('matter.is_exercise', '=', false)
      .execute(),
    rules: latest(
      (await tx.selectFrom('trigger_rule').selectAll().execute()).map((row) => ({
        ...versionOf(row),
        organ: row.organ,
      })),
    ),
  }))
  const named = await app.db.as(system, (tx) => nameOrgans(tx, organs))
  return {
    asOf,
    organs: named.map((organ) => {
      const own = lines.filter((line) => line.organ === organ.id)
      const standing = own.filter(({ deferred_until }) => deferred_until === null)
      const overdue = standing.filter(({ due_at }) => due_at <= asOf).length
      return {
        ...organ,
        overdue,
        open: standing.length - overdue,
        deferred: own.length - standing.length,
        rules: rules.filter((rule) => rule.organ === organ.id && rule.isInForce).length,
      }
    }),
  }
}

/** The last version of each rule. */
const latest = <Version extends RuleVersion>(versions: readonly Version[]): readonly Version[] =>
  versions.filter(
    ({ rule, version }) => !versions.some((one) => one.rule === rule && one.version > version),
  )

async function namedOrgan(app: App, actor: Actor, id: OrganId) {
  const organ = await app.db.as(actor, (tx) => getOrgan(tx, id))
  const [named] = await app.db.as(system, (tx) => nameOrgans(tx, [organ]))
  if (!named) throw new Error('an organ without a name')
  return named
}

/** The agenda in the order in which it needs the organ: by the time that runs out first. */
export async function readAgenda(
  app: App,
  actor: Actor,
  {
    organ: id,
    show,
    exercise,
  }: Input<typeof api.readAgenda>['params'] & Input<typeof api.readAgenda>['query'],
): Promise<Output<typeof api.readAgenda>> {
  const asOf = app.clock()
  const organ = await namedOrgan(app, actor, id)
  const settings = await app.db.as(system, (tx) => readClockSettings(tx, organ.organisation))
  const items = await app.db.as(actor, async (tx) => {
    const all = itemsOn(tx).where('organ', '=', id).where('matter.is_exercise', '=', exercise)
    const rows =
      show === 'standing'
        ? all
            .where('outcome', 'is', null)
            .where('matter.closed_at', 'is', null)
            .orderBy('deferred_until', (order) => order.asc().nullsFirst())
            .orderBy('agenda_item.due_at')
        : all
            .where((where) =>
              where.or([
                where('outcome', 'is not', null),
                where('matter.closed_at', 'is not', null),
              ]),
            )
            .orderBy('tabled_at', 'desc')
    return linesOf(tx, await rows.orderBy('agenda_item.id').limit(ITEMS).execute(), asOf)
  })
  return { asOf, today: dayAt(settings, asOf), organ, items }
}

/** What obliges the organ, for everybody who works on matters; each rule with all that it ever said. */
export async function readRules(
  app: App,
  actor: Actor,
  id: OrganId,
): Promise<Output<typeof api.readRules>> {
  const organ = await namedOrgan(app, actor, id)
  const rows = await app.db.as(actor, (tx) =>
    tx
      .selectFrom('trigger_rule')
      .selectAll()
      .where('organ', '=', id)
      .orderBy('version', 'desc')
      .execute(),
  )
  const names = await app.db.as(system, (tx) =>
    nameOfPersons(
      tx,
      rows.flatMap(({ set_by, proposed_by }) => [set_by ?? [], proposed_by ?? []].flat()),
    ),
  )
  const nameOf = (person: PersonId | null) => (person && names.get(person)) || null
  const versions = rows.map((row) => ({
    ...versionOf(row),
    by: nameOf(row.set_by),
    proposedBy: nameOf(row.proposed_by),
  }))
  const first = (rule: RuleVersion['rule']) =>
    rows.find((row) => row.rule === rule && row.version === 1)
  const rules = [...Map.groupBy(versions, ({ rule }) => rule)].map(([rule, all]) => ({
    rule,
    versions: all,
  }))
  const order = (rule: RuleVersion['rule']) => `${first(rule)?.set_at} ${first(rule)?.id}`
  return { organ, rules: rules.sort((a, b) => order(a.rule).localeCompare(order(b.rule))) }
}

async function nameOfPersons(tx: Tx, persons: readonly PersonId[]) {
  if (persons.length === 0) return new Map<PersonId, string>()
  const rows = await tx
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(persons)])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** On which agendas a matter stands or stood, for whoever may read it. */
export async function readAgendasOf(
  app: App,
  actor: Actor,
  matter: MatterId,
): Promise<Output<typeof api.listAgendasOf>> {
  const asOf = app.clock()
  return app.db.as(actor, async (tx) => {
    await getMatter(tx, matter)
    const rows = await itemsOn(tx)
      .where('matter.id', '=', matter)
      .orderBy('tabled_at', 'desc')
      .orderBy('agenda_item.id')
      .limit(ITEMS)
      .execute()
    return { asOf, items: await linesOf(tx, rows, asOf) }
  })
}
