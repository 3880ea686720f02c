import { system } from '@tocsin/domain/actor.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { ConsultationId } from '@tocsin/domain/consultation.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import {
  type Organ,
  type OrganItem,
  type OrganItemId,
  planItemClock,
} from '@tocsin/domain/organ-agenda.ts'
import type { Obligation, RuleVersion } from '@tocsin/domain/trigger-rule.ts'
import type { App } from '../app.ts'
import { askRoomForReasons } from '../consultations/ask-reasons.ts'
import type { Tx } from '../database/database.ts'
import { keepClock, stopClocks } from '../docket/clocks.ts'
import { appendEntry } from '../docket/record.ts'
import { reviewLevel } from '../docket/review-clock.ts'
import { itemOf } from './store.ts'

export const HOUR_MS = 3_600_000

type Owed = {
  readonly organ: Organ
  readonly matter: Matter
  readonly owed: Obligation
  readonly version: RuleVersion
}

/**
 * One more reason: on the item that stands there already, which never gets more time by it and comes
 * back at once where it was put off before, or on a new one.
 */
export async function table(
  app: App,
  tx: Tx,
  { organ, matter, owed, version }: Owed,
): Promise<void> {
  const now = app.clock()
  const dueAt = addMilliseconds(now, version.answerHours * HOUR_MS)
  const standing = await tx
    .selectFrom('agenda_item')
    .selectAll()
    .where('organ', '=', organ.id)
    .where('matter', '=', matter.id)
    .where('outcome', 'is', null)
    .executeTakeFirst()
  const before = standing && itemOf(standing)
  const asked = version.condition.kind === 'consultation' ? now : null
  const item: OrganItem = {
    id: before?.id ?? newId<OrganItemId>(),
    ...{ organ: organ.id, matter: matter.id, tabledAt: before?.tabledAt ?? now, outcome: null },
    dueAt: before && before.deferredUntil === null && before.dueAt < dueAt ? before.dueAt : dueAt,
    deferredUntil: null,
    reasonsAskedAt: before?.reasonsAskedAt ?? asked,
  }
  await keepItem(tx, item)
  await tx
    .insertInto('agenda_ground')
    .values({
      ...{ id: newId<string>(), item: item.id, matter: matter.id, added_at: now },
      ...{ rule: owed.rule, version: owed.version, episode: owed.episode },
      ...{ arises_at: owed.arisesAt, about: owed.about },
    })
    .execute()
  const room = roomIn(owed.episode)
  if (room) await askRoomForReasons(app, tx, room, { organ: organ.name })
  const isRunning = before && before.deferredUntil === null
  if (!isRunning || before.dueAt !== item.dueAt) await runClock(app, tx, matter, item)
  // What waited for the matter to come before an organ waits no more.
  await stopClocks(tx, now, { matter: matter.id, agendaItem: 'none', kinds: ['agenda'] })
  const facts = {
    ...{ item: item.id, organ: organ.name, condition: version.condition, due: item.dueAt },
    ...{ rule: version.rule, version: version.version, arose: owed.arisesAt },
    ...(owed.about && { about: owed.about }),
    ...(asked && { reasonsAsked: true }),
  }
  await appendEntry(app, tx, { matter: matter.id, kind: 'agenda.tabled', actor: system, facts })
}

export async function keepItem(tx: Tx, item: OrganItem): Promise<void> {
  const said = {
    ...{ due_at: item.dueAt, deferred_until: item.deferredUntil },
    reasons_asked_at: item.reasonsAskedAt,
  }
  const { id, organ, matter, tabledAt: tabled_at, outcome } = item
  await tx
    .insertInto('agenda_item')
    .values({ id, organ, matter, tabled_at, outcome, ...said })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(said))
    .execute()
}

/** The consultation that an episode is of; undefined for any other. */
export const roomIn = (episode: string): ConsultationId | undefined =>
  episode.startsWith(ROOM) ? ConsultationId.parse(episode.slice(ROOM.length)) : undefined

const ROOM = 'consultation '

/** The item's own clock, from now to when the organ is to answer; one that ran before is stopped. */
export async function runClock(
  app: App,
  tx: Tx,
  { id: matter, level }: Matter,
  { id: agendaItem, dueAt }: OrganItem,
): Promise<void> {
  const start = app.clock()
  await stopClocks(tx, start, { matter, agendaItem, kinds: ['decide'] })
  const hours = (Date.parse(dueAt) - Date.parse(start)) / HOUR_MS
  const clock = { matter, agendaItem, kind: 'decide', level: reviewLevel(level), start } as const
  await keepClock(tx, clock, planItemClock(start, hours))
}
