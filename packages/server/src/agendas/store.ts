import type { AgendaLine, GivenAnswer, NamedOrgan } from '@tocsin/api/agendas.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { type Organ, type OrganItem, stateOf } from '@tocsin/domain/organ-agenda.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { Condition, type OrganId, type RuleVersion } from '@tocsin/domain/trigger-rule.ts'
import type { Selectable } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>

export const organOf = (row: Row<'organ'>): Organ => ({
  id: row.id,
  organisation: row.organisation,
  name: row.name,
  body: row.body,
  office: row.office,
  madeAt: row.made_at,
})

export const versionOf = (row: Row<'trigger_rule'>): RuleVersion => ({
  id: row.id,
  rule: row.rule,
  version: row.version,
  condition: Condition.parse(row.condition),
  answerHours: row.answer_hours,
  isInForce: row.is_in_force,
  setAt: row.set_at,
  reasons: row.reasons,
  setBy: row.set_by,
})

export const itemOf = (row: Row<'agenda_item'>): OrganItem => ({
  id: row.id,
  organ: row.organ,
  matter: row.matter,
  tabledAt: row.tabled_at,
  dueAt: row.due_at,
  deferredUntil: row.deferred_until,
  reasonsAskedAt: row.reasons_asked_at,
  outcome: row.outcome,
})

export async function findOrgan(tx: Tx, id: OrganId): Promise<Organ | undefined> {
  const row = await tx.selectFrom('organ').selectAll().where('id', '=', id).executeTakeFirst()
  return row && organOf(row)
}

export async function getOrgan(tx: Tx, id: OrganId): Promise<Organ> {
  const organ = await findOrgan(tx, id)
  if (!organ) throw new Problem('agenda.not-found')
  return organ
}

/** Every version of every rule of an organ, the oldest first. */
export const listVersions = async (tx: Tx, organ: OrganId): Promise<RuleVersion[]> =>
  (
    await tx
      .selectFrom('trigger_rule')
      .selectAll()
      .where('organ', '=', organ)
      .orderBy('set_at')
      .orderBy('version')
      .orderBy('id')
      .execute()
  ).map(versionOf)

/** As the system: organs with the names of who speaks for them, of those that the reader may know. */
export async function nameOrgans(tx: Tx, organs: readonly Organ[]): Promise<NamedOrgan[]> {
  if (organs.length === 0) return []
  const rows = await tx
    .selectFrom('post')
    .innerJoin('organisation', 'organisation.id', 'post.organisation')
    .select(['post.id', 'post.title', 'organisation.name'])
    .where(
      'post.id',
      'in',
      organs.map(({ office }) => office),
    )
    .execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  return organs.map((organ) => {
    const { title, name } = known.get(organ.office) ?? { title: '–', name: '–' }
    return { ...organ, organisationName: name, officeName: title }
  })
}

/** Items with the matters they are about; whose and which, is said by whoever asks. */
export const itemsOn = (tx: Tx) =>
  tx
    .selectFrom('agenda_item')
    .innerJoin('matter', 'matter.id', 'agenda_item.matter')
    .innerJoin('organ', 'organ.id', 'agenda_item.organ')
    .selectAll('agenda_item')
    .select(['organ.name as organ_name', 'matter.title', 'matter.year', 'matter.number'])
    .select(['matter.level', 'matter.marking', 'matter.is_exercise', 'matter.closed_at'])

type ItemRow = Awaited<ReturnType<ReturnType<typeof itemsOn>['execute']>>[number]

/** The items with what put them there and what was answered. */
export async function linesOf(
  tx: Tx,
  rows: readonly ItemRow[],
  now: Instant,
): Promise<AgendaLine[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const grounds = await tx
    .selectFrom('agenda_ground')
    .innerJoin('trigger_rule', 'trigger_rule.id', 'agenda_ground.version')
    .select(['agenda_ground.item', 'agenda_ground.rule', 'agenda_ground.version', 'about'])
    .select(['arises_at as arisesAt', 'trigger_rule.condition'])
    .where('agenda_ground.item', 'in', ids)
    .orderBy('arises_at')
    .orderBy('agenda_ground.id')
    .execute()
  const answers = await tx
    .selectFrom('agenda_answer')
    .selectAll()
    .where('item', 'in', ids)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    ...itemOf(row),
    organName: row.organ_name,
    state: stateOf(itemOf(row), { now, closedAt: row.closed_at }),
    ...{ title: row.title, year: row.year, number: row.number, level: row.level },
    ...{ marking: row.marking, isExercise: row.is_exercise },
    grounds: grounds
      .filter(({ item }) => item === row.id)
      .map(({ item: _, condition, ...ground }) => ({
        ...ground,
        condition: Condition.parse(condition),
      })),
    answers: answers.filter(({ item }) => item === row.id).map(answerOf),
  }))
}

const answerOf = (row: Row<'agenda_answer'>): GivenAnswer => ({
  id: row.id,
  outcome: row.outcome,
  text: row.text,
  lateReasons: row.late_reasons,
  until: row.until_day,
  by: row.answered_by,
  office: row.answered_by_office,
  at: row.at,
})
