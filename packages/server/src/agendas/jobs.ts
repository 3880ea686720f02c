import { dayAt } from '@tocsin/domain/action-reminders.ts'
import { system } from '@tocsin/domain/actor.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { Matter, MatterId } from '@tocsin/domain/matter.ts'
import type { Organ, OrganItem } from '@tocsin/domain/organ-agenda.ts'
import { obligationsOf, type Tabled } from '@tocsin/domain/trigger-rule.ts'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { readClockSettings } from '../docket/clocks.ts'
import { holdId } from '../docket/numbering.ts'
import { findMatter } from '../docket/queries.ts'
import { appendEntry } from '../docket/record.ts'
import type { Tick } from '../jobs/ticker.ts'
import { readFacts } from './facts.ts'
import { itemOf, listVersions, organOf } from './store.ts'
import { HOUR_MS, keepItem, roomIn, runClock, table } from './table.ts'

const MINUTE_MS = 60_000

/** Goes through the agendas once a minute. Any number of processes may: each item is held while it is changed. */
export function agendaTick(app: App): Tick {
  let next: Instant | undefined
  return async () => {
    const now = app.clock()
    if (next !== undefined && now < next) return
    await lookAfterAgendas(app)
    next = addMilliseconds(now, MINUTE_MS)
  }
}

/**
 * Puts on each agenda what its rules oblige to, brings back what was deferred to today, and asks for
 * reasons where the time has passed. What fails for one organ or item holds up no other; it is thrown
 * at the end and tried again.
 */
async function lookAfterAgendas(app: App): Promise<void> {
  const organs = await app.db.as(system, async (tx) =>
    (await tx.selectFrom('organ').selectAll().orderBy('id').execute()).map(organOf),
  )
  const errors: unknown[] = []
  const attempt = (task: () => Promise<void>) =>
    task().catch((error: unknown) => void errors.push(error))
  for (const organ of organs) {
    await attempt(async () => {
      for (const matter of await listOwing(app, organ)) {
        await attempt(() => tableOwed(app, organ, matter))
      }
      for (const item of await listToChange(app, organ)) {
        await attempt(() => (item.deferredUntil === null ? ask : bringBack)(app, organ, item))
      }
    })
  }
  for (const error of errors) throw error
}

/** Open matters that the organ may read; a replay practises the answering of warnings alone. */
const mattersFor = (tx: Tx, { organisation }: Organ) =>
  tx
    .selectFrom('matter')
    .select('id')
    .where('closed_at', 'is', null)
    .where((where) =>
      where.or([
        where('organisation', '=', organisation),
        sql<boolean>`(${organisation} = any (audience) and not ${organisation} = any (excluded))`,
      ]),
    )
    .where(sql<boolean>`not exists (select from exercise where exercise.matter = matter.id)`)

const listOwing = (app: App, organ: Organ): Promise<readonly MatterId[]> =>
  app.db.as(system, async (tx) => {
    const rows = await mattersFor(tx, organ).orderBy('id').execute()
    const matters = rows.map(({ id }) => id)
    if (matters.length === 0) return []
    const owed = await owedBy(app, tx, organ, matters)
    return matters.filter((matter) => owed(matter).length > 0)
  })

/** What the organ's rules oblige to on each of these matters and what is not on its agenda yet. */
async function owedBy(app: App, tx: Tx, organ: Organ, matters: readonly MatterId[]) {
  const versions = await listVersions(tx, organ.id)
  const factsOf = await readFacts(tx, organ, matters)
  const rows = await tx
    .selectFrom('agenda_ground')
    .innerJoin('agenda_item', 'agenda_item.id', 'agenda_ground.item')
    .select(['agenda_ground.matter', 'rule', 'episode', 'arises_at as arisesAt'])
    .where('organ', '=', organ.id)
    .where('agenda_ground.matter', 'in', [...matters])
    .execute()
  const known = Map.groupBy<MatterId, Tabled & { matter: MatterId }>(rows, (row) => row.matter)
  const now = app.clock()
  return (matter: MatterId) =>
    obligationsOf(versions, factsOf(matter), { tabled: known.get(matter) ?? [], now })
}

