import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { type Consultation, standingOf } from '@tocsin/domain/consultation.ts'
import type { Level } from '@tocsin/domain/level.ts'
import type { EntryKind, MatterId } from '@tocsin/domain/matter.ts'
import type { Organ } from '@tocsin/domain/organ-agenda.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { MatterFacts } from '@tocsin/domain/trigger-rule.ts'
import { RecordedObject } from '@tocsin/records/record.ts'
import { readConsultationObject } from '@tocsin/records/stix/consultation.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'

/*
 * What the rules are asked of matters, read as the node itself: a few queries for any number of matters.
 */

/** Entries that say at which level the matter stands from then on. */
const levelKinds: readonly EntryKind[] = [
  'matter.assessed',
  'matter.reviewed',
  'warning.sent',
  'warning.updated',
]

type Told = { readonly matter: MatterId; readonly at: Instant }
type Failures = MatterFacts['failures'][number]

/** The facts of each of these matters, for an organ that may have answered some of them already. */
export async function readFacts(
  tx: Tx,
  { id: organ, organisation }: Pick<Organ, 'id' | 'organisation'>,
  matters: readonly MatterId[],
): Promise<(matter: MatterId) => MatterFacts> {
  const levels = await listLevels(tx, matters)
  const decisions = await listDecisions(tx, matters)
  const clocks = await listClocks(tx, matters)
  const failures = await listFailures(tx, matters)
  const rooms = await listRooms(tx, organisation, matters)
  const answers: Told[] = await tx
    .selectFrom('agenda_answer')
    .innerJoin('agenda_item', 'agenda_item.id', 'agenda_answer.item')
    .select(['agenda_answer.matter', 'agenda_answer.at'])
    .where('organ', '=', organ)
    .where('agenda_answer.matter', 'in', [...matters])
    .where('agenda_answer.outcome', '<>', 'deferred')
    .execute()
  const of = <Row extends { readonly matter: MatterId }>(rows: readonly Row[]) => {
    const found = Map.groupBy(rows, ({ matter }) => matter)
    return (matter: MatterId): readonly Row[] => found.get(matter) ?? []
  }
  const own = {
    ...{ levels: of(levels), decisions: of(decisions), answers: of(answers) },
    ...{ clocks: of(clocks), failures: of(failures), rooms: of(rooms) },
  }
  const ats = (told: readonly Told[]) => told.map(({ at }) => at)
  return (matter) => ({
    levels: own.levels(matter),
    decisions: [
      ...ats(own.decisions(matter)),
      ...own.rooms(matter).flatMap(({ decidedAt }) => decidedAt ?? []),
    ],
    answers: ats(own.answers(matter)),
    clocks: own.clocks(matter),
    failures: own.failures(matter),
    consultations: own.rooms(matter),
  })
}

const listLevels = (tx: Tx, matters: readonly MatterId[]) =>
  tx
    .selectFrom('entry')
    .select(['matter', 'seq', 'at'])
    .select(sql<Level>`(facts -> 'level')::int`.as('level'))
    .where('matter', 'in', [...matters])
    .where('kind', 'in', [...levelKinds])
    .where(sql<boolean>`jsonb_typeof(facts -> 'level') = 'number'`)
    .execute()

/** When an authority decided on a warning. */
const listDecisions = (tx: Tx, matters: readonly MatterId[]) =>
  tx
    .selectFrom('notification')
    .select(['matter', sql<Instant>`answered_at`.as('at')])
    .where('matter', 'in', [...matters])
    .where(sql<boolean>`answer ->> 'outcome' = 'decided'`)
    .execute()

/** The clock of an item itself obliges to nothing. */
const listClocks = (tx: Tx, matters: readonly MatterId[]) =>
  tx
    .selectFrom('clock')
    .leftJoin('notification', 'notification.id', 'clock.notification')
    .leftJoin('action', 'action.id', 'clock.action')
    .select(['clock.id', 'clock.matter', 'clock.kind', 'clock.level'])
    .select(['clock.due_at as dueAt', 'clock.stopped_at as stoppedAt'])
    .select(({ fn }) => fn.coalesce('notification.authority', 'action.title').as('about'))
    .where('clock.matter', 'in', [...matters])
    .where('clock.kind', '<>', 'agenda')
    .where('clock.agenda_item', 'is', null)
    .execute()

/** Answers that were no decision, and warnings that did not arrive, unless they were taken back. */
async function listFailures(
  tx: Tx,
  matters: readonly MatterId[],
): Promise<(Failures & { readonly matter: MatterId })[]> {
  const { rows } = await sql<Failures & { readonly matter: MatterId }>`
    select notification.id, notification.matter, failed.failure, failed.at, failed."endedAt",
      notification.authority as about, (warning.draft ->> 'level')::int as level
    from notification join warning on warning.id = notification.warning
    cross join lateral (values
      ('declined', case when answer ->> 'outcome' = 'declined' then answered_at end, null::timestamptz),
      ('undelivered', failed_at, least(opened_at, acknowledged_at))
    ) as failed (failure, at, "endedAt")
    where notification.matter = any (${[...matters]}::uuid[]) and failed.at is not null
      and warning.state in ('sent', 'expired')`.execute(tx)
  return rows
}

type Room = MatterFacts['consultations'][number] & { readonly matter: MatterId }

/**
 * The rooms convened on these matters here that the organ's organisation is in, and when each came to a
 * decision. The matter may be read by others than are in the room: they are told its symbol and no more.
 */
async function listRooms(
  tx: Tx,
  organisation: OrganisationId,
  matters: readonly MatterId[],
): Promise<readonly Room[]> {
  const { rows } = await sql<{ object: unknown; adopted: Instant | null }>`
    select room.object, decided.at as adopted from shared_object as room
    join matter on matter.id::text = room.object -> 'content' ->> 'matter'
      and matter.organisation = room.organisation
    cross join lateral (select min(created) as at from shared_object as decision
      where decision.audience_id = room.audience_id and decision.type = 'decision'
        and decision.object -> 'content' ->> 'outcome' = 'adopted') as decided
    where room.type = 'consultation' and room.object -> 'content' ->> 'view' = 'room'
      and matter.id = any (${[...matters]}::uuid[])`.execute(tx)
  return rows.flatMap(({ object, adopted }): Room[] => {
    const told = readConsultationObject(RecordedObject.parse(object))
    if (told.view !== 'room') return []
    const standing = standingOf(told, organisation)
    if (standing === undefined || standing === 'recused') return []
    return [
      {
        ...{ matter: told.matter, id: told.id, level: told.level, openedAt: told.openedAt },
        closedAt: told.closing?.closedAt ?? null,
        decidedAt: [settledAt(told.agenda), adopted].flatMap((at) => at ?? []).sort()[0] ?? null,
        about: symbolOf('C', told),
      },
    ]
  })
}

/** When the last item of an agenda was settled, if something was decided on it and nothing is left open. */
function settledAt(agenda: Consultation['agenda']): Instant | null {
  const items = agenda.filter(({ asks }) => asks === undefined)
  const settled = items.flatMap(({ settled: one }) => one ?? [])
  const isOver = ({ how }: (typeof settled)[number]) => how.outcome !== 'deferred'
  const isDecided = settled.some(({ how }) => how.outcome === 'decided')
  if (!isDecided || settled.length < items.length || !settled.every(isOver)) return null
  return (
    settled
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? null
  )
}