/** Puts what is owed on the agenda, judged anew once the matter is held. */
async function tableOwed(app: App, organ: Organ, id: MatterId): Promise<void> {
  await app.db.as(system, async (tx) => {
    // Rooms are held before the matter, as whoever leads one does; what comes up meanwhile waits a minute.
    const foreseen = (await owedBy(app, tx, organ, [id]))(id).map(({ episode }) => episode)
    for (const episode of foreseen) {
      const room = roomIn(episode)
      if (room) await holdId(tx, room)
    }
    await tx.selectFrom('matter').select('id').where('id', '=', id).forUpdate().execute()
    const matter = await findMatter(tx, id)
    if (!matter || matter.closedAt !== null || !isInAudience(matter, organ.organisation)) return
    const versions = await listVersions(tx, organ.id)
    for (const owed of (await owedBy(app, tx, organ, [id]))(id)) {
      const version = versions.find((one) => one.id === owed.version)
      if (version && foreseen.includes(owed.episode))
        await table(app, tx, { organ, matter, owed, version })
    }
  })
}

/** Items whose day has come, and those whose time has passed without anybody asking why. */
const listToChange = (app: App, organ: Organ): Promise<readonly OrganItem[]> =>
  app.db.as(system, async (tx) => {
    const now = app.clock()
    const today = dayAt(await readClockSettings(tx, organ.organisation), now)
    const rows = await tx
      .selectFrom('agenda_item')
      .innerJoin('matter', 'matter.id', 'agenda_item.matter')
      .selectAll('agenda_item')
      .where('organ', '=', organ.id)
      .where('outcome', 'is', null)
      .where('matter.closed_at', 'is', null)
      .where((where) =>
        where.or([
          where('deferred_until', '<=', today),
          where.and([
            where('deferred_until', 'is', null),
            where('reasons_asked_at', 'is', null),
            where('agenda_item.due_at', '<=', now),
          ]),
        ]),
      )
      .orderBy('agenda_item.due_at')
      .execute()
    return rows.map(itemOf)
  })

type Change = (app: App, organ: Organ, item: OrganItem) => Promise<void>

/** Holds the matter and does this to the item, if it still stands as it was found. */
const changing =
  (
    change: (
      app: App,
      tx: Tx,
      on: { organ: Organ; item: OrganItem; matter: Matter },
    ) => Promise<void>,
  ): Change =>
  async (app, organ, found) => {
    await app.db.as(system, async (tx) => {
      const on = found.matter
      await tx.selectFrom('matter').select('id').where('id', '=', on).forUpdate().execute()
      const matter = await findMatter(tx, on)
      const row = await tx
        .selectFrom('agenda_item')
        .selectAll()
        .where('id', '=', found.id)
        .executeTakeFirstOrThrow()
      const item = itemOf(row)
      const isSame = JSON.stringify(item) === JSON.stringify(found)
      if (matter && matter.closedAt === null && isSame)
        await change(app, tx, { organ, item, matter })
    })
  }

/** Asks for reasons, for everybody to see. */
const ask = changing(async (app, tx, { organ, item, matter }) => {
  const now = app.clock()
  await keepItem(tx, { ...item, reasonsAskedAt: now })
  const facts = { item: item.id, organ: organ.name, due: item.dueAt }
  const kind = 'agenda.reasons-asked'
  await appendEntry(app, tx, { matter: matter.id, kind, actor: system, facts })
})

/** Brings back what was put off to today, with the time that the rule gives from now on. */
const bringBack = changing(async (app, tx, { organ, item, matter }) => {
  const now = app.clock()
  const { hours } = await tx
    .selectFrom('agenda_ground')
    .innerJoin('trigger_rule', 'trigger_rule.id', 'agenda_ground.version')
    .select(({ fn }) => fn.min('answer_hours').as('hours'))
    .where('item', '=', item.id)
    .executeTakeFirstOrThrow()
  const dueAt = addMilliseconds(now, Number(hours) * HOUR_MS)
  const back = { ...item, dueAt, deferredUntil: null }
  await keepItem(tx, back)
  await runClock(app, tx, matter, back)
  const facts = { item: item.id, organ: organ.name, due: dueAt }
  await appendEntry(app, tx, { matter: matter.id, kind: 'agenda.returned', actor: system, facts })
})
